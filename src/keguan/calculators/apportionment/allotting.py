"""Sharing out a pool by rows: which thing goes to whom, why those that stay do, and totals that add up exactly.

The same figures give the same, wherever and whenever: nothing here is drawn by lot.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from keguan.calculators.apportionment.dealing import dealt
from keguan.calculators.apportionment.largest_remainder import apportion
from keguan.calculators.apportionment.matching import Taker, fits, shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from keguan.calculators.apportionment.matching import Signature

    Thing = tuple[int, Signature]
    """Its id, and what it has in each rule of who may take it."""


class Stays(StrEnum):
    """Why a thing is not given to anybody; empty for one that is."""

    GIVEN = ""
    NOBODY = "nobody"  # nobody who takes part may take it
    BEYOND = "beyond"  # its row's share is given out
    FULL = "full"  # everybody who may take it has as many as they may


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: its part of the whole, and how many one person may get from it (None: any number)."""

    number: int
    share: int
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part: the weight, room for how many (None: any number), what they may take, whose turn is
    first (``rank``), and the row that they belong to where rows are groups of people.
    """

    weight: int
    room: int | None = None
    takes: Signature = ()
    rank: int = 0
    row: int | None = None


class Given(NamedTuple):
    """One thing: its row (0 where rows are groups of people), its place in the row's order from 1, who gets it (index,
    None: nobody), the how-manyth of theirs in the row it is, and why it stays.
    """

    thing: int
    row: int
    place: int
    person: int | None
    turn: int
    stays: Stays


@dataclass(slots=True)
class Allotment:
    """What came out. By row: what its share of the whole comes to, how many of that are there to be given, and how many
    each person gets of it.
    """

    shares: dict[int, int] = field(default_factory=dict)
    targets: dict[int, int] = field(default_factory=dict)
    counts: dict[int, list[int]] = field(default_factory=dict)
    lines: list[Given] = field(default_factory=list)


def allot_kinds(rows: Sequence[Row], people: Sequence[Person], things: Mapping[int, Sequence[Thing]]) -> Allotment:
    """Rows are kinds of things: each is shared out as far as its share of the whole and what is there go.

    ``things`` are by row, each row in its order. What one row lacks no other fills. Rows add up exactly. In each row
    everybody gets their exact share of it rounded down or up, and one more goes to whoever is furthest behind their
    part of all rows together, so that people's totals come out as if all were one row.
    """
    found = Allotment()
    whole = sum(len(things.get(row.number, ())) for row in rows)
    parts = apportion(whole, [row.share for row in rows])
    wanted = {person.takes for person in people if person.weight}
    kinds = {number: Counter(kind for _thing, kind in listed) for number, listed in things.items()}
    for row, part in zip(rows, parts, strict=True):
        may = sum(n for kind, n in kinds.get(row.number, Counter()).items() if _anybody(kind, wanted))
        found.shares[row.number], found.targets[row.number] = part, min(part, may)
    behind = _Behind(people, [found.targets[row.number] for row in rows])
    for row in rows:
        target, listed = found.targets[row.number], things.get(row.number, ())
        open_to = {takes for takes in wanted if any(fits(kind, takes) for kind in kinds.get(row.number, ()))}
        takers = [
            Taker(
                person.weight if person.takes in open_to else 0,
                _least(row.most, _left(person, behind.so_far[index])),
                person.takes,
                person.rank,
            )
            for index, person in enumerate(people)
        ]
        own = apportion(
            target,
            [taker.weight for taker in takers],
            [taker.limit for taker in takers],
            [taker.tie for taker in takers],
            behind.wants,
        )
        counts = _hand_out(found, row.number, (listed, target), people, takers, own)
        found.counts[row.number] = counts
        behind.note(target, counts)
    return found


class _Behind:
    """By how many each person is behind their part of all rows together, beyond the whole parts of the rows to come."""

    def __init__(self, people: Sequence[Person], targets: Sequence[int]) -> None:
        self._weights = [person.weight for person in people]
        self._whole = sum(self._weights)
        totals = apportion(
            sum(targets), self._weights, [person.room for person in people], [person.rank for person in people]
        )
        self.so_far = [0] * len(people)
        self.wants = [
            total - sum(self._floor(target, weight) for target in targets)
            for total, weight in zip(totals, self._weights, strict=True)
        ]

    def note(self, target: int, counts: Sequence[int]) -> None:
        """A row is given out."""
        for index, count in enumerate(counts):
            self.so_far[index] += count
            self.wants[index] -= count - self._floor(target, self._weights[index])

    def _floor(self, target: int, weight: int) -> int:
        return target * weight // self._whole if self._whole else 0


def allot_people(rows: Sequence[Row], people: Sequence[Person], things: Sequence[Thing]) -> Allotment:
    """Rows are groups of people: the whole is divided among the groups, then within each. ``things`` are in their
    order.

    What a group has no room for stays.
    """
    found = Allotment()
    wanted = {person.takes for person in people if person.weight}
    there = Counter(kind for _thing, kind in things)
    may = sum(count for kind, count in there.items() if _anybody(kind, wanted))
    parts = apportion(may, [row.share for row in rows])
    own = [0] * len(people)
    for row, part in zip(rows, parts, strict=True):
        mine = [index for index, person in enumerate(people) if person.row == row.number]
        limits = [_least(row.most, people[index].room) for index in mine]
        given = apportion(
            part, [people[index].weight for index in mine], limits, [people[index].rank for index in mine]
        )
        for index, count in zip(mine, given, strict=True):
            own[index] = count
        found.shares[row.number] = found.targets[row.number] = part
    takers = [Taker(own[index], own[index], person.takes, person.rank) for index, person in enumerate(people)]
    counts = _hand_out(found, 0, (things, len(things)), people, takers, own)
    for row in rows:
        found.counts[row.number] = [
            count if people[index].row == row.number else 0 for index, count in enumerate(counts)
        ]
    return found


def _hand_out(
    found: Allotment,
    row: int,
    listed: tuple[Sequence[Thing], int],
    people: Sequence[Person],
    takers: Sequence[Taker],
    parts: Sequence[int],
) -> list[int]:
    """Give the first of these things away, at most so many; note every one of them."""
    things, most = listed
    wanted = {taker.takes for taker in takers if taker.weight}
    open_to = {kind: _anybody(kind, wanted) for kind in {kind for _thing, kind in things}}
    chosen = []
    for _thing, kind in things:
        stays = Stays.NOBODY if not open_to[kind] else Stays.GIVEN if most > 0 else Stays.BEYOND
        most -= stays is Stays.GIVEN
        chosen.append(stays)
    kinds = Counter(kind for (_thing, kind), stays in zip(things, chosen, strict=True) if stays is Stays.GIVEN)
    return _noted(found, row, list(zip(things, chosen, strict=True)), people, shared(kinds, takers, parts))


def _noted(
    found: Allotment,
    row: int,
    things: Sequence[tuple[Thing, Stays]],
    people: Sequence[Person],
    split: Mapping[Signature, Sequence[int]],
) -> list[int]:
    order = sorted(range(len(people)), key=lambda index: (-people[index].weight, people[index].rank))
    hands = {kind: iter(_dealt(given, order)) for kind, given in split.items()}
    turns = [0] * len(people)
    note = found.lines.append
    for place, ((thing, kind), stays) in enumerate(things, 1):
        person = next(hands[kind], None) if stays is Stays.GIVEN else None
        if person is None:
            note(Given(thing, row, place, None, 0, stays or Stays.FULL))
            continue
        turns[person] += 1
        note(Given(thing, row, place, person, turns[person], Stays.GIVEN))
    return turns


def _dealt(given: Sequence[int], order: Sequence[int]) -> list[int]:
    mine = [index for index in order if given[index]]
    return [mine[turn] for turn in dealt([given[index] for index in mine])]


def _anybody(kind: Signature, wanted: Iterable[Signature]) -> bool:
    """Whether anybody may take such a thing."""
    return any(fits(kind, takes) for takes in wanted)


def _left(person: Person, so_far: int) -> int | None:
    return None if person.room is None else max(0, person.room - so_far)


def _least(*limits: int | None) -> int | None:
    return min((limit for limit in limits if limit is not None), default=None)
