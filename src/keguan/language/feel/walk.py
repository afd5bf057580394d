"""Looking through typed trees."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, TypeGuard, get_args

from keguan.language.feel.typed import Aggregate, FieldRef, OuterRef, ParameterRef, ParentRef, Typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TYPED = get_args(Typed)
_PLACES: dict[type, tuple[str, ...]] = {kind: tuple(each.name for each in fields(kind)) for kind in _TYPED}
"""The names of each kind's fields. Every tree is gone through many times, and ``fields`` looks them up each time."""


def parts(typed: Typed) -> Iterator[Typed]:
    """The typed trees directly under ``typed``."""
    for name in _PLACES[type(typed)]:
        value = getattr(typed, name)
        if isinstance(value, _TYPED):
            yield value
        elif isinstance(value, tuple):
            yield from (part for part in value if isinstance(part, _TYPED))


def walk(typed: Typed, *, into_children: bool = True) -> Iterator[Typed]:
    """``typed`` and everything under it; without ``into_children`` not what stands inside aggregates."""
    yield typed
    if isinstance(typed, Aggregate) and not into_children:
        return
    for part in parts(typed):
        yield from walk(part, into_children=into_children)


def references(typed: Typed) -> frozenset[str]:
    """The codes of the fields, facts and outcomes that are read from the record itself (not from its children), also
    while its children are gone through.
    """
    found: set[str] = set()
    for part in walk(typed, into_children=False):
        if isinstance(part, FieldRef):
            found.add(part.code)
        elif isinstance(part, Aggregate):
            found.update(each.code for each in outer(part) if isinstance(each, OuterRef))
    return frozenset(found)


def outer(aggregate: Aggregate) -> tuple[OuterRef | ParentRef, ...]:
    """What an aggregate reads of the record that it is about, and through its references, each once, as written."""
    return tuple(dict.fromkeys(part for part in walk(aggregate) if is_outer(part)))


def is_outer(part: Typed) -> TypeGuard[OuterRef | ParentRef]:
    """Whether a part of an aggregate reads the record that it is about instead of the child."""
    return isinstance(part, OuterRef) or (isinstance(part, ParentRef) and part.outer)


def parents(typed: Typed, record_type: str, outer_type: str = "") -> tuple[tuple[str, ParentRef], ...]:
    """Every value that is read through references, each once, with the type of the record where its path begins:
    ``record_type`` itself, a child's, or (``outer_type``) that which an aggregate around the tree is about.
    """
    found: dict[tuple[str, ParentRef], None] = {}
    for part in walk(typed, into_children=False):
        if isinstance(part, ParentRef):
            found[outer_type if part.outer else record_type, replace(part, outer=False)] = None
        elif isinstance(part, Aggregate):
            for inside in (each for each in (part.where, part.value) if each is not None):
                found.update(dict.fromkeys(parents(inside, part.child, record_type)))
    return tuple(found)


def way(begins: str, parent: ParentRef) -> tuple[tuple[str, str], ...]:
    """(record type, code) of everything that is read on a parent's path, which begins at a record of this type: each
    reference field, and at last the value itself.
    """
    types = (begins, *(step.record_type for step in parent.path))
    return tuple(zip(types, (*(step.via for step in parent.path), parent.code), strict=True))


def rewritten(typed: Typed, change: Callable[[Typed], Typed | None]) -> Typed:
    """``typed`` with every part for which ``change`` gives another one replaced by that one; where it gives None the
    part stays and is looked into.
    """
    found = change(typed)
    if found is not None:
        return found
    changed: dict[str, object] = {}
    for name in _PLACES[type(typed)]:
        value = getattr(typed, name)
        if isinstance(value, _TYPED):
            changed[name] = rewritten(value, change)
        elif isinstance(value, tuple):
            changed[name] = tuple(rewritten(part, change) if isinstance(part, _TYPED) else part for part in value)
    return replace(typed, **changed) if changed else typed  # type: ignore[arg-type]  # the same kinds of parts


def children(typed: Typed) -> tuple[Aggregate, ...]:
    """Every aggregate in the tree, each once, in reading order."""
    return tuple(dict.fromkeys(part for part in walk(typed) if isinstance(part, Aggregate)))


def parameters(typed: Typed) -> frozenset[str]:
    """The codes of the policy parameters that are read, inside aggregates too."""
    return frozenset(part.code for part in walk(typed) if isinstance(part, ParameterRef))
