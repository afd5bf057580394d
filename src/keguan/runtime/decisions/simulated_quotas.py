"""What the quotas cut: how much room there is in each group, who would fall, who would wait."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from keguan.language.feel.types import Number
from keguan.runtime.access.disclosure import classes_of
from keguan.runtime.access.formatting import formatted, scale_of
from keguan.runtime.access.rights import sees_everywhere
from keguan.runtime.access.shown import HIDDEN
from keguan.runtime.decisions.input_kinds import kind_of
from keguan.runtime.decisions.simulated import QuotaFlow, QuotaNamed, QuotaRoom, SimulatedQuota
from keguan.runtime.decisions.stored_history import typed
from keguan.runtime.policies.language_door import quota_simulation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from keguan.language.model.model import Model
    from keguan.language.model.quota import Quota
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.decisions.reading import Reading
    from keguan.runtime.decisions.simulated_names import Namer
    from keguan.runtime.policies.language_door import QuotaSimulation

GROUPS = 50
"""So many groups are told, those with the most records first."""

NAMED = 200
"""So many records are named for one quota."""


class QuotaCuts:
    """Cuts by the quotas of the new version, and by the same quotas of the old one."""

    def __init__(self, viewer: Viewer, old: Model, new: Model, tables: Model, day: date) -> None:
        self._viewer = viewer
        self._old, self._new, self._tables = old, new, tables
        self._day = day

    def all(self, reading: Reading, namer: Namer, each: int) -> Iterator[SimulatedQuota]:
        """Every quota of the new version."""
        for quota in self._new.blocks.quotas.values():
            yield self._one(quota, reading, namer, each)

    def _one(self, quota: Quota, reading: Reading, namer: Namer, each: int) -> SimulatedQuota:
        plan = self._plan(self._new, quota, reading, namer)
        _within, values = namer.within(quota.record_type, quota.decision)
        rows = reading.rows(plan.cut.sql, {**plan.cut.parameters, **values, "each": each})
        figures = [row for row in rows if row[6] is None]
        members = {row[0]: int(row[4]) for row in figures}
        groups = sorted(members, key=lambda group: (-members[group], str(group)))[:GROUPS]
        told = {group: self._group(quota, group) for group in groups}
        flows = [_flow(row, told) for row in figures if row[0] in told and _touched(row)]
        named = [row for row in rows if row[6] is not None and row[0] in told]
        named.sort(key=lambda row: (int(row[3]), int(row[6])))
        titles = namer.titles(quota.record_type, [int(row[6]) for row in named[:NAMED]], reading)
        return SimulatedQuota(
            code=quota.code,
            label=quota.label,
            clause=quota.clause,
            record_type=quota.record_type,
            decision=quota.decision,
            cut=_cut(figures),
            cut_before=self._before(quota.code, reading),
            groups=len(members),
            rooms=tuple(_rooms(plan, figures, told)),
            flows=tuple(flows),
            named=tuple(QuotaNamed(row[6], titles[row[6]][0], _flow(row, told, 1)) for row in named[:NAMED]),
        )

    def _plan(self, model: Model, quota: Quota, reading: Reading, namer: Namer | None) -> QuotaSimulation:
        within = None if namer is None else lambda *of: namer.within(*of)[0]
        return quota_simulation(model, quota, reading.dialect, self._day, tables=self._tables, within=within)

    def _before(self, code: str, reading: Reading) -> int | None:
        """How many the old version's quota cuts."""
        quota = self._old.blocks.quotas.get(code)
        if quota is None:
            return None
        plan = self._plan(self._old, quota, reading, None)
        return _cut(reading.rows(plan.cut.sql, {**plan.cut.parameters, "each": 0}))

    def _group(self, quota: Quota, value: Any) -> str:
        """A group's name where this viewer may see what groups are made by of every record: it is a value of some."""
        if quota.group is None:
            return ""
        classes = classes_of(self._new, quota.record_type, quota.group)
        if not sees_everywhere(self._viewer, classes, self._new):
            return HIDDEN[self._viewer.language].text
        known = typed(value, quota.group.type)
        if known is None:
            return ""
        kind = kind_of(self._new, quota.record_type, quota.group)
        scale = scale_of(quota.group.type) if isinstance(quota.group.type, Number) else 0
        return formatted(kind, scale, known, self._viewer.language)


def _touched(row: Sequence[Any]) -> bool:
    return row[1] != row[2] or bool(row[5])


def _flow(row: Sequence[Any], told: dict[Any, str], count: int | None = None) -> QuotaFlow:
    return QuotaFlow(told[row[0]], row[1] or "", row[2] or "", int(row[3]) if count is None else count, bool(row[5]))


def _cut(figures: Iterable[Sequence[Any]]) -> int:
    return sum(int(row[3]) for row in figures if row[6] is None and _touched(row))


def _rooms(plan: QuotaSimulation, figures: Iterable[Sequence[Any]], told: dict[Any, str]) -> Iterator[QuotaRoom]:
    have: defaultdict[tuple[Any, str], int] = defaultdict(int)
    keep: defaultdict[tuple[Any, str], int] = defaultdict(int)
    members: dict[Any, int] = {}
    for group, was, cur, count, size, _waits, _id in figures:
        have[group, was] += int(count)
        keep[group, cur] += int(count)
        members[group] = int(size)
    for group, name in told.items():
        for line in plan.quota.lines:
            most, least = plan.ceilings.get(line.outcome), plan.floors.get(line.outcome)
            size, kept = members[group], keep[group, line.outcome]
            reached = kept if have[group, line.outcome] > kept else None  # of what is added up, where it was reached
            yield QuotaRoom(
                group=name,
                members=size,
                outcome=line.outcome,
                have=have[group, line.outcome],
                most=None if most is None else reached if most.cumulative else most.of(size),
                least=None if least is None else least.of(size),
                keep=kept,
            )
