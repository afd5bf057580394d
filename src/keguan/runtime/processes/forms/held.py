"""The stored values of a case's forms."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from keguan.language.model.form import value_code
from keguan.runtime.access.form_sight import Filled
from keguan.runtime.access.sealed_values import from_text, written
from keguan.runtime.processes.models import Value as Row

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from keguan.language.model.form import FormField
    from keguan.runtime.access.sealed_values import Value
    from keguan.runtime.processes.standing import Standing

FILLED = "filled"
"""What stands for a sensitive value where only whether there is one may be asked."""

Held = dict[tuple[str, str], Filled]
"""Values by (form, field). A field that was emptied is there, with nothing in it."""

Origins = dict[tuple[str, str], tuple[int, "datetime"]]
"""Of values by (form, field): the task at which each was given, and when."""

_KEY = "forms.held"
_ORIGINS = "forms.origins"


def held(standing: Standing) -> Held:
    """What stands in the case's forms, as stored. One query, none when it was asked before."""
    known: Held | None = standing.cache.get(_KEY)
    if known is None:
        known = standing.cache[_KEY] = {}
        standing.cache[_ORIGINS] = {}
        for row in Row.objects.filter(case_id=standing.case.pk).order_by("id"):
            _take(standing, row)
    return known


def origins(standing: Standing) -> Origins:
    """At which step and when what stands in the case's forms was given. Queries as ``held``."""
    held(standing)
    found: Origins = standing.cache[_ORIGINS]
    return found


def preload(standings: Iterable[Standing]) -> None:
    """Read what stands in the forms of many cases at once. One query."""
    by_case = {standing.case.pk: standing for standing in standings}
    for standing in by_case.values():
        standing.cache[_KEY] = {}
        standing.cache[_ORIGINS] = {}
    for row in Row.objects.filter(case_id__in=by_case).order_by("id"):
        _take(by_case[row.case_id], row)


def values(standing: Standing) -> dict[str, Value | None]:
    """The same by ``form.field``, for conditions: of a sensitive value only that there is one."""
    return {
        value_code(form, field): FILLED if each.sealed is not None else each.plain
        for (form, field), each in held(standing).items()
    }


def filled(field: FormField, row: Row) -> Filled:
    """A stored row read."""
    if row.sealed is not None:
        return Filled(sealed=bytes(row.sealed), by=row.set_by_id)
    return Filled(plain=decoded(field, row.plain), by=row.set_by_id)


def encoded(value: Value | None) -> str:
    """A plain value as the canonical JSON text that is stored."""
    return json.dumps(written(value), ensure_ascii=False)


def decoded(field: FormField, plain: str | None) -> Value | None:
    """The value in a stored text."""
    value: Value | None = None if plain is None else json.loads(plain)
    return from_text(field.type, value) if isinstance(value, str) else value


def _take(standing: Standing, row: Row) -> None:
    field = _field(standing, row)
    if field is not None:
        standing.cache[_KEY][row.form, row.field] = filled(field, row)
        standing.cache[_ORIGINS][row.form, row.field] = (row.task_id, row.set_at)


def _field(standing: Standing, row: Row) -> FormField | None:
    form = standing.model.blocks.forms.get(row.form)
    return None if form is None else next((each for each in form.fields if each.code == row.field), None)
