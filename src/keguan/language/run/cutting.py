"""How quotas cut, on plain values: all records of a group at once. ``plan.cutting`` is the same in SQL."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from keguan.language.model.cuts import Passed, room_of
from keguan.language.model.evaluate import Values, parameters_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from keguan.language.model.cuts import Bound, Cut, Room
    from keguan.language.model.model import Model
    from keguan.language.model.values import Value


@dataclass(frozen=True, slots=True)
class Member:
    """A record as quotas see it: its outcome, and by quota what it is grouped and ordered by.

    After a cut: the bounds that it came to, by quota, and the quotas that leave it to a person.
    """

    id: int
    outcome: str | None
    groups: Mapping[str, Value]
    orders: Mapping[str, Value]
    passed: Mapping[str, tuple[Passed, ...]]
    waits: frozenset[str] = frozenset()


def member(record_id: int, outcome: str | None, cuts: Iterable[Cut], values: Mapping[str, Value]) -> Member:
    """A record with this outcome by the table; ``values`` are its facts by code."""
    groups, orders = {}, {}
    for cut in cuts:
        groups[cut.quota] = None if cut.group is None else values.get(cut.group.code)
        orders[cut.quota] = None if cut.order is None else values.get(cut.order.code)
    return Member(record_id, outcome, groups, orders, {})


def after_cuts(cuts: Sequence[Cut], members: Iterable[Member], model: Model, today: date) -> tuple[Member, ...]:
    """The records after the quotas over one outcome, in the order given; by the parameters of a day."""
    found = tuple(members)
    values = Values(today=today, parameters=parameters_on(model.parameters, today))
    for cut in cuts:
        groups: defaultdict[Value, list[Member]] = defaultdict(list)
        for each in found:
            groups[each.groups[cut.quota]].append(each)
        after = {each.id: each for group in groups.values() for each in _cut(cut, group, values)}
        found = tuple(after[each.id] for each in found)
    return found


def _cut(cut: Cut, group: list[Member], values: Values) -> Iterable[Member]:
    """One group through all bounds of a quota."""
    size = sum(1 for each in group if each.outcome is not None)
    now = {each.id: replace(each, passed={**each.passed, cut.quota: ()}) for each in _ordered(cut, group)}
    for number, bound in enumerate(cut.bounds):
        room = room_of(bound.limit, cut.rounding, values)
        if room is not None:
            for changed in _bounded(cut, number, bound, room, size, tuple(now.values())):
                now[changed.id] = changed
    return now.values()


def _bounded(cut: Cut, number: int, bound: Bound, room: Room, size: int, group: tuple[Member, ...]) -> Iterable[Member]:
    most, have = _most(cut, bound, room, size, group), sum(1 for each in group if each.outcome == bound.outcome)
    if not bound.ceiling:
        missing = most - have
        below = [each for each in group if each.outcome == bound.other]
        for place, each in enumerate(below[: max(0, missing)], start=1):
            yield replace(_noted(cut, each, Passed(number, place, missing)), outcome=bound.outcome)
        return
    for place, each in enumerate([each for each in group if each.outcome == bound.outcome], start=1):
        if bound.other is None:
            noted = _noted(cut, each, Passed(number, have, most))
            yield replace(noted, waits=noted.waits | {cut.quota}) if have > most else noted
        else:
            noted = _noted(cut, each, Passed(number, place, most))
            yield replace(noted, outcome=bound.other) if place > most else noted


def _most(cut: Cut, bound: Bound, room: Room, size: int, group: tuple[Member, ...]) -> int:
    if not room.cumulative:
        return room.of(size)
    reached = room.reach([each.orders[cut.quota] for each in group if each.outcome is not None])
    return max(0, reached - sum(1 for each in group if each.outcome in bound.above))


def _noted(cut: Cut, each: Member, passed: Passed) -> Member:
    return replace(each, passed={**each.passed, cut.quota: (*each.passed[cut.quota], passed)})


def _ordered(cut: Cut, group: list[Member]) -> list[Member]:
    """The group in the order in which records are kept: by the quota's value, unknown ones last, equal ones by id."""
    known = [each for each in group if each.orders[cut.quota] is not None]
    unknown = [each for each in group if each.orders[cut.quota] is None]
    known.sort(key=lambda each: each.id)
    known.sort(key=lambda each: each.orders[cut.quota], reverse=cut.descending)  # type: ignore[arg-type,return-value]
    return known + sorted(unknown, key=lambda each: each.id)
