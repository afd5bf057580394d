"""Reading hand-overs of what leavers had in hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.runtime.departures.models import Handing, HandingRow, Outcome, Part
from keguan.runtime.departures.queries import require_looking
from keguan.runtime.jobs.queries import State, jobs_by_id
from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.jobs.queries import JobCard

__all__ = ["HandingCard", "HandingResult", "Part", "handing", "handing_rows", "handings"]

NEWEST, PAGE = 10, 50


@dataclass(frozen=True, slots=True)
class HandingCard:
    """One hand-over. ``records`` counts by type what went, None until it did."""

    id: int
    departure_id: int
    to_name: str
    by_name: str
    by_id: int | None
    reason: str
    parts: tuple[str, ...]
    at: datetime
    ended_at: datetime | None
    records: Mapping[str, int] | None
    job: JobCard | None

    @property
    def busy(self) -> bool:
        """Whether it is still going on."""
        return self.job is not None and not self.job.over

    @property
    def stopped(self) -> bool:
        """Whether it was called off before its end."""
        return self.job is not None and self.job.state == State.CANCELLED


@dataclass(frozen=True, slots=True)
class HandingResult:
    """What became of one duty (``id`` its id) or one part in a case (``id`` the case's)."""

    row_id: int
    part: str
    id: int
    label: str
    outcome: str
    why: str


def handings(viewer: Viewer, departure_id: int) -> tuple[HandingCard, ...]:
    """The newest hand-overs of a departure. Two queries. Raises ``Refused``."""
    require_looking(viewer)
    rows = list(Handing.objects.filter(departure=departure_id).order_by("-id")[:NEWEST])
    found = jobs_by_id(row.job_id for row in rows if row.job_id is not None)
    return tuple(_card(row, found.get(row.job_id or 0)) for row in rows)


def handing(viewer: Viewer, handing_id: int) -> HandingCard:
    """One of them. Two queries. Raises ``Refused`` (``departures.not_found``)."""
    require_looking(viewer)
    row = Handing.objects.filter(pk=handing_id).first()
    if row is None:
        raise Refused("departures.not_found", _("没有这次移交。"))
    found = {} if row.job_id is None else jobs_by_id([row.job_id])
    return _card(row, found.get(row.job_id or 0))


def handing_rows(viewer: Viewer, handing_id: int, after: int = 0, size: int = PAGE) -> tuple[HandingResult, ...]:
    """What is settled, in the order of its doing; not what waits. One query. Raises ``Refused``."""
    require_looking(viewer)
    rows = HandingRow.objects.filter(handing=handing_id, pk__gt=after).exclude(outcome=Outcome.WAITING)
    return tuple(
        HandingResult(row.pk, row.part, row.case_id or row.subject_id, row.label, row.outcome, row.why)
        for row in rows.order_by("id")[:size]
    )


def _card(row: Handing, job: JobCard | None) -> HandingCard:
    return HandingCard(
        row.pk,
        row.departure_id,
        row.to_name,
        row.by_name,
        row.by_id,
        row.reason,
        tuple(row.parts),
        row.at,
        row.ended_at,
        row.records,
        job,
    )
