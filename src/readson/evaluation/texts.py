"""Read labelled texts: a text, and the verdict of each element that its analyst labelled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from readson.errors import DescriptionError, Problem, UsageError
from readson.shapes import Patent
from readson.verdicts import Verdict

LABELS = {v.label.replace(" ", "_"): v for v in (Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN)}
# The C parser is ten times as fast; the Python one stands in where it is not built.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Labelled:
    """One text with the verdicts expected on it.

    `expected` is by element id; `9[b]+9[c]` is the conjunction of two. On `debatable` ones readers differ.
    `product` is the one that is judged where the text speaks of several.
    """

    id: str
    text: str
    product: str
    expected: Mapping[str, Verdict]
    debatable: frozenset[str]


def read_labelled(folder: Path, patent: Patent) -> tuple[Labelled, ...]:
    """Read the labelled texts of a folder; raises DescriptionError with the problems of all of them."""
    paths = sorted(path for path in folder.glob("*.yaml") if path.is_file())
    if not paths:
        raise UsageError(f"`{folder}` holds no labelled texts: YAML files with `text:` and `expected:`")
    problems: list[Problem] = []
    texts = [_read(path, patent, problems) for path in paths]
    if problems:
        raise DescriptionError(problems)
    return tuple(text for text in texts if text)


def _read(path: Path, patent: Patent, problems: list[Problem]) -> Labelled | None:
    try:
        entries = yaml.load(path.read_text("utf-8"), Loader=_LOADER)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        problems.append(Problem(str(path), 0, 0, f"cannot be read: {' '.join(str(error).split())}"))
        return None
    wrong = list(_wrong(entries, patent))
    problems += [Problem(str(path), 0, 0, message) for message in wrong]
    if wrong:
        return None
    expected = {id: LABELS[label] for id, label in entries["expected"].items()}
    debatable = frozenset(entries.get("debatable") or ())
    return Labelled(
        path.stem,
        entries["text"],
        entries.get("judged_product") or entries.get("product") or "",
        expected,
        debatable,
    )


def _wrong(entries: Any, patent: Patent) -> list[str]:
    """List what is wrong with the entries of a file."""
    if not isinstance(entries, dict) or not isinstance(entries.get("text"), str):
        return ["expected `text:` with the text itself"]
    expected, debatable = entries.get("expected"), entries.get("debatable") or []
    if not isinstance(expected, dict) or not isinstance(debatable, list):
        return ["expected `expected:` with a verdict an element, and `debatable:` with a list of elements"]
    known = {element.id for claim in patent.claims.values() for element in claim.elements}
    unknown = [id for id in (*expected, *debatable) if not set(str(id).split("+")) <= known]
    labels = [label for label in expected.values() if label not in LABELS]
    return [
        *(f"the patent has no element `{id}`" for id in unknown),
        *(f"`{label}` is no verdict; write {', '.join(LABELS)}" for label in labels),
    ]
