"""Ways: the facts that lead along a path from one node to others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from readson.expressions import Alternative, Path, Repeat, Route, Sequence, Step
from readson.stated import Fact

Values = Callable[[str, int], list[int]]
Ways = dict[int, tuple[Fact, ...]]


def along(values: Values, paths: tuple[Path, ...], node: int) -> Ways:
    """Give every node that paths in turn lead to, with the facts of one way there."""
    found: Ways = {node: ()}
    for path in paths:
        found = _onward(values, path, found)
    return found


def _onward(values: Values, path: Path, start: Ways) -> Ways:
    match path:
        case Step(relation=name):
            return _first((v, (*way, (name, n, v))) for n, way in start.items() for v in values(name, n))
        case Sequence(paths=paths):
            for part in paths:
                start = _onward(values, part, start)
            return start
        case Alternative(paths=paths):
            return _first(item for part in paths for item in _onward(values, part, start).items())
        case Repeat(path=inner, least=least, many=many):
            once = _onward(values, inner, start)
            found = once if least else start | {n: way for n, way in once.items() if n not in start}
            return _repeated(values, inner, found) if many else found


def _repeated(values: Values, inner: Path, found: Ways) -> Ways:
    while True:
        further = _first((*found.items(), *_onward(values, inner, found).items()))
        if len(further) == len(found):
            return found
        found = further


def _first(items: Iterable[tuple[int, tuple[Fact, ...]]]) -> Ways:
    found: Ways = {}
    for node, way in items:
        found.setdefault(node, way)
    return found


def asked(path: Path) -> Iterator[str]:
    """List the relations that a path follows."""
    match path:
        case Step(relation=name):
            yield name
        case Repeat(path=inner):
            yield from asked(inner)
        case Sequence(paths=paths) | Alternative(paths=paths):
            for part in paths:
                yield from asked(part)


def properties(route: Route) -> Iterator[str]:
    """List the relations that a route follows, and the quantity that ends it."""
    for path in route.steps:
        yield from asked(path)
    if route.quantity:
        yield route.quantity
