"""Read the process of a description: its steps, in the order in which they are done."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from readson.ingest.draft import Draft
from readson.ingest.entries import Entry, declare_entry, expect_mapping, read_evidence, state_entry
from readson.ingest.yaml_nodes import Listing, Mapping, Node, Scalar
from readson.statements import PRODUCT, TYPE, Value

PROCESS = "process"
STEP_KEYS = ("name", "order")
PROCESS_KEYS = ("steps",)


@dataclass(frozen=True, slots=True)
class Process:
    """The entry of the process and the entries of its steps, in order."""

    entry: Entry
    steps: tuple[Entry, ...]

    @property
    def ordered(self) -> tuple[Entry, ...]:
        """Give the steps of which it is known what comes right before them."""
        return tuple(s for s in self.current if not any(key.text == "order" for key, _ in s.node.entries))

    @property
    def current(self) -> tuple[Entry, ...]:
        """Give the steps that a source still speaks of."""
        return tuple(step for step in self.steps if not step.stale)


def declare_process(draft: Draft, key: Scalar, node: Node) -> Process | None:
    """Name the process and its steps."""
    body = expect_mapping(draft, node, "expected `steps:` and the list of steps")
    of = draft.lexicon.role_range("process")
    if not body or not draft.declare(PROCESS, (of,), key):
        return None
    evidence = read_evidence(draft, body)
    steps: list[Entry] = []
    for inner, value in body.entries:
        if inner.text == "steps":
            steps += _declare_steps(draft, value)
    return Process(Entry(PROCESS, body, (), evidence), tuple(steps))


def _declare_steps(draft: Draft, node: Node) -> list[Entry]:
    if not isinstance(node, Listing):
        draft.problems.add(node, "expected a list of steps, each with `- name:` and `kind:`")
        return []
    steps: list[Entry] = []
    for item in node.nodes:
        body = expect_mapping(draft, item, "expected `name:`, `kind:` and facts of the step")
        name = _name(draft, body) if body else None
        if body and name and _order(draft, body):
            steps += declare_entry(draft, name, body, draft.lexicon.role_range("step"), strict=True)
    return steps


def _name(draft: Draft, body: Mapping) -> Scalar | None:
    """Give the name of a step; one without a name is called what it is."""
    entries = {key.text: value for key, value in body.entries}
    name = entries.get("name", entries.get("kind"))
    if isinstance(name, Scalar) and name.text:
        return name
    draft.problems.add(body, "a step needs a `name:`")
    return None


def _order(draft: Draft, body: Mapping) -> bool:
    """Tell whether the step says nothing of its order but that it is unknown."""
    wrong = [v for k, v in body.entries if k.text == "order" and not (isinstance(v, Scalar) and v.unknown)]
    for value in wrong:
        draft.problems.add(value, "the steps stand in their order; `order:` can only be `unknown`")
    return not wrong


def state_process(draft: Draft, process: Process) -> None:
    """State the process, its steps and their order."""
    lexicon = draft.lexicon
    note = "the description gives a process"
    draft.derive(PRODUCT, lexicon.role("process"), Value(PROCESS), note)
    draft.derive(PROCESS, TYPE, Value(lexicon.role_range("process")), note)
    state_entry(draft, process.entry, PROCESS_KEYS)
    for step in process.current:
        draft.derive(PROCESS, lexicon.role("step"), Value(step.name), "listed as a step")
        state_entry(draft, step, STEP_KEYS)
    for earlier, later in pairwise(process.ordered):
        draft.derive(later.name, lexicon.role("next"), Value(earlier.name), "listed right after it")
