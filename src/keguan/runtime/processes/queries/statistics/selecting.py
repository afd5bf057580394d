"""Which cases are meant, as SQL: those of a process that began within a span and that the viewer may know of, beside
the values by which they are told apart.

A value of a record or a form is joined only where one grant of the viewer covers both its place and its class; cases
on which it may not be seen are left out rather than counted as empty.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q

from keguan.language.model.model import FieldKind, RowScope
from keguan.runtime import clock
from keguan.runtime.access.rights import scope
from keguan.runtime.processes.models import Case, CaseState, Task
from keguan.runtime.processes.queries.statistics.dimensions import TIME, Dimension, Key, Source
from keguan.runtime.processes.sight import scope_of_cases
from keguan.runtime.records.classes import attribute, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.queries.statistics.spans import Span

_COLUMNS = ("id", "record_id", "owner_id", "unit_id", "state", "started_at", "due_at", "paused_at", "late", "worked")


class Figure(StrEnum):
    """Which of the cases that began within the span."""

    ALL = "all"
    CLOSED = "closed"
    OPEN = "open"
    IN_TIME = "in_time"  # closed by the end of the total time
    LATE = "late"  # closed after it, or open past it
    LATE_OPEN = "late_open"
    STEP_LATE = "step_late"  # a step of it was late
    REOPENED = "reopened"  # after it had been closed
    AGAIN = "again"  # a step had to be done again: sent back, or led back to
    REPEATED = "repeated"  # the same party had brought the same thing up shortly before


@dataclass(frozen=True, slots=True)
class Selection:
    """Cases of a process that began within a span: all, or those of a figure, and with these values of dimensions."""

    process: str
    record_type: str
    span: Span
    figure: Figure = Figure.ALL
    at: tuple[tuple[Dimension, Key], ...] = ()
    step: str = ""  # STEP_LATE: at this step


def cases_of(viewer: Viewer, selection: Selection) -> QuerySet[Case]:
    """The cases, without the conditions on dimensions and without those of ``Figure.REPEATED``."""
    found = Case.objects.filter(
        process=selection.process, started_at__gte=selection.span.begins, started_at__lt=selection.span.ends
    )
    return found.filter(scope_of_cases(viewer), condition(selection.figure, selection.step))


def late() -> Q:
    """The condition on cases that are past their total time now, or were when they closed."""
    return Q(late=True) | Q(state=CaseState.OPEN, due_at__lt=clock.now(), paused_at=None)


def condition(figure: Figure, step: str = "") -> Q:
    """A figure as a condition on cases; ``Figure.REPEATED`` is none on a case by itself."""
    closed = ~Q(state=CaseState.OPEN)
    behind = Task.objects.filter(late=True)
    meant = {
        Figure.CLOSED: closed,
        Figure.OPEN: Q(state=CaseState.OPEN),
        Figure.IN_TIME: closed & Q(late=False),
        Figure.LATE: late(),
        Figure.LATE_OPEN: late() & Q(state=CaseState.OPEN),
        Figure.STEP_LATE: Q(pk__in=(behind.filter(step=step) if step else behind).values("case_id")),
        Figure.REOPENED: Q(round__gt=1),
        Figure.AGAIN: Q(pk__in=Task.objects.filter(turn__gt=1).values("case_id")),
    }
    return meant.get(figure, Q())


@dataclass(slots=True)
class Statement:
    """SQL being put together with what is bound in it, in order."""

    sql: str
    bound: list[Any] = field(default_factory=list)

    def rows(self) -> list[tuple[Any, ...]]:
        """What it finds. One query."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.bound)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


@dataclass(slots=True)
class Joined:
    """The cases as ``c`` with the values of some dimensions, for a statement's FROM. ``None`` in place of it: no case
    can be meant at all.
    """

    source: str
    bound: list[Any]
    columns: dict[str, tuple[str, list[Any]]]

    def column(self, of: Dimension) -> tuple[str, list[Any]]:
        """The expression of a dimension's value, and what is bound in it."""
        return self.columns[of.code]


def joined(
    viewer: Viewer, model: Model, selection: Selection, by: Sequence[Dimension], only: QuerySet[Case] | None = None
) -> Joined | None:
    """The cases of the selection with the values of these dimensions. ``only`` are other cases than its own, for
    those who look back beyond its span.
    """
    asked = {each.code: each for each in (*by, *(of for of, _key in selection.at))}
    try:
        sql, bound = _sql((cases_of(viewer, selection) if only is None else only).values(*_COLUMNS))
        source = f"FROM ({sql}) AS c"
        columns: dict[str, tuple[str, list[Any]]] = {}
        records = [each for each in asked.values() if each.source is Source.RECORD]
        if records:
            sql, more = _sql(_records(viewer, model, selection.record_type, records))
            source, bound = f"{source} JOIN ({sql}) AS r ON r.row_id = c.record_id", [*bound, *more]
            columns |= {each.code: (f"r.{_quoted(_alias(each))}", []) for each in records}
        for place, each in enumerate(each for each in asked.values() if each.source is Source.FORM):
            source += (
                f" LEFT JOIN processes_value AS v{place}"
                f" ON v{place}.case_id = c.id AND v{place}.form = %s AND v{place}.field = %s"
            )
            bound = [*bound, each.place, each.field]
            columns[each.code] = (f"v{place}.plain", [])
    except EmptyResultSet:
        return None
    for each in asked.values():
        if each.source is Source.CASE:
            columns[each.code] = _sliced(selection.span) if each.code == TIME else (f"c.{_quoted(each.place)}", [])
    tests, tested = _tests(selection.at, columns)
    forms = [each for each in asked.values() if each.source is Source.FORM]
    for each in forms:
        test, more = _placed(viewer, each.information_class)
        tests, tested = [*tests, test], [*tested, *more]
    where = f" WHERE {' AND '.join(tests)}" if tests else " WHERE 1 = 1"
    return Joined(source + where, [*bound, *tested], columns)


def read_key(of: Dimension, stored: Any) -> Key:
    """A key as the database gives it, as the value that was stored."""
    if of.source is Source.FORM and isinstance(stored, str):
        stored = json.loads(stored)
    if stored is None or stored == "":
        return None
    if of.kind is FieldKind.BOOLEAN:
        return bool(stored)
    return stored if isinstance(stored, str | int) else str(stored)


def _records(viewer: Viewer, model: Model, record_type: str, by: Iterable[Dimension]) -> QuerySet[Any]:
    needed = [each.code for each in by]
    rows = rows_of(model, record_type).filter(scope(viewer, record_type, needed, model))
    return rows.values(row_id=F("id"), **{_alias(each): F(attribute(each.place)) for each in by})


def _alias(of: Dimension) -> str:
    return f"k_{of.code}"


def _placed(viewer: Viewer, information_class: str) -> tuple[str, list[Any]]:
    """The condition that a grant which sees the class covers the case."""
    granted = [grant for grant in viewer.grants if grant.sees(information_class)]
    if any(grant.scope is RowScope.ALL for grant in granted):
        return "1 = 1", []
    tests: list[str] = []
    bound: list[Any] = []
    for grant in granted:
        if grant.scope is RowScope.UNIT and grant.unit_ids:
            tests.append(f"c.unit_id IN ({', '.join(['%s'] * len(grant.unit_ids))})")
            bound += sorted(grant.unit_ids)
        elif grant.scope is RowScope.OWN and grant.staff_id is not None:
            tests.append("c.owner_id = %s")
            bound.append(grant.staff_id)
    return (f"({' OR '.join(tests)})" if tests else "1 = 0"), bound


def _tests(
    at: Sequence[tuple[Dimension, Key]], columns: dict[str, tuple[str, list[Any]]]
) -> tuple[list[str], list[Any]]:
    tests: list[str] = []
    tested: list[Any] = []
    for of, key in at:
        column, bound = columns[of.code]
        stored = json.dumps(key, ensure_ascii=False) if of.source is Source.FORM else key
        if key is not None:
            tests.append(f"{column} = %s")
            tested += [*bound, stored]
        elif of.source is Source.FORM:
            tests.append(f"({column} IS NULL OR {column} IN ('null', '\"\"'))")
        elif of.kind is FieldKind.CHOICE:
            tests.append(f"({column} IS NULL OR {column} = '')")
        else:
            tests.append(f"{column} IS NULL")
    return tests, tested


def _sliced(span: Span) -> tuple[str, list[Any]]:
    """The number of the slice in which a case began."""
    adapt = connection.ops.adapt_datetimefield_value
    slices = span.slices()
    whens = "".join(f" WHEN c.started_at < %s THEN {place}" for place in range(len(slices) - 1))
    if not whens:
        return "0", []
    return f"CASE{whens} ELSE {len(slices) - 1} END", [adapt(each.ends) for each in slices[:-1]]


def _sql(rows: QuerySet[Any, Any]) -> tuple[str, list[Any]]:
    sql, bound = rows.order_by().query.sql_with_params()
    return sql, list(bound)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
