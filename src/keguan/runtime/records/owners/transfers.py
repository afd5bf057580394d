"""Hand-overs to read: what came to a person, what waits for them, what they gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext

from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.classes import rows_of
from keguan.runtime.records.models import Transfer, TransferState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from keguan.runtime.access.viewer import Viewer

__all__ = ["TransferCard", "TransferState", "holdings", "transfers"]

NEWEST = 50


@dataclass(frozen=True, slots=True)
class TransferCard:
    """One hand-over. ``counts`` is by the label of the record type; ``mine`` says that it came to the viewer."""

    id: int
    state: str
    mine: bool
    from_name: str
    to_name: str
    by_name: str
    reason: str
    at: datetime
    settled_at: datetime | None
    counts: Mapping[str, int]
    record_type: str
    ids: tuple[int, ...]


def transfers(viewer: Viewer) -> tuple[TransferCard, ...]:
    """The newest hand-overs to the viewer and by the viewer, those that wait first. Two queries."""
    found = Transfer.objects.filter(Q(to_id=viewer.staff_id) | Q(by_id=viewer.staff_id)).order_by("-id")[:NEWEST]
    listed = sorted(found, key=lambda each: (each.state != "offered", -each.pk))
    people = org.learn_names({each for row in listed for each in (row.from_id, row.to_id) if each is not None})
    types = policies.current().model.record_types
    return tuple(
        TransferCard(
            each.pk,
            each.state,
            each.to_id == viewer.staff_id,
            people.get(each.from_id, "") if each.from_id is not None else "",
            gettext("公海") if each.to_id is None else people.get(each.to_id, ""),
            each.by_name,
            each.reason,
            each.at,
            each.settled_at,
            {
                types[code].label.text(viewer.language) if code in types else code: number
                for code, number in (each.counts or {each.record_type: len(each.ids)}).items()
            },
            each.record_type,
            tuple(record_id for record_id, _owner in each.ids),
        )
        for each in listed
    )


def holdings(staff_id: int) -> dict[str, int]:
    """How many records of each type a person owns, for whoever is to hand them over: numbers only. A query a type."""
    model = policies.current().model
    found = {
        code: rows_of(model, code).filter(owner_id=staff_id).count()
        for code, declared in model.record_types.items()
        if declared.cadence is None
    }
    return {code: number for code, number in found.items() if number}
