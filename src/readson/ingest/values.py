"""Read the value of one key of an entry into statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Dict
from dataclasses import dataclass

from readson.ingest.draft import Draft
from readson.ingest.problems import a
from readson.ingest.quantities import QuantityError, read_dimensions, read_quantity
from readson.ingest.sources import EVIDENCE_KEYS
from readson.ingest.yaml_nodes import Listing, Mapping, Node, Scalar
from readson.lexicon import Term, fold
from readson.statements import TYPE, Bounds, Complete, Denial, Evidence, Value

MODES = ("is", "not", "only")
STALE = "stale"
"""Marks a fact whose words have vanished from its source: it is kept, and no longer counts."""
_TRUTHS = {"yes": True, "true": True, "no": False, "false": False}


@dataclass(frozen=True, slots=True)
class Assertion:
    """What one source says of one key: `mode` is "is", "not" or "only"; a stale one is no statement."""

    mode: str
    node: Node
    values: tuple[Scalar, ...]
    evidence: Evidence
    stale: bool = False


def assertions(draft: Draft, node: Node, default: Evidence | None) -> Iterator[Assertion]:
    """Give what each source says: a value alone, or `is:`, `not:` or `only:` with evidence, or a list."""
    for part in node.nodes if isinstance(node, Listing) else (node,):
        if isinstance(part, Mapping):
            yield from _with_evidence(draft, part, default)
        elif isinstance(part, Scalar):
            if not part.unknown:
                yield Assertion("is", part, (part,), own_evidence(default, part))
        else:
            draft.problems.add(part, "a list in a list; write one value or one `is:` a line")


def _with_evidence(draft: Draft, node: Mapping, default: Evidence | None) -> Iterator[Assertion]:
    keys = (*MODES, *EVIDENCE_KEYS, STALE)
    entries = {key.text: value for key, value in draft.problems.entries(node, keys)}
    modes = [mode for mode in MODES if mode in entries]
    if len(modes) != 1:
        draft.problems.add(node, "expected one of `is:`, `not:` and `only:`")
        return
    value = entries[modes[0]]
    values = value.nodes if isinstance(value, Listing) else (value,)
    for inner in values:
        if not isinstance(inner, Scalar):
            draft.problems.add(inner, f"expected a text or a list of texts for `{modes[0]}`")
    texts = tuple(inner for inner in values if isinstance(inner, Scalar) and not inner.unknown)
    stale = is_stale(draft, entries)
    evidence = own_evidence(default, node)
    if not stale:
        evidence = draft.sources.evidence(node, evidence)
    if texts or isinstance(value, Listing):
        yield Assertion(modes[0], node, texts, evidence, stale)


def is_stale(draft: Draft, entries: Dict[str, Node]) -> bool:
    """Tell whether a fact is marked as stale; the mark can only be `yes`."""
    mark = entries.get(STALE)
    if mark is not None and not (isinstance(mark, Scalar) and mark.text.lower() in ("yes", "true")):
        draft.problems.add(mark, "`stale:` can only be `yes`; leave it out where the quote still stands")
    return mark is not None


def own_evidence(default: Evidence | None, node: Node) -> Evidence:
    """Cite the description itself where no source is given."""
    return default or Evidence(locator=f"line {node.mark.line} of the description")


def read_fact(
    draft: Draft, subject: str, key: Scalar, node: Node, default: Evidence | None, others: Iterable[str]
) -> None:
    """Read one key of an entry and its value; `others` are the keys of the entry that are no properties."""
    kinds = draft.kinds[subject]
    if fold(key.text) in map(fold, draft.lexicon.dimension_keys()):
        for assertion in _current(draft, node, default):
            _size(draft, subject, assertion)
        return
    terms = draft.lexicon.properties(key.text, kinds)
    if len(terms) != 1:
        _unclear(draft, key, kinds, terms, others)
        return
    read = {"relation": _relation, "truth": _truth, "quantity": _quantity}[terms[0].sort]
    for assertion in _current(draft, node, default):
        read(draft, subject, terms[0], assertion)


def _current(draft: Draft, node: Node, default: Evidence | None) -> Iterator[Assertion]:
    return (assertion for assertion in assertions(draft, node, default) if not assertion.stale)


def _unclear(
    draft: Draft, key: Scalar, kinds: tuple[str, ...], terms: tuple[Term, ...], others: Iterable[str]
) -> None:
    lexicon = draft.lexicon
    if terms:
        names = " or ".join(f"`{lexicon.label(term.iri)}`" for term in terms)
        draft.problems.add(key, f"`{key.text}` may mean {names}; write one of them")
    elif lexicon.knows_key(key.text) and kinds:
        draft.problems.add(key, f"`{key.text}` does not apply to {a(lexicon.label(kinds[0]))}")
    else:
        draft.problems.unknown(key, "property", key.text, (*lexicon.property_keys(kinds), *others))


def _size(draft: Draft, subject: str, assertion: Assertion) -> None:
    terms = draft.lexicon.dimensions(draft.kinds[subject])
    if assertion.mode != "is" or not terms:
        draft.problems.add(assertion.node, "expected a size such as `17 mm x 17 mm`")
        return
    for value in assertion.values:
        try:
            found = read_dimensions(value.text, terms[0].unit)
        except QuantityError as error:
            draft.problems.add(value, str(error))
            continue
        if not 2 <= len(found) <= len(terms):
            draft.problems.add(value, f"expected A x B or A x B x C, not `{value.text}`")
            continue
        for term, bounds in zip(terms, found, strict=False):
            draft.add(subject, term.iri, bounds, assertion.evidence)


def _quantity(draft: Draft, subject: str, term: Term, assertion: Assertion) -> None:
    if assertion.mode != "is":
        message = f"a quantity takes no `{assertion.mode}:`; write bounds such as `< 5 µm`"
        draft.problems.add(assertion.node, message)
        return
    for value in assertion.values:
        try:
            bounds = read_quantity(value.text, term.unit)
        except QuantityError as error:
            draft.problems.add(value, str(error))
            continue
        if term.iri == draft.lexicon.role("count") and not _whole(bounds):
            draft.problems.add(value, f"`{value.text}` is not a whole number")
        draft.add(_bearer(draft, subject, term), term.iri, bounds, assertion.evidence)


def _whole(bounds: Bounds) -> bool:
    return all(end.is_integer() for end in (bounds.low, bounds.high) if abs(end) != float("inf"))


def _truth(draft: Draft, subject: str, term: Term, assertion: Assertion) -> None:
    for value in assertion.values:
        word = fold(value.text)
        sets = term.words.get(word) or (((term.iri, _TRUTHS[word]),) if word in _TRUTHS else ())
        if not sets:
            words = ["yes", "no", *sorted(term.words)]
            draft.problems.unknown(value, "answer", value.text, words)
        elif assertion.mode == "only" or (assertion.mode == "not" and len(sets) > 1):
            draft.problems.add(assertion.node, f"`{assertion.mode}: {value.text}` says nothing definite here")
        else:
            content = Denial if assertion.mode == "not" else Value
            bearer = _bearer(draft, subject, term)
            for prop, truth in sets:
                draft.add(bearer, prop, content(truth), assertion.evidence)


def _relation(draft: Draft, subject: str, term: Term, assertion: Assertion) -> None:
    if assertion.mode == "only" and term.iri == draft.lexicon.role("part"):
        draft.problems.add(assertion.node, "say `complete:` at the top of the file instead of `only:` here")
        return
    bearer = _bearer(draft, subject, term)
    objects: list[str] = []
    for value in assertion.values:
        objects += [name for name in _objects(draft, bearer, term, value, assertion) if name not in objects]
    for name in objects:
        content = Denial(name) if assertion.mode == "not" else Value(name)
        draft.add(bearer, term.iri, content, assertion.evidence)
    if assertion.mode == "only" and len(objects) >= len(assertion.values):
        draft.add(bearer, term.iri, Complete(values=tuple(objects)), assertion.evidence)


def _objects(draft: Draft, subject: str, term: Term, value: Scalar, assertion: Assertion) -> tuple[str, ...]:
    """Find the items that a value names; a problem and nothing when there are none."""
    name = draft.find(value.text)
    if not name and term.iri == draft.lexicon.role("material"):
        return _material(draft, subject, term, value, assertion)
    if not name and assertion.mode == "not":
        names = tuple(n for kind in draft.lexicon.kinds(value.text) for n in draft.items_of(kind.iri))
        if names:
            return names
    if not name:
        unnamed(draft, value)
        return ()
    for via in term.object_via:
        if draft.is_a(draft.kinds[name], via.of):
            name = draft.feature(name, via.property)
            break
    if name == subject:
        draft.problems.add(value, f"`{name}` is related to itself")
        return ()
    return (name,) if _in_range(draft, term, name, value) else ()


def _material(draft: Draft, subject: str, term: Term, value: Scalar, assertion: Assertion) -> tuple[str, ...]:
    """Name a material that is no part of its own: "copper of lid"."""
    kinds = draft.lexicon.kinds(value.text, within=term.ranges[0])
    if len(kinds) != 1:
        candidates = (*draft.lexicon.kind_labels(term.ranges[0]), *draft.items_of(term.ranges[0]))
        draft.problems.unknown(value, "material", value.text, candidates)
        return ()
    name = f"{draft.lexicon.label(kinds[0].iri)} of {subject}"
    if draft.declare(name, (kinds[0].iri,)):
        draft.add(name, TYPE, Value(kinds[0].iri), assertion.evidence)
    return (name,)


def _in_range(draft: Draft, term: Term, name: str, value: Scalar) -> bool:
    lexicon, kinds = draft.lexicon, draft.kinds[name]
    for wanted in term.ranges:
        if any(lexicon.apart(kind, wanted) for kind in kinds):
            needs = f"`{lexicon.label(term.iri)}` needs {a(lexicon.label(wanted))}"
            phrases = " or ".join(f"`{phrase}`" for phrase in _features(draft, name, wanted))
            hint = f"; write {phrases}" if phrases else ""
            draft.problems.add(value, f"{needs}, `{name}` is {a(lexicon.label(kinds[0]))}{hint}")
            return False
    return True


def _features(draft: Draft, name: str, wanted: str) -> list[str]:
    """Give the phrases for what of an item may be meant, one for each class below `wanted`."""
    lexicon, found = draft.lexicon, dict[str, str]()
    for reference in lexicon.references:
        ranges = lexicon.terms[reference.property].ranges
        fits = not any(lexicon.apart(kind, of) for kind in draft.kinds[name] for of in ranges)
        if lexicon.is_a(reference.of, wanted) and reference.pattern.count("{}") == 1 and fits:
            found.setdefault(reference.of, reference.pattern.format(name))
    return list(found.values())


def unnamed(draft: Draft, value: Scalar) -> None:
    """Say that a value names no item, and which item may be meant."""
    for kind in draft.lexicon.kinds(value.text):
        names = draft.items_of(kind.iri)
        if names:
            hint = " or ".join(f"`{name}`" for name in names[:5])
            draft.problems.add(value, f"`{value.text}` names no item; did you mean {hint}?")
            return
    for reference in draft.lexicon.references:
        for split in reference.splits(value.text):
            for name in split:
                if not draft.find(name):
                    draft.problems.unknown(value, "part", name, draft.kinds)
                    return
    draft.problems.unknown(value, "part", value.text, draft.kinds)


def _bearer(draft: Draft, subject: str, term: Term) -> str:
    """Give the item that a property is said of: "lid: exposed: yes" speaks of the top of the lid."""
    for via in term.subject_via:
        if draft.is_a(draft.kinds[subject], via.of):
            return draft.feature(subject, via.property)
    return subject
