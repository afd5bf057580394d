"""How many of a list's records have which value: the figures above a list, each with the list behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count as Counted

from keguan.runtime.access.columns import columns
from keguan.runtime.access.rights import scope
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.classes import attribute, rows_of
from keguan.runtime.records.conditions import SYSTEM_CODES, conditions
from keguan.runtime.records.finding import CAP
from keguan.runtime.records.list_query import Filter, Operator
from keguan.runtime.records.lists import require_visible

if TYPE_CHECKING:
    from keguan.runtime.access.sealed_values import Value
    from keguan.runtime.access.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the newest records (at most 10,000 are looked at) have each value; None is no value."""

    counts: dict[Value | None, int]
    capped: bool


def tally(viewer: Viewer, record_type: str, code: str, filters: tuple[Filter, ...]) -> Tally:
    """Count the records that meet ``filters`` by their value of ``code``. One query.

    Raises ``Refused`` for what the viewer may not ask about, as a list does: counting by a value is filtering by it.
    """
    model = policies.current().model
    require_visible(viewer, model, record_type)
    asked = conditions(viewer, model, record_type, (*filters, Filter(code, Operator.PRESENT)))
    needed = {each.code for each in asked if each.code not in SYSTEM_CODES}
    name = attribute(columns(model, record_type)[code].physical)
    rows = rows_of(model, record_type)
    # The last condition only asks whether the viewer may count by this code: records without a value count too.
    within = rows.filter(scope(viewer, record_type, needed, model), *(each.q for each in asked[:-1]))
    newest = within.order_by("-id").values("id")[: CAP + 1]
    counted = rows.filter(id__in=newest).values_list(name).annotate(Counted("id")).order_by(name)
    counts = dict(counted)
    return Tally(counts, sum(counts.values()) > CAP)
