"""Inflection: the forms of English verbs, from their base."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

VerbForms = Mapping[str, tuple[str, str]]


def inflect(verbs: Iterable[str], irregular: Mapping[str, str], undoubled: Collection[str]) -> VerbForms:
    """Give every form of some verbs: its verb and "base", "s", "ed" or "ing".

    `irregular` maps past forms to their verbs; verbs of `undoubled` keep their last letter single.

    >>> sorted(inflect(["cap"], {}, ()).items())[1]
    ('capped', ('cap', 'ed'))
    """
    forms = {form: (verb, tag) for verb in verbs for tag, form in _forms(verb, undoubled).items()}
    return forms | {form: (verb, "ed") for form, verb in irregular.items()}


def _forms(verb: str, undoubled: Collection[str]) -> dict[str, str]:
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        stem = verb[:-1] + "i"
        return {"base": verb, "s": stem + "es", "ed": stem + "ed", "ing": verb + "ing"}
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    stem += stem[-1] if _doubles(stem) and stem not in undoubled else ""
    ending = "es" if verb.endswith(("s", "x", "z", "ch", "sh")) else "s"
    return {"base": verb, "s": verb + ending, "ed": stem + "ed", "ing": stem + "ing"}


def _doubles(stem: str) -> bool:
    """Tell whether a short stem doubles its last letter: "cap", "plan", and not "heat", "mold"."""
    if not 3 <= len(stem) <= 4 or stem[-1] not in "bdgmnpt":
        return False
    return stem[-2] in "aeiou" and stem[-3] not in "aeiou"
