"""Sharing out things of several kinds among people who may not take every kind (area and product rules).

People who may take the same kinds are one class, so that the work grows with people plus classes times kinds and never
with people times things.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.calculators.apportionment.largest_remainder import apportion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Signature = tuple[object, ...]
"""What things of one kind have, or somebody takes, in each rule; None on the side of a person takes everything."""


@dataclass(frozen=True, slots=True)
class Taker:
    """Somebody who takes things: their weight, how many at most (None: any number), what they take, and what decides
    between equal remainders (the smaller comes first).
    """

    weight: int
    limit: int | None
    takes: Signature = ()
    tie: int = 0


def fits(thing: Signature, takes: Signature) -> bool:
    """Whether somebody who takes this may have such a thing."""
    return all(wanted is None or wanted == had for had, wanted in zip(thing, takes, strict=True))


def shared(
    kinds: Mapping[Signature, int], takers: Sequence[Taker], parts: Sequence[int] | None = None
) -> dict[Signature, list[int]]:
    """How many things of each kind each person gets.

    First everybody's part of all that somebody may take is worked out (``apportion``), where ``parts`` do not say it.
    Then kind by kind, those with the fewest people who may take them first: people who may take the fewest kinds are
    filled to their parts before those who may take more, and what is left over goes to all who may take it by weight,
    up to their limits. So nothing stays while somebody who may take it has a weight and room, and without rules
    everybody gets exactly their part.
    """
    return _Sharing(kinds, takers, parts).done()


class _Sharing:
    def __init__(self, kinds: Mapping[Signature, int], takers: Sequence[Taker], parts: Sequence[int] | None) -> None:
        self._takers = takers
        classes: dict[Signature, list[int]] = defaultdict(list)
        for index, taker in enumerate(takers):
            if taker.weight > 0 and taker.limit != 0:
                classes[taker.takes].append(index)
        self._classes = classes
        self._kinds = kinds
        self._may = {kind: [takes for takes in classes if fits(kind, takes)] for kind in kinds}
        self._serves = {takes: sum(takes in self._may[kind] for kind in kinds if kinds[kind]) for takes in classes}
        self._got = [0] * len(takers)
        self._given: dict[Signature, list[int]] = {}
        house = sum(count for kind, count in kinds.items() if self._may[kind])
        self._parts = self._apportioned(house) if parts is None else parts

    def done(self) -> dict[Signature, list[int]]:
        """All of it."""
        for kind in sorted(self._kinds, key=lambda each: (self._many(self._may[each]), repr(each))):
            given = self._given[kind] = [0] * len(self._takers)
            left = self._kinds[kind]
            for tier in self._tiers(kind):
                left -= self._fill(tier, left, given)
            if left:
                self._give(self._people(self._may[kind]), left, given)
        return self._given

    def _many(self, classes: Iterable[Signature]) -> int:
        return sum(len(self._classes[takes]) for takes in classes)

    def _tiers(self, kind: Signature) -> list[list[int]]:
        """Those who may take a kind, those who may take the fewest kinds first."""
        tiers: dict[int, list[Signature]] = defaultdict(list)
        for takes in self._may[kind]:
            tiers[self._serves[takes]].append(takes)
        return [self._people(tiers[serves]) for serves in sorted(tiers)]

    def _people(self, classes: Iterable[Signature]) -> list[int]:
        return sorted(index for takes in classes for index in self._classes[takes])

    def _fill(self, people: list[int], left: int, given: list[int]) -> int:
        """Up to what is still missing of everybody's part; gives how many went."""
        missing = [max(0, self._parts[index] - self._got[index]) for index in people]
        found = apportion(min(left, sum(missing)), missing, missing, [self._takers[index].tie for index in people])
        return self._note(people, found, given)

    def _give(self, people: list[int], left: int, given: list[int]) -> None:
        """Beyond the parts, by weight."""
        rooms = [self._room(index) for index in people]
        weights = [self._takers[index].weight for index in people]
        self._note(people, apportion(left, weights, rooms, [self._takers[index].tie for index in people]), given)

    def _note(self, people: list[int], found: list[int], given: list[int]) -> int:
        for index, count in zip(people, found, strict=True):
            given[index] += count
            self._got[index] += count
        return sum(found)

    def _room(self, index: int) -> int | None:
        limit = self._takers[index].limit
        return None if limit is None else limit - self._got[index]

    def _apportioned(self, house: int) -> list[int]:
        serving = [taker.weight if taker.weight > 0 and self._serves.get(taker.takes) else 0 for taker in self._takers]
        return apportion(house, serving, [taker.limit for taker in self._takers], [taker.tie for taker in self._takers])
