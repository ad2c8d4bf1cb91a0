"""Say in a sentence what a constraint demands."""

from __future__ import annotations

from readson.validation.constraints import (
    And,
    ClassOf,
    Closed,
    Constraint,
    Count,
    Datatype,
    Disjoint,
    Equals,
    Fits,
    HasValue,
    In,
    LanguageIn,
    Length,
    LessThan,
    NodeKind,
    Not,
    Or,
    Pattern,
    Qualified,
    Range,
    UniqueLang,
    Xone,
)
from readson.validation.parameters import KINDS
from readson.validation.terms import Term, text

SIDES = {
    (True, True): "at least",
    (True, False): "more than",
    (False, True): "at most",
    (False, False): "less than",
}


def sentence(constraint: Constraint) -> str:
    """Say what is demanded.

    >>> sentence(Count(2, least=True)), sentence(Length(5, least=False))
    ('There must be at least 2 values.', 'The text must have at most 5 characters.')
    """
    match constraint:
        case ClassOf(cls=cls):
            return f"The value must be of the class <{cls}>."
        case Datatype(datatype=datatype):
            return f"The value must be a well-formed literal of the datatype <{datatype}>."
        case NodeKind(kinds=kinds):
            return f"The value must be of the kind {next(n for n, bits in KINDS.items() if bits == kinds)}."
        case Range(limit=limit, lower=lower, inclusive=inclusive):
            return f"The value must be {SIDES[lower, inclusive]} {limit.value}."
        case Length(length=length, least=least):
            return f"The text must have {SIDES[least, True]} {length} characters."
        case Pattern(written=written):
            return f"The text must match `{written}`."
        case LanguageIn(ranges=ranges):
            return f"The language must be one of: {', '.join(ranges)}."
        case In(terms=terms):
            return f"The value must be one of: {', '.join(map(_shown, terms))}."
        case HasValue(term=term):
            return f"One value must be {_shown(term)}."
        case Count(count=count, least=least):
            return f"There must be {SIDES[least, True]} {_values(count)}."
        case Qualified(count=count, least=least):
            return f"There must be {SIDES[least, True]} {_values(count)} that fit the qualified shape."
        case UniqueLang():
            return "No two values may have the same language."
        case Equals(predicate=predicate):
            return f"The values must be those of <{predicate}>."
        case Disjoint(predicate=predicate):
            return f"No value may be one of <{predicate}>."
        case LessThan(predicate=predicate, or_equals=or_equals):
            return f"Every value must be {SIDES[False, or_equals]} every value of <{predicate}>."
        case Closed():
            return "The shape is closed: the node may have no value of this predicate."
        case Not():
            return "The value must not fit the negated shape."
        case And():
            return "The value must fit all of the shapes."
        case Or():
            return "The value must fit one of the shapes."
        case Xone():
            return "The value must fit exactly one of the shapes."
        case Fits(shape=shape):
            return f"The value must fit {'the shape' if shape.startswith('_:') else f'<{shape}>'}."
        case _:
            return "The value must fit the property shape."


def _values(count: int) -> str:
    return f"{count} value{'' if count == 1 else 's'}"


def _shown(term: Term) -> str:
    return text(term) or "a blank node"
