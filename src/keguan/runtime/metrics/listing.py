"""The records behind a figure: an ordinary list of records, as it stands now."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils.translation import gettext_lazy as _

from keguan.language.feel.types import Boolean
from keguan.language.model.behind import Part, behind
from keguan.language.model.naming import LARGEST_ID
from keguan.runtime import clock
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.rights import readable, scope, sees_everywhere
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.metrics.declared import declared_figures
from keguan.runtime.metrics.groups import key_of
from keguan.runtime.metrics.models import WHOLE, Value
from keguan.runtime.metrics.sight import FigureSight, asked_of
from keguan.runtime.policies import queries as policies
from keguan.runtime.policies.language_door import dialect, figure_records
from keguan.runtime.records.classes import rows_of
from keguan.runtime.records.lists import shown_columns
from keguan.runtime.records.shown_rows import rows_by_id, shown_rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from keguan.language.model.behind import Behind
    from keguan.language.model.model import Model
    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.metrics.groups import Key
    from keguan.runtime.records.shown_rows import ShownRow

SIZE = 50
_PLACES = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the records behind a figure. ``next`` is the ``after`` of the following page, 0 on the last."""

    label: str
    part: Part
    record_type: str
    type_label: str
    columns: tuple[Column, ...]
    rows: tuple[ShownRow, ...]
    next: int


def listed(
    viewer: Viewer, code: str, part: str, start: date, group: str = WHOLE, after: int = 0, size: int = SIZE
) -> Listed:
    """The records of a part of a figure in the period that begins on ``start``, newest first; of one of its groups, or
    of all. Only records within the viewer's reach, on which everything that the figure asks about is seen.

    Raises ``Refused``: ``metrics.not_found`` as for the figure, ``metrics.part`` for a part or a group that there is
    not, ``metrics.hidden`` where the figure asks about something that the viewer may not see at all.
    """
    model = policies.current().model
    sight = _sight(viewer, model, code)
    found = next((each for each in behind(sight.figure.expression) if each.part == part), None)
    kept = Value.objects.filter(figure=code, period_start=start, group=group).first()
    if found is None or kept is None or not 0 <= after <= LARGEST_ID:
        raise Refused("metrics.part", _("这个数字背后没有这样的名单，请回到指标重新点开。"))
    codes, above = asked_of(model, found, sight.figure)
    hidden = codes - readable(viewer, found.record_type, Exit.FILTER, model)
    if hidden or (above and not sees_everywhere(viewer, above, model)):
        raise Refused("metrics.hidden", _("这个指标用到您无权查看的信息，所以名单不能给您看。"))
    return _page(sight, found, _ids(sight, found, kept, codes, after, size + 1), size)


def _sight(viewer: Viewer, model: Model, code: str) -> FigureSight:
    found = declared_figures(model).get(code)
    sight = None if found is None else FigureSight(viewer, model, *found)
    if sight is None or not sight.at_all:
        raise Refused("metrics.not_found", _("没有这个指标，或者您无权查看。"))
    return sight


def _ids(sight: FigureSight, found: Behind, kept: Value, codes: frozenset[str], after: int, most: int) -> list[int]:
    """The newest of the records, within the viewer's reach. One query."""
    model, record_type = sight.model, found.record_type
    period, day = (kept.period_start, kept.period_end), min(clock.today(), kept.period_end)
    made = figure_records(model, sight.figure, found, dialect(), today=day, period=period)
    text, bound = _positional(made.sql, made.parameters)
    tests: list[str] = []
    within = scope(sight.viewer, record_type, codes, model)
    if within:
        try:
            reach, more = rows_of(model, record_type).filter(within).values("id").order_by().query.sql_with_params()
        except EmptyResultSet:
            return []
        tests.append(f"f.id IN ({reach})")
        bound += list(more)
    if kept.group != WHOLE:
        key = _key(sight, kept.group)
        tests.append("f.k IS NULL" if key is None else "f.k = %s")
        bound += [] if key is None else [key]
    if after:
        tests.append("f.id < %s")
        bound.append(after)
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT f.id FROM ({text}) AS f{where} ORDER BY f.id DESC LIMIT {most}", bound)
        return [row[0] for row in cursor.fetchall()]


def _key(sight: FigureSight, stored: str) -> Key:
    """What a group's records have; of yes and no as the engine keeps them."""
    key, group = key_of(stored), sight.figure.group
    if key is not None and group is not None and group.value is not None and isinstance(group.value.type, Boolean):
        return bool(key)
    return key


def _positional(sql: str, parameters: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """A statement with named places as one with places in order, to be put together with Django's."""
    bound = [parameters[name] for name in _PLACES.findall(sql)]
    return _PLACES.sub("%s", sql), bound


def _page(sight: FigureSight, found: Behind, ids: list[int], size: int) -> Listed:
    viewer, model, record_type = sight.viewer, sight.model, found.record_type
    shown = shown_columns(viewer, model, record_type, (), Exit.METRIC)
    codes = [each.code for each in shown]
    rows = {row["id"]: row for row in rows_by_id(model, record_type, ids[:size], codes)}
    ordered = [rows[each] for each in ids[:size] if each in rows]
    return Listed(
        label=sight.figure.label.text(viewer.language),
        part=found.part,
        record_type=record_type,
        type_label=model.record_types[record_type].label.text(viewer.language),
        columns=shown,
        rows=shown_rows(viewer, model, record_type, ordered, codes, Exit.METRIC),
        next=ids[size - 1] if len(ids) > size else 0,
    )
