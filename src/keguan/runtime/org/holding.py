"""Who has which roles in hand on which days: their own, and those of everybody for whom they act. Pure computation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from keguan.runtime.org.role_rules import RoleRules

Key = tuple[str, int]
"""One stored row: ``("appointment", 7)`` or ``("deputy", 3)``; the id of one that is only asked for is 0."""


@dataclass(frozen=True, slots=True)
class Post:
    """A role given to a person, both days inclusive."""

    key: Key
    staff_id: int
    role: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Stand:
    """A deputy who acts for a person, both days inclusive."""

    key: Key
    staff_id: int
    deputy_id: int
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Clash:
    """Two roles that exclude each other in one person's hands on the same days; ``keys`` are the rows it rests on."""

    staff_id: int
    roles: tuple[str, str]
    since: date
    keys: frozenset[Key]


@dataclass(frozen=True, slots=True)
class _InHand:
    role: str
    since: date
    until: date
    keys: frozenset[Key]


def clashes(people: Iterable[int], posts: Collection[Post], stands: Collection[Stand], rules: RoleRules) -> list[Clash]:
    """Everything that these people must not have in hand together, the first day first."""
    found = []
    for staff_id in sorted(set(people)):
        for one, other in combinations(list(_in_hand(staff_id, posts, stands)), 2):
            since, until = max(one.since, other.since), min(one.until, other.until)
            if since <= until and rules.exclude(one.role, other.role):
                found.append(Clash(staff_id, (one.role, other.role), since, one.keys | other.keys))
    return sorted(found, key=lambda clash: (clash.since, clash.staff_id))


def acting_for(staff_id: int, stands: Collection[Stand]) -> frozenset[int]:
    """The person and all who act for them on any day, directly or through one who is away as well."""
    found: set[int] = set()
    asked = {staff_id}
    while asked:
        found |= asked
        asked = {stand.deputy_id for stand in stands if stand.staff_id in asked} - found
    return frozenset(found)


def _in_hand(staff_id: int, posts: Collection[Post], stands: Collection[Stand]) -> Iterator[_InHand]:
    """Own roles on their days; those of a person acted for on the days that both have in common."""
    yield from _reached(staff_id, posts, stands, date.min, date.max, frozenset())


def _reached(
    staff_id: int,
    posts: Collection[Post],
    stands: Collection[Stand],
    since: date,
    until: date,
    through: frozenset[Key],
) -> Iterator[_InHand]:
    for post in posts:
        if post.staff_id == staff_id:
            first, last = max(post.since, since), min(post.until, until)
            if first <= last:
                yield _InHand(post.role, first, last, through | {post.key})
    for stand in stands:
        first, last = max(stand.since, since), min(stand.until, until)
        if stand.deputy_id == staff_id and first <= last and stand.key not in through:
            yield from _reached(stand.staff_id, posts, stands, first, last, through | {stand.key})
