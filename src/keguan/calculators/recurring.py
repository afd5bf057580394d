"""The same again: a party that brings the same thing up soon after it last did, and a thing brought up by many."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    Event = tuple[int, Hashable, Hashable, int]
    """Its id, the party that brought something up, the thing, and the moment (in any whole unit of time)."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """The fullest stretch of a thing: so many different parties from ``since`` to ``until``, both moments of events."""

    thing: Hashable
    parties: int
    since: int
    until: int


@dataclass(slots=True)
class _Window:
    """The events of a thing that are not over yet, how often each party is among them, and the fullest it has been."""

    events: deque[tuple[Hashable, int]] = field(default_factory=deque)
    parties: dict[Hashable, int] = field(default_factory=dict)
    fullest: Crowd | None = None

    def add(self, party: Hashable, moment: int, within: int) -> None:
        self.events.append((party, moment))
        self.parties[party] = self.parties.get(party, 0) + 1
        while self.events[0][1] < moment - within:
            gone, _moment = self.events.popleft()
            self.parties[gone] -= 1
            if not self.parties[gone]:
                del self.parties[gone]


def repeats(events: Iterable[Event], within: int) -> list[Event]:
    """The events at most ``within`` after the last one of the same party and thing. ``events`` are in order of time."""
    last: dict[tuple[Hashable, Hashable], int] = {}
    found = []
    for event in events:
        _id, party, thing, moment = event
        before = last.get((party, thing))
        if before is not None and moment - before <= within:
            found.append(event)
        last[party, thing] = moment
    return found


def crowds(events: Iterable[Event], within: int, at_least: int, ending_from: int) -> list[Crowd]:
    """For every thing that ``at_least`` different parties brought up within ``within``, its fullest stretch (the
    earliest of several), in the order in which the things came up first.

    ``events`` are in order of time; stretches that end before ``ending_from`` do not count. One pass.
    """
    windows: dict[Hashable, _Window] = {}
    for _id, party, thing, moment in events:
        window = windows.get(thing)
        if window is None:
            window = windows[thing] = _Window()
        window.add(party, moment, within)
        fullest, count = window.fullest, len(window.parties)
        if moment >= ending_from and (fullest is None or count > fullest.parties):
            window.fullest = Crowd(thing, count, window.events[0][1], moment)
    full = (window.fullest for window in windows.values())
    return [crowd for crowd in full if crowd is not None and crowd.parties >= at_least]
