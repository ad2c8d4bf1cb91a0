"""What the ontology entails of the product graph: more relations, classes, denials and bounds.

Runs before any closure, so that a closed world never contradicts what follows (docs/architecture.md).
Rules fire again only when a property or class they read has changed; all products at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

import numpy as np

from readson.derivation import decide_thresholds, derive_quantities
from readson.graph import Graph, lengthened, typed_as, with_nodes
from readson.ontology import Collection, Ontology, Restriction
from readson.relations import (
    EMPTY,
    Keys,
    Mask,
    Nodes,
    by_subject,
    compose,
    distinct,
    equivalence_closure,
    expand,
    keys,
    marks,
    missing,
    objects,
    subjects,
    swap,
    transitive_closure,
    union,
)
from readson.statements import PRODUCT
from readson.verdicts import AGAINST

Relations = dict[str, Keys]


def entail(graph: Graph) -> Graph:
    """Add everything the ontology entails; the result is closed under its rules."""
    graph = _saturate(graph, {})
    closed, extended = graph.relations, _collect(graph)
    while True:
        graph = _saturate(extended, closed)
        closed, extended = graph.relations, _require(graph)
        if extended is graph:
            break
    graph = decide_thresholds(derive_quantities(lengthened(graph)))
    return _refute(_singular(_unlisted(graph)))


def _saturate(graph: Graph, closed: Relations) -> Graph:
    """Close relations and classes under each other; `closed` are relations that were already."""
    while True:
        relations, bases = _close_relations(graph, _changed(graph.relations, closed))
        graph = replace(graph, relations=relations, bases=bases)
        graph = replace(graph, typed=_classify(graph, _changed(relations, closed)))
        closed = relations
        added = [*_truths(graph), *_members(graph), *_results(graph)]
        fresh = [(p, new) for p, k in added if len(new := missing(k, graph.relation(p)))]
        if not fresh:
            return graph
        grown = dict(graph.relations)
        for prop, new in fresh:
            grown[prop] = union(grown.get(prop, EMPTY), new)
        graph = replace(graph, relations=grown)


def _changed(relations: Relations, closed: Relations) -> set[str]:
    """List the properties whose column is another than it was."""
    return {prop for prop, pairs in relations.items() if closed.get(prop) is not pairs}


def _close_relations(graph: Graph, changed: set[str]) -> tuple[Relations, Relations]:
    """Apply sub-properties, inverses, chains and transitivity until nothing is new."""
    onto, relations, bases = graph.ontology, dict(graph.relations), dict(graph.bases)
    for prop in sorted(onto.transitive & set(relations)):
        bases.setdefault(prop, relations[prop])
    while changed:
        grown: set[str] = set()
        for prop, new in _consequences(onto, relations, changed):
            fresh = missing(new, relations.get(prop, EMPTY))
            if len(fresh):
                relations[prop] = union(relations.get(prop, EMPTY), fresh)
                if prop in onto.transitive:
                    bases[prop] = union(bases.get(prop, EMPTY), fresh)
                grown.add(prop)
        for prop in sorted((changed | grown) & onto.transitive):
            closed = _transitive(onto, prop, relations[prop])
            if len(closed) > len(relations[prop]):
                relations[prop] = closed
                grown.add(prop)
        changed = grown
    return relations, bases


def _transitive(onto: Ontology, prop: str, pairs: Keys) -> Keys:
    return equivalence_closure(pairs) if prop in onto.symmetric else transitive_closure(pairs)


def _consequences(onto: Ontology, relations: Relations, changed: set[str]) -> Iterable[tuple[str, Keys]]:
    for prop in sorted(changed):
        for upper in onto.supers.get(prop, ()):
            yield upper, relations[prop]
        if prop in onto.inverses:
            yield onto.inverses[prop], swap(relations[prop])
    for prop, first, second in onto.chains:
        if (first in changed or second in changed) and first in relations and second in relations:
            yield prop, compose(relations[first], relations[second])


def _classify(graph: Graph, changed: set[str]) -> Keys:
    """Type subjects by domains and objects by ranges, for relations that have changed."""
    onto, found = graph.ontology, defaultdict[int, list[Nodes]](list)
    for prop in sorted(changed):
        pairs = graph.relations[prop]
        for classes, nodes in ((onto.domains, subjects(pairs)), (onto.ranges, objects(pairs))):
            for cls in classes.get(prop, ()):
                found[onto.class_index[cls]].append(nodes)
    fresh = [typed_as(_untyped(graph, cls, nodes), cls) for cls, nodes in sorted(found.items())]
    return union(graph.typed, np.concatenate((EMPTY, *fresh)))


def _untyped(graph: Graph, cls: int, nodes: Iterable[Nodes]) -> Nodes:
    """Leave out the nodes that are stated to be of just this class."""
    marked = np.zeros(graph.size, dtype=bool)
    for column in nodes:
        marked[column] = True
    for _, column in by_subject(graph.typed, np.array([cls])):
        marked[column] = False
    return np.flatnonzero(marked)


def _truths(graph: Graph) -> Iterable[tuple[str, Keys]]:
    """Give truth values that a class entails."""
    for rule in graph.ontology.restrictions:
        if rule.value is not None:
            nodes = graph.instances(rule.of)
            yield rule.property, keys(nodes, np.full(len(nodes), int(rule.value)))


def _members(graph: Graph) -> Iterable[tuple[str, Keys]]:
    """Relate a product to its parts of one class."""
    for prop, cls in sorted(graph.ontology.parts_of_class.items()):
        nodes = graph.instances(cls)
        yield prop, np.sort(keys(graph.roots[graph.owner[nodes]], nodes))


def _results(graph: Graph) -> Iterable[tuple[str, Keys]]:
    """Make hold what a step of the given class leaves behind."""
    for rule in graph.ontology.results:
        steps = np.sort(graph.instances(rule.step))
        which, subject = expand(steps, graph.relation(rule.subject))
        position, object_ = expand(steps[which], graph.relation(rule.object))
        pairs = keys(subject[position], object_)
        yield rule.result, distinct(pairs[subjects(pairs) != objects(pairs)])


def _collect(graph: Graph) -> Graph:
    """Add the item that collects all parts of a class, where the product names no item that does."""
    for rule in graph.ontology.collections:
        members = graph.instances(rule.members)
        collected = marks(graph.owner[collecting(graph, rule)], len(graph.products))
        members = members[~collected[graph.owner[members]]]
        owners = distinct(graph.owner[members])
        if len(owners):
            label = graph.ontology.lexicon.label(rule.of)
            place = graph.size + np.searchsorted(owners, graph.owner[members])
            graph = with_nodes(graph, [label] * len(owners), owners)
            fresh = typed_as(distinct(place), graph.ontology.class_index[rule.of])
            pairs = union(graph.relation(rule.through), np.sort(keys(place, members)))
            graph = replace(
                graph,
                typed=union(graph.typed, fresh),
                relations={**graph.relations, rule.through: pairs},
                collected={**graph.collected, rule.through: distinct(place)},
            )
    return graph


def collecting(graph: Graph, rule: Collection) -> Nodes:
    """List the items of a collecting class that have all the members which their product names."""
    members, whole = graph.instances(rule.members), graph.instances(rule.of)
    which, found = expand(whole, graph.relation(rule.through))
    held = np.bincount(which[marks(members, graph.size)[found]], minlength=len(whole))
    total = np.bincount(graph.owner[members], minlength=len(graph.products))
    return whole[held >= total[graph.owner[whole]]]


def _require(graph: Graph) -> Graph:
    """Add the value that a class requires of a functional property, or type the value there is."""
    for rule in graph.ontology.restrictions:
        if rule.some:
            graph = _require_one(graph, rule)
    return graph


def _require_one(graph: Graph, rule: Restriction) -> Graph:
    onto, cls = graph.ontology, graph.ontology.class_index[rule.some]
    nodes = graph.instances(rule.of)
    which, values = expand(nodes, graph.relation(rule.property))
    fresh = missing(typed_as(values, cls), _entailed(graph, cls, values))
    if len(fresh):
        graph = replace(graph, typed=union(graph.typed, fresh))
    without = nodes[np.bincount(which, minlength=len(nodes)) == 0]
    if not len(without):
        return graph
    place = graph.size + np.arange(len(without))
    phrase = _phrase(onto, rule.some)
    names = [phrase.format("the product" if graph.names[n] == PRODUCT else graph.names[n]) for n in without]
    graph = with_nodes(graph, names, graph.owner[without])
    pairs = union(graph.relation(rule.property), keys(without, place))
    return replace(
        graph,
        typed=union(graph.typed, typed_as(place, cls)),
        relations={**graph.relations, rule.property: pairs},
    )


def _phrase(onto: Ontology, cls: str) -> str:
    """Give the words for an item that nobody named, as in a description: "active surface of {}"."""
    patterns = (r.pattern for r in onto.lexicon.references if r.of == cls and r.pattern.count("{}") == 1)
    return next(patterns, f"{onto.lexicon.label(cls)} of {{}}")


def _entailed(graph: Graph, cls: int, nodes: Nodes) -> Keys:
    """Give the keys of those nodes that are already known to be of the class."""
    known = marks(graph.instances(graph.ontology.classes[cls]), graph.size)
    return typed_as(nodes[known[nodes]], cls)


def _singular(graph: Graph) -> Graph:
    """Complete functional properties that have a value, and properties a class never has."""
    onto, complete = graph.ontology, dict(graph.complete)
    denials = dict(graph.denials)
    for prop in sorted(onto.functional & set(graph.relations)):
        _mark(complete, prop, subjects(graph.relations[prop]), graph.size)
        rivals = _rivals(graph.relations[prop])
        denials[prop] = union(denials.get(prop, EMPTY), rivals)
    for cls, prop in onto.never:
        _mark(complete, prop, graph.instances(cls), graph.size)
    return replace(graph, complete=complete, denials=denials)


def _unlisted(graph: Graph) -> Graph:
    """Deny values, and classes of items, that a statement of completeness leaves out."""
    denials = dict(graph.denials)
    for prop, listed in sorted(graph.listed.items()):
        pairs, marked = graph.relation(prop), graph.complete[prop]
        allowed = union(listed, _onward(graph, prop, listed))
        limited = pairs[marked[subjects(pairs)]]
        denials[prop] = union(denials.get(prop, EMPTY), missing(limited, allowed))
    untyped = graph.untyped
    for product, cls, items in graph.listed_kinds:
        members = graph.instances(graph.ontology.classes[cls])
        others = members[(graph.owner[members] == product) & ~marks(items, graph.size)[members]]
        untyped = union(untyped, typed_as(others, cls))
    return replace(graph, denials=denials, untyped=untyped)


def _onward(graph: Graph, prop: str, listed: Keys) -> Keys:
    """Give what follows from listed values through chains and transitivity: it needs no listing."""
    found = compose(listed, graph.relation(prop)) if prop in graph.ontology.transitive else EMPTY
    for result, first, second in graph.ontology.chains:
        if result == prop and first == prop:
            found = union(found, compose(listed, graph.relation(second)))
    return found


def _mark(complete: dict[str, Mask], prop: str, nodes: Nodes, size: int) -> None:
    complete[prop] = marks(nodes, size) | complete.get(prop, False)


def _rivals(pairs: Keys) -> Keys:
    """Give the pairs of a functional property whose subject has another value too."""
    again = np.zeros(len(pairs) + 1, dtype=bool)
    again[1:-1] = subjects(pairs[1:]) == subjects(pairs[:-1])
    rivals: Keys = pairs[again[1:] | again[:-1]]
    return rivals


def _refute(graph: Graph) -> Graph:
    """Push denials through disjointness, asymmetry, inverses and down to sub-properties."""
    onto, denials = graph.ontology, dict(graph.denials)
    for left, right in onto.disjoint_properties:
        denials[right] = union(denials.get(right, EMPTY), graph.relation(left))
    for prop in sorted(onto.asymmetric & set(graph.relations)):
        denials[prop] = union(denials.get(prop, EMPTY), swap(graph.relations[prop]))
    for prop, pairs in _unfit(graph):
        denials[prop] = union(denials.get(prop, EMPTY), pairs)
    changed = set(denials)
    while changed:
        grown: set[str] = set()
        for prop, new in _denied_with(onto, denials, changed):
            fresh = missing(new, denials.get(prop, EMPTY))
            if len(fresh):
                denials[prop] = union(denials.get(prop, EMPTY), fresh)
                grown.add(prop)
        changed = grown
    return replace(graph, denials=denials)


def _unfit(graph: Graph) -> Iterable[tuple[str, Keys]]:
    """Give the pairs with an item of a class that cannot stand there; stating them does not undo that."""
    onto = graph.ontology
    named = {*chain.from_iterable((*onto.domains.values(), *onto.ranges.values()))}
    classification = graph.classification()
    unfit = {cls: classification.is_a(cls) & AGAINST > 0 for cls in named}
    for prop, pairs in sorted(graph.relations.items()):
        for classes, nodes in ((onto.domains, subjects(pairs)), (onto.ranges, objects(pairs))):
            yield from ((prop, pairs[unfit[cls][nodes]]) for cls in classes.get(prop, ()))
    for cls, prop in onto.never:
        pairs = graph.relation(prop)
        yield prop, pairs[marks(graph.instances(cls), graph.size)[subjects(pairs)]]


def _denied_with(onto: Ontology, denials: Relations, changed: set[str]) -> Iterable[tuple[str, Keys]]:
    for lower, uppers in sorted(onto.supers.items()):
        for upper in uppers:
            if upper in changed:
                yield lower, denials[upper]
    for wider, narrower in sorted(onto.denied_with.items()):
        if narrower in changed:
            yield wider, denials[narrower]
    for prop in sorted(changed & set(onto.inverses)):
        yield onto.inverses[prop], swap(denials[prop])
