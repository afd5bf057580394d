"""A page in a list's order, found from the last row of the page before: as quick at the end as at the beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from keguan.language.feel.types import Boolean, Date, DateTime, DayDuration, Number, Text, Time
from keguan.language.model.naming import record_table
from keguan.runtime.access.sealed_values import from_text, written
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records.classes import attribute
from keguan.runtime.records.list_query import Cursor, cursor_from, storable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import Model as DjangoModel
    from django.db.models import QuerySet

    from keguan.language.feel.types import Type
    from keguan.runtime.records.conditions import Order

Row = dict[str, Any]

_BEYOND = 2**63


def page_of(
    rows: QuerySet[DjangoModel], table: str, order: Order, after: str, size: int, physical: Sequence[str]
) -> tuple[list[Row], str]:
    """At most ``size`` rows as mappings of ``physical`` columns, and the cursor of the next page (empty: the last).

    Ordered by a column, rows without a value come last either way, by newest; they are a second query where the first
    does not fill the page. A column of choices is ordered as they are declared, what is no longer one of them after
    them: a query for each choice until the page is full, because no index knows that order. Raises ``Refused``
    (``records.place``) for a damaged cursor.
    """
    start = _start(after, order)
    wanted = size + 1
    found: list[Row] = []
    if order.column is None:
        if start is not None:
            rows = rows.filter(id__lt=start.id)
        found = _fetch(rows.order_by("-id"), physical, wanted)
        return _cut(found, size, order)
    if start is None or start.value is not None:
        for part in _parts(rows, record_table(table), order, start):
            found += _fetch(part, physical, wanted - len(found))
            if len(found) == wanted:
                break
    if len(found) < wanted:
        rest = rows.filter(**{f"{order.attribute}__isnull": True})
        if start is not None and start.value is None:
            rest = rest.filter(id__lt=start.id)
        found += _fetch(rest.order_by("-id"), physical, wanted - len(found))
    return _cut(found, size, order)


def _parts(
    rows: QuerySet[DjangoModel], table: str, order: Order, start: Cursor | None
) -> Iterator[QuerySet[DjangoModel]]:
    """The rows with a value, one query after the other; all of them are one where the column has no choices."""
    choices = () if order.column is None else _choices(order.column.type)
    if not choices:
        yield _with_value(rows, table, order, start)
        return
    ranked = choices[::-1] if order.descending else choices
    known = start is not None and start.value in ranked
    begin = ranked.index(str(start.value)) if known and start is not None else 0
    sign = "-" if order.descending else ""
    for place, choice in enumerate(ranked if start is None or known else ()):
        if place >= begin:
            same = rows.filter(**{order.attribute: choice}).order_by(f"{sign}id")
            if known and place == begin and start is not None:
                same = same.filter(**{f"id__{'lt' if order.descending else 'gt'}": start.id})
            yield same
    others = rows.exclude(**{f"{order.attribute}__in": choices})
    yield _with_value(others, table, order, None if known else start)


def _choices(type_: Type) -> tuple[str, ...]:
    return (type_.choices or ()) if isinstance(type_, Text) else ()


def _with_value(rows: QuerySet[DjangoModel], table: str, order: Order, start: Cursor | None) -> QuerySet[DjangoModel]:
    sign = "-" if order.descending else ""
    rows = rows.filter(**{f"{order.attribute}__isnull": False}).order_by(f"{sign}{order.attribute}", f"{sign}id")
    if start is None or order.column is None:
        return rows
    quote = connection.ops.quote_name
    pair = f"({quote(table)}.{quote(order.column.physical)}, {quote(table)}.{quote('id')})"
    comparison = f"{pair} {'<' if order.descending else '>'} (%s, %s)"
    return rows.extra(where=[comparison], params=[start.value, start.id])  # noqa: S610 - values are bound


def _fetch(rows: QuerySet[DjangoModel], physical: Sequence[str], limit: int) -> list[Row]:
    names = tuple(physical)
    values = rows.values_list(*map(attribute, names))[:limit]
    return [dict(zip(names, row, strict=True)) for row in values]


def _cut(found: list[Row], size: int, order: Order) -> tuple[list[Row], str]:
    if len(found) <= size:
        return found, ""
    last = found[size - 1]
    value = None if order.column is None else last[order.column.physical]
    return found[:size], str(Cursor(written(value), last["id"]))


def _start(after: str, order: Order) -> Cursor | None:
    if not after:
        return None
    try:
        start = cursor_from(after)
        fits = _fits(start, order)
    except ValueError:
        fits = False
    if not fits:
        raise Refused("records.place", _("这个翻页位置已经失效，请回到第一页。"))
    return start


def _fits(start: Cursor, order: Order) -> bool:
    """Whether a cursor's value can stand in the column: it comes from outside, and the database would only fail.

    Raises ``ValueError`` for what should be a day and is none.
    """
    value, column = start.value, order.column
    if abs(start.id) >= _BEYOND or value is None or column is None:
        return abs(start.id) < _BEYOND and value is None
    if isinstance(column.type, Number):
        return type(value) is int and abs(value) < _BEYOND
    if isinstance(column.type, Boolean):
        return isinstance(value, bool)
    if isinstance(column.type, DayDuration):
        return type(value) is int and abs(value) < _BEYOND
    if isinstance(column.type, Date | Time | DateTime):
        return isinstance(value, str) and written(from_text(column.type, value)) == value
    return isinstance(value, str) and storable(value)
