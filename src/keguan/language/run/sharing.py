"""What typed trees have in common."""

from __future__ import annotations

from collections import Counter
from datetime import date, time
from typing import TYPE_CHECKING

from keguan.language.feel.typed import Aggregate, Binary, Call, If, Literal, Negate, Not, Rescale
from keguan.language.feel.walk import parts, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from keguan.language.feel.typed import Typed

_WORK = Binary | Call | If | Negate | Not | Rescale


def repeated(trees: Iterable[Typed], *, whole: bool = True) -> frozenset[Typed]:
    """The trees that stand in more than one place and take work to compute; without ``whole``, only those that are
    part of a larger one. What stands inside an aggregate is not looked at.
    """
    counts: Counter[Typed] = Counter()
    for tree in trees:
        counts.update(_outside(tree) if whole else (part for child in parts(tree) for part in _outside(child)))
    return frozenset(tree for tree, count in counts.items() if count > 1 and isinstance(tree, _WORK))


def days_of(trees: Iterable[Typed]) -> set[date | time]:
    """Every constant day, time and moment in the trees."""
    literals = (part.value for tree in trees for part in walk(tree) if isinstance(part, Literal))
    return {value for value in literals if isinstance(value, date | time)}


def _outside(tree: Typed) -> Iterator[Typed]:
    yield tree
    if not isinstance(tree, Aggregate):
        for part in parts(tree):
            yield from _outside(part)
