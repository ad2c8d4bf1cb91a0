"""What the ontology says about the words of its terms: keys, phrases, words and plurals."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from readson.errors import OntologyError
from readson.turtle import Triples
from readson.vocabulary import LEX, RDFS, SKOS, TYPE, XSD

LABELS = ((SKOS + "prefLabel", 0), (RDFS + "label", 0), (SKOS + "altLabel", 1), (SKOS + "hiddenLabel", 2))
_SORTS = {XSD + "boolean": "truth", XSD + "double": "quantity"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A class as a label named it; `plural` when the label was its plural."""

    iri: str
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Via:
    """An item of class `of` stands for what it has for `property`."""

    of: str
    property: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A phrase such as "gap between {} and {}": an item of class `of`, by its `property` to others."""

    pattern: str
    of: str
    property: str

    def splits(self, text: str) -> Iterator[tuple[str, ...]]:
        """Give every way in which the text can be this phrase, as the names in it."""
        whole, between = _phrase(self.pattern)
        found = whole.fullmatch(text)
        if found and between:
            for middle in between.finditer(found[1]):
                yield found[1][: middle.start()], found[1][middle.end() :]
        elif found:
            yield (found[1],)


@cache
def _phrase(pattern: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    """Compile a phrase that names one or two items: the whole of it, and what stands between two."""
    first, *between, last = (re.escape(" ".join(piece.split())) for piece in pattern.split("{}"))
    whole = re.compile(f"(?:the )?{first} (.+){f' {last}' if last else ''}", re.IGNORECASE)
    return whole, re.compile(f" {between[0]} ", re.IGNORECASE) if between else None


@dataclass(frozen=True, slots=True)
class Term:
    """What readers of descriptions need to know of one property.

    `sort` is "relation", "truth" or "quantity"; `words` maps folded texts to the truth values they set.
    """

    iri: str
    sort: str
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    subjects: tuple[str, ...]
    unit: str
    dimension: int
    subject_via: tuple[Via, ...]
    object_via: tuple[Via, ...]
    words: Mapping[str, tuple[tuple[str, bool], ...]] = field(default_factory=dict, hash=False)


def fold(label: str) -> str:
    """Fold a label for comparison: case, hyphens, underscores and blanks do not count.

    >>> fold("Flip-Chip bonded  to") == fold("flip chip bonded to")
    True
    """
    return re.sub(r"[\s\-_\u2010-\u2015]+", "", label).casefold()


def suggest(name: str, candidates: Iterable[str]) -> str:
    """Give the nearest of the candidates, or "" when none is near.

    >>> suggest("heat snik", ["lid", "heat sink"])
    'heat sink'
    """
    from difflib import get_close_matches  # needed only to mend a name

    by_fold = {fold(candidate): candidate for candidate in reversed(list(candidates))}
    near = get_close_matches(fold(name)[:80], sorted(by_fold), n=1, cutoff=0.6)
    return by_fold[near[0]] if near else ""


def plural_of(label: str) -> str:
    """Give the regular plural of a label.

    >>> plural_of("wire"), plural_of("lens"), plural_of("board assembly")
    ('wires', 'lenses', 'board assemblies')
    """
    if re.search(r"[^aeiou]y$", label):
        return label[:-1] + "ies"
    return label + ("es" if re.search(r"(?:s|x|z|ch|sh)$", label) else "s")


@lru_cache(maxsize=4096)
def plural(name: str) -> bool:
    """Tell whether a name is a plural: "solder bumps", "gold wires", but not "process" or "die 1s".

    >>> plural("solder bumps"), plural("brass"), plural("lid")
    (True, False, False)
    """
    return bool(re.search(r"[a-z]{2}[^s\W\d]s$", name)) and " of " not in name


def class_labels(triples: Triples, iri: str) -> Iterator[tuple[int, str, bool]]:
    """Give (rank, label, plural) for every way to name a class; rank 0 is the preferred name."""
    for predicate, rank in LABELS:
        for label in triples.texts(iri, predicate):
            yield rank, label, False
            yield rank, plural_of(label), True
    for label in triples.texts(iri, LEX + "plural"):
        yield 1, label, True


def read_terms(triples: Triples) -> Iterator[Term]:
    """Read every property that descriptions can use: those that have a sentence."""
    words = _read_words(triples)
    for iri in triples.subjects_of(LEX + "sentence"):
        ranges = triples.nodes(iri, RDFS + "range")
        yield Term(
            iri=iri,
            sort=next((_SORTS[r] for r in ranges if r in _SORTS), "relation"),
            domains=triples.nodes(iri, RDFS + "domain"),
            ranges=ranges,
            subjects=triples.nodes(iri, LEX + "forSubject"),
            unit=next(iter(triples.nodes(iri, LEX + "unit")), ""),
            dimension=int(next(iter(triples.texts(iri, LEX + "dimension")), "0")),
            subject_via=_read_via(triples, iri, "subjectVia"),
            object_via=_read_via(triples, iri, "objectVia"),
            words=words.get(iri, {}),
        )


def read_references(triples: Triples) -> Iterator[Reference]:
    """Read the phrases that name an item by its relations, the canonical one of a class first."""
    for of in triples.subjects_of(LEX + "reference"):
        for prop in triples.nodes(of, LEX + "referenceProperty"):
            for pattern in triples.texts(of, LEX + "reference"):
                yield Reference(pattern, of, prop)


def _read_via(triples: Triples, iri: str, annotation: str) -> tuple[Via, ...]:
    nodes = triples.nodes(iri, LEX + annotation)
    return tuple(Via(_node(triples, n, "class"), _node(triples, n, "property")) for n in nodes)


def _read_words(triples: Triples) -> Mapping[str, Mapping[str, tuple[tuple[str, bool], ...]]]:
    words: defaultdict[str, dict[str, tuple[tuple[str, bool], ...]]] = defaultdict(dict)
    for node in triples.subjects(TYPE, LEX + "Word"):
        sets = [str(member) for member in triples.list(_node(triples, node, "sets"))]
        pairs = tuple((_node(triples, n, "property"), _text(triples, n, "value") == "true") for n in sets)
        for text in triples.texts(node, LEX + "text"):
            words[_node(triples, node, "of")][fold(text)] = pairs
    return words


def _node(triples: Triples, subject: str, annotation: str) -> str:
    for node in triples.nodes(subject, LEX + annotation):
        return node
    raise OntologyError(f"{subject} needs a term for lex:{annotation}")


def _text(triples: Triples, subject: str, annotation: str) -> str:
    for text in triples.texts(subject, LEX + annotation):
        return text
    raise OntologyError(f"{subject} needs a text for lex:{annotation}")
