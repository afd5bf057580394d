"""One record with all that belongs to it, in as few queries as it takes: each kind of child is fetched once, for its
table and for the timeline, and every name is looked up once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q

from keguan.language.model.naming import record_table, reference_column
from keguan.runtime.access.columns import columns
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.present import Sight
from keguan.runtime.access.rights import scope
from keguan.runtime.policies import queries as policies
from keguan.runtime.records import timeline
from keguan.runtime.records.classes import attribute, rows_of
from keguan.runtime.records.finding import Count
from keguan.runtime.records.list_query import Cursor, Filter, ListQuery, Operator
from keguan.runtime.records.lists import Page, page, shown_columns
from keguan.runtime.records.profiles import profile
from keguan.runtime.records.shown_rows import Names, Row, physical_columns, shown_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from keguan.language.model.model import Field, Model, RecordType
    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.records.profiles import ChildType, Profile

MOST = timeline.NEWEST
"""So many of a kind are fetched at once; of more, table and timeline are asked for one by one."""


@dataclass(frozen=True, slots=True)
class Whole:
    """The record, the first page of each kind of child that has any, and the newest events."""

    profile: Profile
    children: tuple[tuple[ChildType, Page], ...]
    events: tuple[timeline.Event, ...]


def whole(
    viewer: Viewer, record_type: str, record_id: int, listed: Callable[[ChildType], tuple[str, ...]], size: int = 20
) -> Whole:
    """The record and what belongs to it, through PROFILE, LIST and TIMELINE. ``listed`` says which columns the table of
    a child type has. Types that the policy keeps on the timeline alone have no table.

    The profile's queries, one that finds out which types refer to it, one for each of these, one for each type that
    these refer to, one for owners.
    Raises ``Refused`` as ``profile`` does.
    """
    model = policies.current().model
    names = Names(model)
    found = profile(viewer, record_type, record_id, names=names)
    kinds: dict[str, _Kind] = {}
    for child in found.children:
        declared = model.record_types[child.record_type]
        if not declared.timeline or declared.menu:
            shown = shown_columns(viewer, model, child.record_type, listed(child))
            kinds.setdefault(declared.code, _Kind(viewer, model, declared, record_id)).tables.append((child, shown))
    for declared, via in timeline.sources(viewer, model, record_type):
        kinds.setdefault(declared.code, _Kind(viewer, model, declared, record_id)).events.append(via)
    present = _present(kinds.values(), record_id)
    for kind in kinds.values():
        if kind.declared.code in present:
            kind.fetch()
    names.learn((kind.columns_shown(), kind.rows[:MOST]) for kind in kinds.values())
    pages = ((child, kind.page(child, shown, size, names)) for kind in kinds.values() for child, shown in kind.tables)
    events = (
        event
        for kind in kinds.values()
        for via in kind.events
        for event in timeline.told(viewer, model, kind.declared, via, kind.dated(via), names)
    )
    return Whole(found, tuple(each for each in pages if each[1].rows), timeline.in_order(events))


def _present(kinds: Iterable[_Kind], record_id: int) -> frozenset[str]:
    """The types of which any record at all refers to this one: most have none. One query."""
    quote, asked = connection.ops.quote_name, []
    values: list[str | int] = []
    for kind in kinds:
        referring = [f"{quote(reference_column(via))} = %s" for via in kind.references]
        table = quote(record_table(kind.declared.code))
        asked.append(f"SELECT %s AS code WHERE EXISTS (SELECT 1 FROM {table} WHERE {' OR '.join(referring)})")
        values += [kind.declared.code, *([record_id] * len(referring))]
    if not asked:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked), values)
        return frozenset(row[0] for row in cursor.fetchall())


@dataclass
class _Kind:
    """One type whose records refer to the record: the references by which it has a table here, with the columns of the
    table, and those by which it is on the timeline.
    """

    viewer: Viewer
    model: Model
    declared: RecordType
    record_id: int
    tables: list[tuple[ChildType, tuple[Column, ...]]] = field(default_factory=list)
    events: list[Field] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether all there are have been fetched."""
        return len(self.rows) <= MOST

    @property
    def references(self) -> dict[str, None]:
        """The references by which its records belong here."""
        return dict.fromkeys([*(child.via for child, _ in self.tables), *(via.code for via in self.events)])

    def fetch(self) -> None:
        """Fetch the newest that refer to the record, one more than ``MOST`` when there are more. One query."""
        code, referring = self.declared.code, Q()
        references = self.references
        for via in references:
            mine = Q(**{attribute(self._physical(via)): self.record_id})
            referring |= mine & scope(self.viewer, code, (via,), self.model)
        dated = [self.declared.timeline_date] if self.declared.timeline_date else []
        codes = (*(column.code for column in self.columns_shown()), *references, *dated)
        names = physical_columns(self.model, code, codes)
        rows = rows_of(self.model, code).filter(referring).order_by("-id").values_list(*map(attribute, names))
        self.rows = [dict(zip(names, row, strict=True)) for row in rows[: MOST + 1]]

    def columns_shown(self) -> tuple[Column, ...]:
        """Every column that the table or the timeline shows, with the title."""
        known = columns(self.model, self.declared.code)
        codes = [self.declared.title, *(column.code for _child, shown in self.tables for column in shown)]
        for via in self.events:
            codes += timeline.told_codes(self.viewer, self.model, self.declared, via)
        return tuple(known[code] for code in dict.fromkeys(codes))

    def page(self, child: ChildType, shown: tuple[Column, ...], size: int, names: Names) -> Page:
        """The first page of the table, newest first."""
        codes = tuple(column.code for column in shown)
        if not self.complete:
            only = Filter(child.via, Operator.IS, (str(self.record_id),))
            return page(self.viewer, child.record_type, ListQuery(filters=(only,), columns=codes, size=size))
        rows = list(self._referring(child.via, (child.via,)))
        following = str(Cursor(None, rows[size - 1]["id"])) if len(rows) > size else ""
        first = shown_rows(self.viewer, self.model, child.record_type, rows[:size], codes, Exit.LIST, names)
        return Page(child.record_type, shown, first, following, Count(len(rows), exact=True))

    def dated(self, via: Field) -> list[Row]:
        """The rows that are on the timeline by this reference."""
        dated = self.declared.timeline_date
        assert dated is not None  # noqa: S101 - only such types are on a timeline
        if not self.complete:
            return timeline.newest(self.viewer, self.model, self.declared, via, self.record_id)
        physical = self._physical(dated)
        return [row for row in self._referring(via.code, (via.code, dated)) if row[physical] is not None]

    def _referring(self, via: str, needed: tuple[str, ...]) -> Iterator[Row]:
        """Of the fetched rows those that refer to the record by ``via`` where the viewer may see all that is needed."""
        sight = Sight(self.viewer, self.declared.code, Exit.FILTER, needed, self.model)
        physical = self._physical(via)
        for row in self.rows:
            if row[physical] == self.record_id and sight.codes_on(row).issuperset(needed):
                yield row

    def _physical(self, code: str) -> str:
        return columns(self.model, self.declared.code)[code].physical
