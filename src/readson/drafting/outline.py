"""Lay a description out in lines, each of which knows the findings that it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from readson.drafting.citing import Source, cite
from readson.drafting.emitting import Leaf, comment, entry, heading, inline
from readson.drafting.facts import KIND, NO, Fact, Inexpressible, Phrasing
from readson.drafting.merging import Merged
from readson.extraction.findings import Finding, Item, Quote, Unsettled
from readson.ingest.aside import MEANINGS
from readson.statements import PRODUCT

Origin = Item | Finding


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a description, and what of the findings it says; nothing for the lines around facts."""

    text: str
    says: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class _Worded:
    fact: Fact
    evidence: dict[str, str]
    says: tuple[Origin, ...]

    @property
    def value(self) -> Leaf:
        value = self.fact.values[0] if len(self.fact.values) == 1 else list(self.fact.values)
        return {"what" if self.fact.key == NO else self.fact.mode: value, **self.evidence}


@dataclass(frozen=True)
class Outline:
    """All that a description is to say. Facts of `apart` have a line of their own each."""

    title: str
    merged: Merged
    sources: Sequence[Source]
    phrasing: Phrasing
    apart: Collection[Finding] = frozenset()

    @property
    def default(self) -> str:
        """Give the source that facts need not name."""
        return self.sources[0].id if self.sources else ""

    def lines(self) -> Iterator[Line]:
        """Give the lines; raises Inexpressible for what `misfits` lists."""
        worded = self._worded()
        yield Line(entry("product", " ".join(self.title.split()) or "product"))
        product = worded.pop(PRODUCT, {})
        absent = product.pop(NO, [])
        yield from _facts(product, 0)
        yield from self._head()
        yield from _listed(NO, absent, 0)
        yield from _section("parts", self._parts(worded))
        yield from _section("process", self._steps(worded), Line("  steps:"))
        yield from _section("unsettled", map(self._unsettled, self.merged.unsettled))

    def misfits(self) -> Iterator[tuple[Origin, str]]:
        """Give the items and findings that no words say, each with the reason."""
        for item in self.merged.items:
            try:
                if not self.phrasing.feature(item.key):
                    self.phrasing.kind(item)
            except Inexpressible as reason:
                yield item, str(reason)
        for finding in self.merged.findings:
            try:
                self.phrasing.fact(finding)
            except Inexpressible as reason:
                yield finding, str(reason)

    def _worded(self) -> dict[str, dict[str, list[_Worded]]]:
        """Give the facts of each entry by its name, key by key; features of one name share an entry."""
        worded: defaultdict[str, defaultdict[str, list[_Worded]]] = defaultdict(lambda: defaultdict(list))
        for item in self.merged.items:
            keys = worded[self.phrasing.names[item.key]]
            # A phrase says what it names.
            if not self.phrasing.feature(item.key):
                fact = Fact(item.key, KIND, "is", (self.phrasing.kind(item),))
                keys[KIND].append(_Worded(fact, cite(item.quote, self.sources, self.default), (item,)))
        for said in self._joined():
            worded[self.phrasing.names[said.fact.subject]][said.fact.key].append(said)
        return {name: dict(keys) for name, keys in worded.items()}

    def _joined(self) -> Iterator[_Worded]:
        """Word the findings; values of one key that rest on the same words share a line."""
        groups: defaultdict[tuple[object, ...], list[tuple[Finding, Fact]]] = defaultdict(list)
        for number, finding in enumerate(self.merged.findings):
            if self.phrasing.phrased(finding):
                continue
            fact = self.phrasing.fact(finding)
            alone = number if finding in self.apart or not self._joins(finding) else -1
            groups[fact.subject, fact.key, fact.mode, finding.quote, finding.because, alone].append(
                (finding, fact)
            )
        for pairs in groups.values():
            finding, fact = pairs[0]
            values = tuple(dict.fromkeys(value for _, f in pairs for value in f.values))
            because = {"because": " ".join(finding.because.split())} if finding.because.strip() else {}
            evidence = cite(finding.quote, self.sources, self.default) | because
            joined = Fact(fact.subject, fact.key, fact.mode, values)
            yield _Worded(joined, evidence, tuple(f for f, _ in pairs))

    def _joins(self, finding: Finding) -> bool:
        return finding.value in self.phrasing.names

    def _head(self) -> Iterator[Line]:
        if self.sources:
            yield Line("sources:")
        for source in self.sources:
            title: Leaf = {"title": source.title, "file": source.file}
            yield Line("  " + entry(source.id, title))
        if self.sources:
            yield Line(entry("source", self.default))

    def _parts(self, worded: Mapping[str, dict[str, list[_Worded]]]) -> Iterator[Line]:
        for name, keys in _entries(self.merged.items, self.phrasing.names, worded, steps=False):
            called = ", ".join(self._called(name))
            note = f"  {comment(f'also called {called}')}" if called else ""
            if keys:
                yield Line(
                    f"  {heading(name)}{note}", _of_items(self.merged.items, self.phrasing.names, name)
                )
            yield from _facts(keys, 4)

    def _called(self, name: str) -> Iterator[str]:
        """Give what other documents call a part."""
        for key, names in self.merged.also.items():
            if self.phrasing.names.get(key) == name:
                for other, number in dict.fromkeys(names):
                    yield f'"{other}" in {self.sources[number].document.name}'

    def _steps(self, worded: Mapping[str, dict[str, list[_Worded]]]) -> Iterator[Line]:
        loose = {self.phrasing.names[key] for key in self.merged.loose if key in self.phrasing.names}
        for name, keys in _entries(self.merged.items, self.phrasing.names, worded, steps=True):
            yield Line(
                f"    - {entry('name', name)}", _of_items(self.merged.items, self.phrasing.names, name)
            )
            if name in loose:
                yield Line("      order: unknown")
            yield from _facts(keys, 6)

    def _unsettled(self, unsettled: Unsettled) -> Line:
        reason = " ".join(unsettled.reason.split()) or "not settled"
        said: dict[str, str | list[str]] = {**self._quoted(unsettled.quote), "reason": reason}
        if unsettled.choices:
            said[MEANINGS] = [" ".join(choice.split()) for choice in unsettled.choices]
        return Line(f"  - {inline(said)}")

    def _quoted(self, quote: Quote) -> dict[str, str]:
        evidence = cite(quote, self.sources, self.default)
        return {"quote": evidence.pop("quote", "…"), **evidence}


def _entries(
    items: Iterable[Item],
    names: Mapping[str, str],
    worded: Mapping[str, dict[str, list[_Worded]]],
    steps: bool,
) -> Iterator[tuple[str, dict[str, list[_Worded]]]]:
    """Give parts or steps in their order, each name once."""
    for name in dict.fromkeys(names[item.key] for item in items if item.step == steps):
        yield name, worded[name]


def _of_items(items: Iterable[Item], names: Mapping[str, str], name: str) -> tuple[Origin, ...]:
    return tuple(item for item in items if names[item.key] == name)


def _facts(keys: Mapping[str, list[_Worded]], indent: int) -> Iterator[Line]:
    for key, said in keys.items():
        if len(said) == 1:
            yield Line(" " * indent + entry(key, said[0].value), said[0].says)
        else:
            yield from _listed(key, said, indent)


def _listed(key: str, said: Sequence[_Worded], indent: int) -> Iterator[Line]:
    if said:
        yield Line(" " * indent + heading(key))
    for worded in said:
        yield Line(f"{' ' * (indent + 2)}- {inline(worded.value)}", worded.says)


def _section(key: str, lines: Iterable[Line], *before: Line) -> Iterator[Line]:
    found = tuple(lines)
    if found:
        yield from (Line(""), Line(f"{key}:"), *before, *found)
