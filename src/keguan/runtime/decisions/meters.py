"""How full quotas are, group by group: how much room there is, who would fall next, who would rise next.

Read from what every record is cut by, as it is stored. A group in which a record is out of the viewer's reach is left
out, since its figures would tell of that record.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from keguan.language.model.cuts import room_of
from keguan.language.model.evaluate import Values, parameters_on
from keguan.language.model.naming import by_table_column, quota_group_column, quota_order_column, record_table
from keguan.runtime import clock
from keguan.runtime.access.columns import columns, place_columns
from keguan.runtime.access.disclosure import classes_of, disclosed_by
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.formatting import formatted, scale_of
from keguan.runtime.access.present import Sight
from keguan.runtime.access.rights import sees_somewhere
from keguan.runtime.decisions.input_kinds import kind_of
from keguan.runtime.decisions.reach import ids_in_reach
from keguan.runtime.decisions.stored_history import typed
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies.queries import current

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keguan.language.model.cuts import Cut, Room
    from keguan.language.model.model import ClauseRef, Label, Model
    from keguan.language.model.quota import Quota
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.access.viewer import Viewer

PAGE = 20
"""So many groups are looked at for one page."""


@dataclass(frozen=True, slots=True)
class MeterName:
    """A record that a meter names: its place in the order decides what becomes of it next."""

    id: int
    title: Shown


@dataclass(frozen=True, slots=True)
class MeterLine:
    """One limited outcome in one group. ``by_table``: how many the table gives it; ``most`` and ``least`` are None
    where there is no such bound today. ``falls`` is the last within, ``rises`` the first who was cut.
    """

    outcome: str
    used: int
    by_table: int
    most: int | None
    least: int | None
    falls: MeterName | None
    rises: MeterName | None

    @property
    def full(self) -> bool:
        """Whether nobody else has room; a floor may take in more than the ceiling of a small group."""
        return self.most is not None and 0 < self.most <= self.used

    @property
    def over(self) -> bool:
        """Whether there are more than the bounds allow: a person has still to decide."""
        return self.most is not None and self.used > max(self.most, self.least or 0)


@dataclass(frozen=True, slots=True)
class MeterGroup:
    """One group: its name (empty where there is only one), its members, how many wait for a person."""

    name: str
    members: int
    waiting: int
    lines: tuple[MeterLine, ...]


@dataclass(frozen=True, slots=True)
class Meter:
    """One page of one quota. ``next``: where the following page begins; ``left_out`` groups are not wholly in reach."""

    code: str
    label: Label
    clause: ClauseRef
    record_type: str
    by: str
    groups: tuple[MeterGroup, ...]
    left_out: int
    next: str


def offered(viewer: Viewer) -> tuple[tuple[Label, str], ...]:
    """The quotas whose outcome and groups this viewer may see at all."""
    model = current().model
    return tuple((quota.label, quota.code) for quota in model.blocks.quotas.values() if _may(viewer, model, quota))


def meter(viewer: Viewer, code: str, after: str = "") -> Meter:
    """One page of a quota. Raises ``Refused`` (``decisions.no_quota``) for one that is not in force or not for them.

    Queries: the policy in force, the groups, their figures, and the names.
    """
    model = current().model
    quota = model.blocks.quotas.get(code)
    reach = None if quota is None or not _may(viewer, model, quota) else ids_in_reach(viewer, quota.decision)
    if quota is None or reach is None:
        raise Refused("decisions.no_quota", _("施行中的制度没有这个名额，或者您的岗位看不到它。"))
    cut = next(each for each in model.decisions[quota.decision].cuts if each.quota == code)
    return _Reader(viewer, model, quota, cut, reach).page(after)


def _may(viewer: Viewer, model: Model, quota: Quota) -> bool:
    decision = model.decisions[quota.decision]
    if not any(each.quota == quota.code for each in decision.cuts):
        return False
    read = (each for each in (quota.group, quota.by) if each is not None)
    classes = frozenset[str]().union(*(classes_of(model, quota.record_type, each) for each in read))
    return sees_somewhere(viewer, classes | disclosed_by(model, decision), model)


def _most(room: Room | None, counts: _Counts, outcome: str) -> int | None:
    """How many there is room for; of what is added up, as many as there are where some had to go."""
    if room is None:
        return None
    if not room.cumulative:
        return room.of(counts.members)
    used = counts.now[outcome]
    return used if counts.was[outcome] > used else None


class _Reader:
    """Reads one quota for one viewer."""

    def __init__(
        self, viewer: Viewer, model: Model, quota: Quota, cut: Cut, reach: tuple[str, tuple[Any, ...]]
    ) -> None:
        self._viewer, self._model, self._quota, self._cut = viewer, model, quota, cut
        self._reach, self._bound = reach
        quote = self._quote = connection.ops.quote_name
        self._table = quote(record_table(quota.record_type))
        self._group = f"r.{quote(quota_group_column(quota.code))}" if quota.group is not None else "0"
        self._order = f"r.{quote(quota_order_column(quota.code))}" if quota.by is not None else "0"
        self._by_table = f"r.{quote(by_table_column(quota.output))}"
        self._outcome = f"r.{quote(quota.output)}"
        values = Values(today=clock.today(), parameters=parameters_on(model.parameters, clock.today()))
        rooms = [(each, room_of(each.limit, cut.rounding, values)) for each in cut.bounds]
        self._most = {bound.outcome: room for bound, room in rooms if bound.ceiling and room is not None}
        self._least = {bound.outcome: room for bound, room in rooms if not bound.ceiling and room is not None}
        self._limited = tuple(dict.fromkeys(bound.outcome for bound in cut.bounds))

    def page(self, after: str) -> Meter:
        """The groups after this one."""
        quota = self._quota
        found = [0] if quota.group is None else self._groups(after)
        further, found = len(found) > PAGE, found[:PAGE]
        counted = self._counted(found)
        seen = [group for group in found if group in counted and counted[group].whole]
        ends = self._ends(seen)
        names = self._names({record_id for each in ends.values() for record_id in each if record_id is not None})
        return Meter(
            code=quota.code,
            label=quota.label,
            clause=quota.clause,
            record_type=quota.record_type,
            by=quota.by_text,
            groups=tuple(self._shown(group, counted[group], ends, names) for group in seen),
            left_out=sum(1 for each in counted.values() if not each.whole),
            next=str(found[-1]) if further else "",
        )

    def _groups(self, after: str) -> list[Any]:
        """The groups in their order, one step through the index for each; those of no group come first."""
        column = self._quote(quota_group_column(self._quota.code))
        beyond: str = ""
        parameters: list[str] = []
        if after:
            beyond, parameters = f" AND {column} > %s", [after]
        with connection.cursor() as cursor:
            none = False
            if not after:
                cursor.execute(f"SELECT 1 FROM {self._table} WHERE {column} IS NULL LIMIT 1")
                none = cursor.fetchone() is not None
            cursor.execute(
                f"WITH RECURSIVE g(v, n) AS (SELECT * FROM (SELECT min({column}) AS v, 1 AS n FROM {self._table} "
                f"WHERE {column} IS NOT NULL{beyond}) AS f "
                f"UNION ALL SELECT (SELECT min({column}) FROM {self._table} WHERE {column} > g.v), g.n + 1 FROM g "
                f"WHERE g.v IS NOT NULL AND g.n <= {PAGE}) SELECT v FROM g WHERE v IS NOT NULL",
                parameters,
            )
            return [*([None] if none else []), *(value for (value,) in cursor.fetchall())]

    def _counted(self, groups: Sequence[Any]) -> dict[Any, _Counts]:
        """By group, how many have which outcome by the table and which counts."""
        if not groups:
            return {}
        where, parameters = self._within(groups)
        waits = f"sum(CASE WHEN r.{self._quote(self._cut.waits)} THEN 1 ELSE 0 END)" if self._cut.waits else "0"
        found: defaultdict[Any, _Counts] = defaultdict(_Counts)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {self._group}, {self._by_table}, {self._outcome}, count(*), count(v.id), {waits} "
                f"FROM {self._table} AS r LEFT JOIN ({self._reach}) AS v ON v.id = r.id "
                f"WHERE {where} GROUP BY 1, 2, 3",
                [*self._bound, *parameters],
            )
            for group, by_table, outcome, count, reached, waiting in cursor.fetchall():
                found[group].add(by_table, outcome, int(count), int(reached), int(waiting or 0))
        return dict(found)

    def _ends(self, groups: Sequence[Any]) -> dict[tuple[Any, str], tuple[int | None, int | None]]:
        """By group and limited outcome, who is the last within and who was the first to be cut."""
        if not groups or self._quota.by is None:
            return {}
        where, parameters = self._within(groups)
        down = " DESC" if self._quota.descending else ""
        first = f"CASE WHEN {self._order} IS NULL THEN 1 ELSE 0 END, {self._order}{down}, r.id"
        up = "" if self._quota.descending else " DESC"
        last = f"CASE WHEN {self._order} IS NULL THEN 0 ELSE 1 END, {self._order}{up}, r.id DESC"
        marks = ", ".join(["%s"] * len(self._limited))
        cut = f"CASE WHEN {self._outcome} = {self._by_table} THEN 0 ELSE 1 END"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT grp, was, now, id, best, worst FROM ("
                f"SELECT {self._group} AS grp, {self._by_table} AS was, {self._outcome} AS now, r.id AS id, "
                f"row_number() OVER (PARTITION BY {self._group}, {self._by_table}, {cut} ORDER BY {first}) AS best, "
                f"row_number() OVER (PARTITION BY {self._group}, {self._outcome} ORDER BY {last}) AS worst "
                f"FROM {self._table} AS r WHERE {where} "
                f"AND ({self._outcome} IN ({marks}) OR {self._by_table} IN ({marks}))"
                f") AS o WHERE worst = 1 OR (best = 1 AND was <> now)",
                [*parameters, *self._limited, *self._limited],
            )
            falls: dict[tuple[Any, str], int] = {}
            rises: dict[tuple[Any, str], int] = {}
            for group, was, now, record_id, best, worst in cursor.fetchall():
                if worst == 1:
                    falls[group, now] = record_id
                if best == 1 and was != now:
                    rises[group, was] = record_id
        keys = [(group, outcome) for group in groups for outcome in self._limited]
        return {key: (falls.get(key), rises.get(key)) for key in keys}

    def _names(self, ids: Iterable[int]) -> dict[int, MeterName]:
        listed = sorted(ids)
        if not listed:
            return {}
        model, record_type = self._model, self._quota.record_type
        title = model.record_types[record_type].title
        physical = columns(model, record_type)[title].physical
        names = tuple(dict.fromkeys((*place_columns(model, record_type), physical)))
        sight = Sight(self._viewer, record_type, Exit.QUOTA, (title,), model)
        marks = ", ".join(["%s"] * len(listed))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {', '.join(map(self._quote, names))} FROM {self._table} WHERE id IN ({marks})", listed
            )
            rows = [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
        return {row["id"]: MeterName(row["id"], sight.show(row)[title]) for row in rows}

    def _within(self, groups: Sequence[Any]) -> tuple[str, list[Any]]:
        if self._quota.group is None:
            return "1 = 1", []
        known = [group for group in groups if group is not None]
        parts = [f"{self._group} IN ({', '.join(['%s'] * len(known))})"] if known else []
        if None in groups:
            parts.append(f"{self._group} IS NULL")
        return f"({' OR '.join(parts)})", known

    def _shown(
        self,
        group: Any,
        counts: _Counts,
        ends: dict[tuple[Any, str], tuple[int | None, int | None]],
        names: dict[int, MeterName],
    ) -> MeterGroup:
        lines = []
        for outcome in self._limited:
            most, least = self._most.get(outcome), self._least.get(outcome)
            falls, rises = ends.get((group, outcome), (None, None))
            lines.append(
                MeterLine(
                    outcome=outcome,
                    used=counts.now[outcome],
                    by_table=counts.was[outcome],
                    most=_most(most, counts, outcome),
                    least=None if least is None else least.of(counts.members),
                    falls=names.get(falls) if falls is not None else None,
                    rises=names.get(rises) if rises is not None else None,
                )
            )
        return MeterGroup(self._named(group), counts.members, counts.waiting, tuple(lines))

    def _named(self, group: Any) -> str:
        read = self._quota.group
        if read is None:
            return ""
        known = typed(group, read.type)
        if known is None:
            return str(_("（没有填写）"))
        kind = kind_of(self._model, self._quota.record_type, read)
        return formatted(kind, scale_of(read.type), known, self._viewer.language)


class _Counts:
    """The figures of one group; ``whole``: every record of it is in reach."""

    def __init__(self) -> None:
        self.members = self.waiting = 0
        self.whole = True
        self.was: defaultdict[str, int] = defaultdict(int)
        self.now: defaultdict[str, int] = defaultdict(int)

    def add(self, by_table: str | None, outcome: str | None, count: int, reached: int, waiting: int) -> None:
        """So many records more."""
        self.whole = self.whole and count == reached
        self.waiting += waiting
        if by_table is not None:
            self.members += count
            self.was[by_table] += count
        if outcome is not None:
            self.now[outcome] += count
