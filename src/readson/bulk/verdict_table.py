"""The table of verdicts: for each product and claim one row for the claim, then one for each element.

Columns are made whole, by NumPy: a chunk of products has the same claims and elements in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
import pyarrow as pa

from readson.assess import Assessment
from readson.charting import portfolio
from readson.relations import Mask, Nodes
from readson.verdicts import Bits, Verdict

_TEXT = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema(
    [
        pa.field("product", _TEXT, nullable=False),
        pa.field("claim", pa.int32(), nullable=False),
        pa.field("element", _TEXT),
        pa.field("verdict", _TEXT, nullable=False),
        pa.field("reading", pa.map_(pa.string(), pa.string())),
        pa.field("statements", pa.list_(pa.string())),
    ]
)
"""`element` is null in the row of a claim; `reading` (role to part) is null in the row of an element."""


def verdict_table(assessment: Assessment, statements: bool = False) -> pa.Table:
    """Make the table; with `statements`, it names those that each verdict rests on, which is slow."""
    slugs = [product.slug for product in assessment.graph.products]
    claims, elements, bits = _layout(assessment)
    size = len(slugs) * len(claims)
    names = sorted({e for e in elements if e})
    place = {name: i for i, name in enumerate(names)}
    codes = np.array([place.get(e, -1) for e in elements], dtype=np.int32)
    element = pa.array(np.tile(codes, len(slugs)), mask=np.tile(codes < 0, len(slugs)))
    columns = (
        _dictionary(np.repeat(np.arange(len(slugs), dtype=np.int32), len(claims)), slugs),
        pa.array(np.tile(np.array(claims, dtype=np.int32), len(slugs))),
        pa.DictionaryArray.from_arrays(element, pa.array(names, pa.string())),
        _dictionary(np.stack(bits, axis=1).ravel().astype(np.int32), [v.label for v in _BY_BITS]),
        _readings(assessment, elements),
        _statements(assessment, elements) if statements else pa.nulls(size, SCHEMA.field("statements").type),
    )
    return pa.Table.from_arrays(list(columns), schema=SCHEMA)


_BY_BITS = [Verdict(bits) for bits in range(4)]


def verdict_counts(table: pa.Table) -> dict[Verdict, int]:
    """Count the verdicts of claims."""
    claims = table.filter(pa.compute.is_null(table["element"]))
    found = pa.compute.value_counts(claims["verdict"].combine_chunks()).to_pylist()
    counts = {str(one["values"]): int(one["counts"]) for one in found}
    return {verdict: counts.get(verdict.label, 0) for verdict in Verdict}


def _layout(assessment: Assessment) -> tuple[list[int], list[str], list[Bits]]:
    """Give claim, element ("" for the claim itself) and bits of all products, for each row of a product."""
    rows = []
    for number, readings in assessment.readings.items():
        rows.append((number, "", readings.claim))
        rows += [
            (number, element.id, readings.elements[element.id])
            for element in assessment.patent.elements(number)
        ]
    claims, elements, bits = zip(*rows, strict=True)
    return list(claims), list(elements), list(bits)


def _dictionary(codes: Nodes, words: Sequence[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(words, pa.string()))


def _readings(assessment: Assessment, elements: Sequence[str]) -> pa.MapArray:
    """Give the part that each role is bound to, in the rows of claims; parts nobody named are left out."""
    graph, search = assessment.graph, assessment.search
    everything = np.arange(len(graph.products))
    roles: list[str] = []
    nodes: list[Nodes] = []
    sizes: list[Nodes] = []
    for readings in assessment.readings.values():
        bound = [search.bound(role, everything, place) for role, place in readings.choice.items()]
        roles += list(readings.choice)
        nodes += bound
        sizes.append((np.stack(bound) >= 0).sum(axis=0))
    return _maps(elements, roles, np.stack(nodes, axis=1), sizes, graph.names)


def _maps(
    elements: Sequence[str], roles: Sequence[str], nodes: Nodes, sizes: Sequence[Nodes], names: Sequence[str]
) -> pa.MapArray:
    """Make the maps of all rows: `nodes` has a row a product, `sizes` a column a claim."""
    of_claim = np.array([not e for e in elements])
    count = np.zeros((len(nodes), len(elements)), dtype=np.int32)
    count[:, of_claim] = np.stack(sizes, axis=1)
    offsets = np.concatenate((np.zeros(1, dtype=np.int32), np.cumsum(count.ravel(), dtype=np.int32)))
    absent: Mask = np.append(np.tile(~of_claim, len(nodes)), False)
    known = nodes >= 0
    labels = pa.array([role.rpartition("#")[2] for role in roles])
    keys = labels.take(pa.array(np.broadcast_to(np.arange(len(roles)), nodes.shape)[known]))
    return pa.MapArray.from_arrays(pa.array(offsets, mask=absent), keys, _named(nodes[known], names))


def _named(nodes: Nodes, names: Sequence[str]) -> pa.Array:
    present, code = np.unique(nodes, return_inverse=True)
    return pa.array([names[node] for node in present.tolist()], pa.string()).take(pa.array(code))


def _statements(assessment: Assessment, elements: Sequence[str]) -> pa.ListArray:
    """Give the ids of the statements that the verdicts of elements rest on; charts find them."""
    found: list[Iterable[str] | None] = []
    for product in portfolio(assessment).products:
        for chart in product.charts:
            found.append(None)
            for row in chart.rows:
                cited = chain(row.supporting, row.refuting)
                found.append(list(dict.fromkeys(c.statement for c in cited if c.statement)))
    return pa.array(found, SCHEMA.field("statements").type)
