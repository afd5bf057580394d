"""Who has had a record, from when to when, and why it changed hands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.runtime.access.rights import reaches
from keguan.runtime.access.viewer import place_of
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.classes import rows_of
from keguan.runtime.records.lists import require_visible
from keguan.runtime.records.models import Ownership
from keguan.runtime.records.shown_rows import Names, rows_by_id

if TYPE_CHECKING:
    from datetime import datetime

    from keguan.runtime.access.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Holding:
    """One person's time with a record. ``until`` None: has it now. ``reason`` is why it went on, by ``by_name``."""

    owner: str
    unit: str
    since: datetime
    until: datetime | None = None
    reason: str = ""
    by_name: str = ""


def owner_history(viewer: Viewer, record_type: str, record_id: int) -> tuple[Holding, ...]:
    """Who has had a record, newest first. At most five queries. Raises ``Refused`` for one out of sight."""
    model = policies.current().model
    require_visible(viewer, model, record_type)
    rows = rows_by_id(model, record_type, (record_id,), ())
    if not rows or not reaches(viewer, record_type, place_of(rows[0]), model):
        raise Refused("records.not_found", _("没有这份档案，或者它不在您的可见范围内。"))
    since = rows_of(model, record_type).filter(id=record_id).values_list("created_at", flat=True)[0]
    names = Names(model)
    names.learn([((), rows)])
    return holdings_before(record_type, record_id, Holding(names.owner(rows[0]), names.unit(rows[0]), since))


def holdings_before(record_type: str, record_id: int, now: Holding) -> tuple[Holding, ...]:
    """Who has had a record that the caller may see, newest first, from who has it ``now`` and when it was filed. One
    query, and two more where it has changed hands.
    """
    ended = list(
        Ownership.objects.filter(record_type=record_type, record_id=record_id)
        .order_by("id")
        .values_list("owner_id", "unit_id", "until", "transfer__reason", "transfer__by_name")
    )
    if not ended:
        return (now,)
    people = org.learn_names({row[0] for row in ended if row[0] is not None})
    units = {unit.id: unit.name for unit in org.units()}
    since, told = now.since, []
    for former_id, former_unit, until, reason, by_name in ended:
        told.append(
            Holding(
                "" if former_id is None else people.get(former_id, ""),
                "" if former_unit is None else units.get(former_unit, ""),
                since,
                until,
                reason,
                by_name,
            )
        )
        since = until
    told.append(Holding(now.owner, now.unit, since))
    return tuple(reversed(told))


def former_owners(transfer_id: int) -> frozenset[int]:
    """Who had the records that went with a hand-over."""
    found = Ownership.objects.filter(transfer_id=transfer_id, owner_id__isnull=False).order_by()
    return frozenset(each for each in found.values_list("owner_id", flat=True).distinct() if each is not None)
