"""Expanding: what names ("FCBGA") and manners ("flip-chip assembly") say by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from readson.extraction.chunking import read_chunks
from readson.extraction.chunks import Phrase
from readson.extraction.fillers import Filler, Surroundings
from readson.extraction.findings import Findings, Unsettled
from readson.extraction.folding import fold
from readson.extraction.items import Thing
from readson.extraction.language import Language, Rule
from readson.extraction.meaning import means
from readson.extraction.names import load_names
from readson.extraction.record import Naming, Record
from readson.extraction.segments import Segment
from readson.extraction.stating import state_rule
from readson.extraction.tokens import read_tokens
from readson.extraction.units import read_units
from readson.lexicon import Lexicon
from readson.statements import PRODUCT, TYPE

# After these stands what a doing is done to: "flip-chip bonding of the die on the substrate".
_DONE_TO = ("of", "on", "for", "between", "to", "from")
_NAMED = re.compile(r"<(.+)>")


def state_manners(record: Record, segment: Segment, around: Surroundings) -> None:
    """State what manners say of the parts that they stand with; those with none are left for the end."""
    for phrase in segment.phrases:
        if not segment.factual(phrase) or not _is_done(record, phrase, around):
            continue
        for manner in sorted(phrase.manners & set(record.language.implied)):
            rule, quote = record.language.implied[manner], segment.quote_phrase(phrase)
            if roles := _roles(record, segment, phrase, around):
                state_rule(record, _on_roles(rule, roles, record), roles, quote)
            else:
                record.namings.append(Naming(rule, quote))


def _is_done(record: Record, phrase: Phrase, around: Surroundings) -> bool:
    """Tell whether a manner can be that of what a phrase names."""
    return phrase.sort in ("doing", "manner", "name") or around.is_a(
        phrase.kinds, "active", "product", "base", "step"
    )


def _roles(record: Record, segment: Segment, phrase: Phrase, around: Surroundings) -> dict[str, list[Thing]]:
    """Find which things a manner speaks of: what it stands with, or what is done to."""
    own = [c for c in segment.clauses if c.sort == "alone" and c.subjects[0].start == phrase.start]
    fillers = around.fillers((phrase, *(other for clause in own for other in clause.slotted(*_DONE_TO))))
    roles: dict[str, list[Thing]] = {}
    for role in ("active", "base"):
        found = (means(record, segment, filler) for filler in fillers if _can_be(filler, role, around))
        if things := next((things for things in found if things), None):
            roles[role] = things
    return roles


def _can_be(filler: Filler, role: str, around: Surroundings) -> bool:
    elliptic = role == "active" and filler.phrase.sort == "elliptic"
    return elliptic or around.is_a(filler.kinds, role)


def _on_roles(rule: Rule, roles: dict[str, list[Thing]], record: Record) -> Rule:
    """Let a rule speak of the things that are known: "<chip>" is then the active one."""

    def put(text: str) -> str:
        role = _role(text, record)
        return role if role in roles else text

    return replace(rule, says=tuple((put(subject), label, put(value)) for subject, label, value in rule.says))


def _role(text: str, record: Record) -> str:
    """Give the role of which "<kind>" names the only one."""
    name = found[1] if (found := _NAMED.fullmatch(text)) else ""
    if stand_in := record.language.stand_ins.get(name):
        return "base" if stand_in == "base" else "active"
    kinds = [kind.iri for kind in record.lexicon.kinds(name)] if name else []
    return next((role for role in ("active", "base") if any(record.is_a(kind, role) for kind in kinds)), "")


def state_namings(record: Record, product: str) -> None:
    """State what names say of the product asked for (`product`), and manners that stand with no part."""
    for naming in list(_agreed(record, product)):
        if naming.rule.kind:
            record.kinds.append((naming.rule.kind, naming.quote))
        # A name alone, in a text that speaks of nothing inside, says too little.
        if not naming.name or record.things.parts_of_kind(record.language.anchors["part"]):
            because = naming.rule.because.replace("{}", " ".join(naming.name.split()))
            state_rule(record, naming.rule, {}, naming.quote, because=because)


def _agreed(record: Record, product: str) -> Iterator[Naming]:
    """Give what names and manners say of the product, unless they say two things that cannot both be.

    Then the name that was asked for decides, and without one nothing does.
    """
    bonds = {label for naming in record.namings if _bond(label := naming.rule.says[0][1], record.language)}
    asked = _asked(product, record.lexicon, record.language) if len(bonds) > 1 else set()
    wanted = {label for label in bonds if len(bonds) < 2 or _bond(label, record.language) in asked}
    for naming in record.namings:
        if naming.rule.says[0][1] in bonds - wanted:
            reason = "the text also speaks of products made otherwise"
            record.unsettled.append(Unsettled(naming.quote, reason))
        else:
            yield naming


def _bond(label: str, language: Language) -> str:
    """Give the manner whose rule states a property, or ""."""
    return next((manner for manner, rule in language.implied.items() if rule.says[0][1] == label), "")


def named_in(told: Findings, text: str, lexicon: Lexicon, language: Language) -> Iterator[Naming]:
    """Give names that say something by themselves, in the words by which tables and keys name the product."""
    for finding in told.findings:
        if finding.subject == PRODUCT and finding.property == TYPE:
            named = text[finding.quote.start : finding.quote.end]
            tokens = tuple(read_tokens(fold(named), 0, language))
            for unit in read_units(tokens, named, load_names(lexicon, language), language):
                if unit.rule:
                    words = named[tokens[unit.start].start : tokens[unit.end - 1].end]
                    yield Naming(unit.rule, finding.quote, words)


def _asked(product: str, lexicon: Lexicon, language: Language) -> set[str]:
    """Give the manners in the name of the product that was asked for."""
    name = re.sub(r"\([^)]*\)", "", product)
    units = read_units(
        tuple(read_tokens(fold(name), 0, language)), name, load_names(lexicon, language), language
    )
    phrases = [chunk for chunk in read_chunks(units, language) if isinstance(chunk, Phrase)]
    said = {manner for phrase in phrases for manner in phrase.manners}
    rules = [rule for phrase in phrases for rule, _ in phrase.rules]
    return said | {_bond(label, language) for rule in rules for _, label, _ in rule.says}
