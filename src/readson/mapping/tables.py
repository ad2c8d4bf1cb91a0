"""Grow tables into nodes: their header decides what a row is.

A row is a parameter with its value, an item with its properties (a bill of materials) or with one of them, or
a product; of several products none is read unless one is chosen. A table that fits none of these is left to
the reading of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from readson.documents.model import Span
from readson.mapping.entries import Entry, Node
from readson.mapping.grids import Cell, Grid, Row
from readson.mapping.keys import split_key
from readson.mapping.language import language
from readson.mapping.senses import Senses, role_of

_REFERENCE = re.compile(r"([A-Za-z]{1,4})(\d{1,5})(?:\s*(?:-|–|to|\.\.)\s*\1?(\d{1,5}))?")
_IDENTITY = ("place", "name", "kind")


@dataclass(frozen=True, slots=True)
class Tabled:
    """What a table grows into: nodes to read, or unsettled rows and why; and its headings."""

    nodes: tuple[Node, ...] = ()
    unsettled: tuple[Span, ...] = ()
    reason: str = ""
    headings: tuple[Span, ...] = ()


def tabled(grid: Grid, senses: Senses, product: str) -> Tabled | None:
    """Grow a table by what its header says; None for a table that no header explains."""
    if len(grid.headers) < 2:
        return None
    if len(grid.headers) == 2 and len(grid.head) == 1 and _readable([grid.headers[0]], senses):
        # Two columns without a header: the first row is one of them.
        grid = Grid(("", ""), grid.head + grid.rows, (), grid.caption)
    found = _tabled(grid, senses, product)
    return replace(found, headings=_headings(grid)) if found else None


def _tabled(grid: Grid, senses: Senses, product: str) -> Tabled | None:
    roles = [_role(header) for header in grid.headers]
    if sum(map(_lists, grid.rows)) * 2 > len(grid.rows):
        return Tabled(_listings(grid, _name(grid)))
    if roles[0] == "kind" and "parameter" in roles and "value" in roles:
        return Tabled(_properties(grid, roles, _name(grid)))
    if any(role in _IDENTITY for role in roles) and _tells(grid, roles, senses):
        return Tabled((_bill(grid, roles),))
    if "value" in roles and roles[0] != "value":
        return Tabled(_parameters(grid, _name(grid)))
    if _readable([row[0].text for row in grid.rows if row[0]], senses):
        return _values(grid, product)
    if _readable([header for header in grid.headers if header], senses):
        return _records(grid, product)
    return None


def _role(header: str) -> str:
    words = split_key(header).words
    if words in language().sizes:
        return ""
    return "parameter" if words in language().parameter else role_of(words)


def _tells(grid: Grid, roles: list[str], senses: Senses) -> bool:
    """Tell whether the header of items also names what is said of them."""
    read = [senses.sense(header) for header, role in zip(grid.headers, roles, strict=True) if not role]
    known = any(sense.property and not sense.unread for sense in read)
    return (known or "level" in roles or "place" in roles or roles.count("kind") > 1) and "value" not in roles


def _readable(texts: list[str], senses: Senses) -> bool:
    """Tell whether at least half of some keys are understood, or passed over with a reason."""
    found = [senses.sense(text) for text in texts]
    read = [sense for sense in found if (sense.kinds or sense.property) and not sense.unread]
    passed = [sense for sense in found if sense.ignored]
    return bool(read) and 2 * (len(read) + len(passed)) >= len(texts)


def _name(grid: Grid) -> tuple[str, ...]:
    return (grid.caption,) if grid.caption else ()


# Parameters and their values.


def _parameters(grid: Grid, path: tuple[str, ...]) -> tuple[Node, ...]:
    """Grow rows of parameters; a label alone is the heading of the rows below, a row without goes on."""
    nodes: list[Node] = []
    heading: Cell | None = None
    below: list[Node] = []
    for row in grid.rows:
        cells = list(grid.column(row))
        if len(cells) == 1 and row[0]:
            nodes += _headed(heading, below, path)
            heading, below = row[0], []
        elif row[0]:
            here = (*path, heading.text) if heading else path
            below.append(_parameter(grid, row[0], cells[1:], (*here, row[0].text)))
        elif cells:
            last = below.pop() if below else Node("", (*path, ""))
            more = tuple(
                _child(grid.headers[place] or "value", cell, cell, last.path) for place, cell in cells
            )
            below.append(replace(last, children=last.children + more))
    return (*nodes, *_headed(heading, below, path))


def _headed(heading: Cell | None, below: list[Node], path: tuple[str, ...]) -> list[Node]:
    if heading is None:
        return below
    return [Node(heading.text, (*path, heading.text), None, tuple(below))] if below else []


def _headings(grid: Grid) -> tuple[Span, ...]:
    """Give the cells that name columns, and the rows that are a label and no more."""
    labels = (row[0] for row in grid.rows if row[0] and sum(map(bool, row)) == 1)
    columns = (cell for row in grid.head for cell in row if cell)
    return tuple(cell.span for cell in (*columns, *labels))


def _parameter(grid: Grid, label: Cell, cells: list[tuple[int, Cell]], path: tuple[str, ...]) -> Node:
    children = [_child(grid.headers[place] or "value", cell, label, path) for place, cell in cells]
    first = children[0].entry
    if first:
        children[0] = replace(children[0], entry=replace(first, own=first.quote))
    return Node(label.text, path, None, tuple(children))


def _child(key: str, cell: Cell, label: Cell, path: tuple[str, ...]) -> Node:
    """Grow a cell; its source is the row from what says of what it is up to the cell."""
    start, end = min(label.span.start, cell.span.start), max(label.span.end, cell.span.end)
    here = (*path, key)
    return Node(key, here, Entry(here, cell.span, Span(start, end), cell.span, cell.text))


# Items with properties in one cell, and items with a property a row.


def _lists(row: Row) -> bool:
    return bool(row[0]) and any(cell and cell.pairs for cell in row[1:])


def _listings(grid: Grid, path: tuple[str, ...]) -> tuple[Node, ...]:
    """Grow rows in which a cell lists keys with their values: "Material: silicon", "Size: 5 mm x 4 mm"."""
    return tuple(
        Node(row[0].text, (*path, row[0].text), None, tuple(_listed(grid, row[0], row, (*path, row[0].text))))
        for row in grid.rows
        if row[0] and any(row[1:])
    )


def _listed(grid: Grid, label: Cell, row: Row, path: tuple[str, ...]) -> Iterator[Node]:
    for place, cell in grid.column(row):
        if cell.pairs:
            yield from (_child(key, value, label, path) for key, value in cell.pairs)
        elif place:
            yield _child(grid.headers[place] or "value", cell, label, path)


def _properties(grid: Grid, roles: list[str], path: tuple[str, ...]) -> tuple[Node, ...]:
    """Grow rows of an item, the name of a property and its value; what spans several rows is read once."""
    named = roles.index("parameter")
    nodes: list[Node] = []
    above: Row = ()
    for row in grid.rows:
        fresh = [(place, cell) for place, cell in grid.column(row) if cell not in above and place != named]
        values = [(place, cell) for place, cell in fresh if roles[place] in ("value", "unit")]
        others = [(place, cell) for place, cell in fresh if place and roles[place] not in ("value", "unit")]
        if (item := row[0]) and (values or others):
            here = (*path, item.text)
            children = [_child(grid.headers[place], cell, item, here) for place, cell in others]
            if (label := row[named]) and values:
                at = Cell(item.span, label.text)
                children.insert(0, _parameter(grid, at, values, (*here, label.text)))
            nodes.append(Node(item.text, here, None, tuple(children)))
        above = row
    return tuple(nodes)


# Columns that are products, and rows that are products.


def _values(grid: Grid, product: str) -> Tabled:
    """Grow a table of labels and one column of values, or of several products."""
    columns = [place for place, header in enumerate(grid.headers) if place and _is_choice(header)]
    chosen = [place for place in columns if product and grid.headers[place] == product]
    if len(columns) == 1 or chosen:
        column = (chosen or columns)[0]
        headers = tuple("value" if place == column else header for place, header in enumerate(grid.headers))
        rows = tuple(
            tuple(cell if place not in columns or place == column else None for place, cell in enumerate(row))
            for row in grid.rows
        )
        chosen_grid = Grid(headers, rows, grid.head, grid.caption)
        return Tabled(_parameters(chosen_grid, _name(grid)))
    return Tabled((), _whole(grid), _several([grid.headers[place] for place in columns]))


def _is_choice(header: str) -> bool:
    """Tell whether a column may be one of several products: its header is no word of tables."""
    return _role(header) not in ("unit", "remark")


def _several(names: list[str]) -> str:
    listed = ", ".join(f"`{name}`" for name in names if name)[:200]
    return f"the table is of several products; choose one of {listed}" if listed else "is of several products"


def _records(grid: Grid, product: str) -> Tabled:
    """Grow a table with a product a row."""
    rows = [row for row in grid.rows if len(grid.rows) == 1 or (product and _first(row) == product)]
    if len(rows) != 1:
        return Tabled((), _whole(grid), _several([_first(row) for row in grid.rows]))
    cells_of_row = grid.column(rows[0])
    path = _name(grid)
    return Tabled(tuple(_child(grid.headers[place], cell, cell, path) for place, cell in cells_of_row))


def _whole(grid: Grid) -> tuple[Span, ...]:
    """Give each row as one slice."""
    rows = [[cell.span for cell in row if cell] for row in grid.rows]
    return tuple(Span(min(row).start, max(row).end) for row in rows if row)


def _first(row: Row) -> str:
    return next((cell.text for cell in row if cell), "")


# Bills of materials.


@dataclass(slots=True)
class _Item:
    """A row of a bill of materials, and the rows that are parts of it."""

    level: int
    children: list[Node]
    inside: list[_Item] = field(default_factory=list)


def _bill(grid: Grid, roles: list[str]) -> Node:
    """Grow items, each a part of the last one of a lesser level; a row that names none goes on."""
    path = (*_name(grid), "parts")
    top = _Item(-1, [])
    open_items = [top]
    for number, row in enumerate(grid.rows):
        children = list(_cells(grid, roles, row, (*path, str(number))))
        naming = any(row[place] for place, role in enumerate(roles) if role in _IDENTITY)
        if not naming and open_items[-1] is not top:
            open_items[-1].children += children
            continue
        item = _Item(_level(row, roles), children)
        while open_items[-1].level >= item.level and open_items[-1] is not top:
            open_items.pop()
        open_items[-1].inside.append(item)
        open_items.append(item)
    return _items(top.inside, path)


def _items(items: list[_Item], path: tuple[str, ...]) -> Node:
    nodes = []
    for number, item in enumerate(items):
        here = (*path, str(number))
        inside = (_items(item.inside, (*here, "parts")),) if item.inside else ()
        nodes.append(Node(str(number), here, None, (*item.children, *inside)))
    return Node("parts", path, None, tuple(nodes))


def _cells(grid: Grid, roles: list[str], row: Row, path: tuple[str, ...]) -> Iterator[Node]:
    """Grow the cells of an item; several references in one cell give a count, if no column does."""
    label = _label(row, roles)
    counted = any(
        cell and "quantity" in split_key(grid.headers[place]).words for place, cell in enumerate(row)
    )
    for place, cell in grid.column(row):
        yield _child(grid.headers[place], cell, label, path)
        if roles[place] == "place" and not counted and (number := references(cell.text)) > 1:
            here = (*path, "count")
            yield Node("count", here, Entry(here, cell.span, cell.span, cell.span, str(number)))


def _label(row: Row, roles: list[str]) -> Cell:
    """Give the cell that says what an item is: its kind, else its name, else what stands first."""
    for wanted in ("kind", "name", "place"):
        for cell, role in zip(row, roles, strict=True):
            if cell and role == wanted and not cell.text.isdigit():
                return cell
    return next(cell for cell in row if cell)


def references(text: str) -> int:
    """Count the references in a cell; 0 where it holds anything else.

    >>> references("C1-C24"), references("U1"), references("R1, R2, R5-R7"), references("see note 2")
    (24, 1, 5, 0)
    """
    pieces = re.split(r"[,;\s]+", text.replace(" - ", "-").strip())
    found = [_REFERENCE.fullmatch(piece) for piece in pieces]
    if not all(found):
        return 0
    ends = [(int(each[2]), int(each[3] or each[2])) for each in found if each]
    return sum(max(last - first, 0) + 1 for first, last in ends)


def _level(row: Row, roles: list[str]) -> int:
    """Read how deep an item stands: "2", ".2", "..2"; 0 where no column says."""
    for place, role in enumerate(roles):
        cell = row[place]
        if role == "level" and cell and (found := re.search(r"\d{1,3}$", cell.text)):
            return int(found[0])
    return 0
