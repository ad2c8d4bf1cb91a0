"""Results of validating: a column for each thing a `sh:ValidationResult` says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from readson.expressions import Step
from readson.relations import Nodes, distinct, union
from readson.turtle import Triples
from readson.validation.constraints import (
    Closed,
    Constraint,
    Count,
    Disjoint,
    Equals,
    HasValue,
    LessThan,
    Property,
    Qualified,
    Shape,
    Shapes,
    Targets,
    UniqueLang,
    component,
)
from readson.validation.judging import Judge
from readson.validation.knowledge import Knowledge
from readson.validation.paths import Values
from readson.validation.terms import Term, Terms
from readson.verdicts import AGAINST
from readson.vocabulary import SH

NONE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Violations:
    """What violates one constraint of one shape: the focus nodes with, a row each, a value or NONE.

    `predicate` is the predicate that a closed shape does not allow, NONE elsewhere.
    """

    shape: Shape
    constraint: Constraint
    focus: Nodes
    value: Nodes
    predicate: Nodes

    def __len__(self) -> int:
        return len(self.focus)


@dataclass(frozen=True, slots=True)
class Result:
    """One result, in terms of RDF; `path` is a node of the shapes graph or a predicate, "" without one."""

    focus: Term
    path: str
    value: Term | None
    component: str
    shape: str
    severity: str


@dataclass(frozen=True, eq=False)
class Report:
    """All results, by shape, constraint and focus node; `paths` is the graph that their paths stand in."""

    terms: Terms
    paths: Triples
    violations: tuple[Violations, ...]

    def __len__(self) -> int:
        return sum(map(len, self.violations))

    @property
    def conforms(self) -> bool:
        """Tell whether there is no result, of any severity (W3C SHACL, section 3.1)."""
        return not len(self)

    @property
    def severities(self) -> set[str]:
        """Name the severities of results: "violation", "warning", "info", or the IRI of another one."""
        standard = {SH + name.capitalize(): name for name in ("violation", "warning", "info")}
        return {standard.get(v.shape.severity, v.shape.severity) for v in self.violations}

    def __iter__(self) -> Iterator[Result]:
        for found in self.violations:
            yield from (self.result(found, row) for row in range(len(found)))

    def result(self, found: Violations, row: int) -> Result:
        """Give one result in terms of RDF."""
        predicate, value = int(found.predicate[row]), int(found.value[row])
        path = self.terms[predicate].value if predicate != NONE else found.shape.path_node  # type: ignore[union-attr]
        return Result(
            focus=self.terms[int(found.focus[row])],
            path=path,
            value=None if value == NONE else self.terms[value],
            component=f"{SH}{component(found.constraint)}ConstraintComponent",
            shape=found.shape.node,
            severity=found.shape.severity,
        )


def validate(knowledge: Knowledge, shapes: Shapes) -> Report:
    """Validate a graph against all shapes that have targets in it."""
    reporter = _Reporter(Judge(knowledge, shapes))
    focus = {node: reporter.focus(targets) for node, targets in shapes.targets.items()}
    # What is judged on many nodes at once is looked up when others ask for some of them.
    for node in sorted(focus, key=lambda node: -len(focus[node])):
        reporter.judge.judge(node, focus[node])
    for node in focus:
        reporter.report(node, focus[node])
    return Report(knowledge.terms, shapes.graph, tuple(reporter.found))


class _Reporter:
    """Collect violations."""

    def __init__(self, judge: Judge) -> None:
        self.judge, self.terms = judge, judge.k.terms
        self.found: list[Violations] = []

    def focus(self, targets: Targets) -> Nodes:
        """List the focus nodes of targets, each once (W3C SHACL, section 2.1.3)."""
        found = np.array(sorted(self.terms.code(term) for term in targets.nodes), dtype=np.int64)
        for cls in targets.classes:
            found = union(found, self.judge.single.instances(cls))
        for predicate in targets.subjects_of:
            found = union(found, distinct(self.judge.paths.held(predicate) >> 32))
        for predicate in targets.objects_of:
            found = union(found, distinct(self.judge.paths.held(f"^{predicate}") >> 32))
        return distinct(found)

    def report(self, node: str, focus: Nodes) -> None:
        """Collect what violates a shape on focus nodes; one may stand there more than once."""
        shape = self.judge.shapes[node]
        failing = focus[(self.judge.judge(node, focus) & AGAINST) > 0]
        if len(failing):
            values = self.judge.paths.values(failing, shape.path)
            for constraint in shape.constraints:
                if isinstance(constraint, Property):
                    self.report(constraint.shape, values.node)
                else:
                    self._violations(shape, constraint, failing, values)

    def _violations(self, shape: Shape, constraint: Constraint, focus: Nodes, values: Values) -> None:
        row, value, predicate = self._rows(constraint, focus, values)
        if len(row):
            none = np.full(len(row), NONE)
            columns = (none if value is None else value, none if predicate is None else predicate)
            self.found.append(Violations(shape, constraint, focus[row], *columns))

    def _rows(
        self, constraint: Constraint, focus: Nodes, values: Values
    ) -> tuple[Nodes, Nodes | None, Nodes | None]:
        """List what violates a constraint: (row, value, predicate)."""
        match constraint:
            case HasValue() | Count() | Qualified():
                bits = self.judge.holds(constraint, focus, values)
                return np.flatnonzero((bits & AGAINST) > 0), None, None
            case UniqueLang():
                row, tag, _ = self.judge.languages(values)
                pairs, count = np.unique((row << 32) | tag, return_counts=True)
                return pairs[count > 1] >> 32, None, None
            case Closed():
                at, predicate, value = self.judge.surplus(constraint, values.node)
                return values.row[at], value, predicate
            case Equals(predicate=name):
                other = self._other(focus, name)
                left, right = self.judge.unmatched(values, other), self.judge.unmatched(other, values)
                return np.concatenate((left[0], right[0])), np.concatenate((left[1], right[1])), None
            case Disjoint(predicate=name):
                return *self.judge.shared(values, self._other(focus, name)), None
            case LessThan():
                return *self.judge.not_less(constraint, focus, values), None
            case _:
                wrong = (self.judge.on_values(constraint, values.node) & AGAINST) > 0
                return values.row[wrong], values.node[wrong], None

    def _other(self, focus: Nodes, predicate: str) -> Values:
        return self.judge.paths.values(focus, Step(predicate))
