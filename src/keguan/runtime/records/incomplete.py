"""Records that lack what the policy requires of them: what somebody still has to ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from keguan.runtime.access.columns import columns
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.rights import readable, scope, sees, sees_somewhere
from keguan.runtime.access.viewer import place_of
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.classes import attribute, rows_of
from keguan.runtime.records.conditions import SYSTEM_CODES, conditions
from keguan.runtime.records.editing import by_code
from keguan.runtime.records.layout import record_columns
from keguan.runtime.records.lists import require_visible
from keguan.runtime.records.parents import with_parents
from keguan.runtime.records.required import Missing, required
from keguan.runtime.records.shown_rows import ShownRow, shown_rows

if TYPE_CHECKING:
    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.records.list_query import Filter

LOOKED_AT = 500
"""Conditions are judged one record at a time, so only so many of the newest are judged; of a type with a completeness
none that is complete.
"""

_COMPLETE = 10_000
"""100 % as it is stored."""


@dataclass(frozen=True, slots=True)
class Incomplete:
    """The first records that lack something, with what; how many of those looked at do; and whether all were."""

    rows: tuple[tuple[ShownRow, tuple[Missing, ...]], ...]
    count: int
    looked_at: int
    all_looked_at: bool


def told_of_missing(viewer: Viewer, record_type: str) -> bool:
    """Whether the viewer could be told of any field that a condition has come to require. No query."""
    model = policies.current().model
    return any(sees_somewhere(viewer, told, model) for told in required(model, record_type).conditional)


def incomplete(viewer: Viewer, record_type: str, filters: tuple[Filter, ...], limit: int = 8) -> Incomplete:
    """The newest records that meet ``filters`` and lack a required field of which the viewer may be told.

    Three queries, one for each referred-to type, and one for each that conditions read. Raises ``Refused`` as lists do.
    """
    model = policies.current().model
    require_visible(viewer, model, record_type)
    asked = conditions(viewer, model, record_type, filters)
    names = ("id", *(column.name for column in record_columns(model, record_type)))
    needed = {each.code for each in asked if each.code not in SYSTEM_CODES}
    within = rows_of(model, record_type).filter(scope(viewer, record_type, needed, model), *(each.q for each in asked))
    within = within.filter(_may_lack(viewer, model, record_type))
    rows = within.order_by("-id").values_list(*map(attribute, names))[: LOOKED_AT + 1]
    judged = [dict(zip(names, row, strict=True)) for row in rows]
    found = []
    asking = required(model, record_type)
    values = [by_code(model, record_type, row) for row in judged[:LOOKED_AT]]
    for row, held in zip(judged, with_parents(model, asking.reads, values), strict=False):
        lacking = asking.held(held).lacking
        told = tuple(each for each in lacking if sees(viewer, each.classes, place_of(row), model))
        if told:
            found.append((row, told))
    shown = shown_rows(viewer, model, record_type, [row for row, _told in found[:limit]], (), Exit.DESK)
    pairs = tuple((row, told) for row, (_raw, told) in zip(shown, found, strict=False))
    return Incomplete(pairs, len(found), min(len(judged), LOOKED_AT), len(judged) <= LOOKED_AT)


def _may_lack(viewer: Viewer, model: Model, record_type: str) -> Q:
    """Leaves out what is complete by its completeness, as far as that counts all that is required."""
    declared = model.record_types[record_type]
    code = declared.completeness
    needed = (field for field in declared.fields if field.required is not False)
    uncounted = any(field.weight == 0 or field.asked_when is not None for field in needed)
    if code is None or uncounted or code not in readable(viewer, record_type, Exit.FILTER, model):
        return Q()
    name = attribute(columns(model, record_type)[code].physical)
    return Q(**{f"{name}__lt": _COMPLETE}) | Q(**{f"{name}__isnull": True})
