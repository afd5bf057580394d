"""What became of each record of a bulk edit, as far as whoever looks may see these records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from keguan.runtime.access.columns import columns
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.present import Sight
from keguan.runtime.access.rights import reaches
from keguan.runtime.access.shown import HIDDEN
from keguan.runtime.access.viewer import place_of
from keguan.runtime.jobs.queries import State
from keguan.runtime.jobs.queries import job as job_card
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.bulk.asking import OWNER
from keguan.runtime.records.models import BulkEdit, BulkRow, Outcome
from keguan.runtime.records.shown_rows import rows_by_id

if TYPE_CHECKING:
    from datetime import datetime

    from keguan.runtime.access.shown import Shown
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.jobs.queries import JobCard

PAGE = 50


@dataclass(frozen=True, slots=True)
class BulkCard:
    """A bulk edit for reading."""

    id: int
    record_type: str
    fields: tuple[str, ...]
    at: datetime
    ended_at: datetime | None
    changed: int
    unchanged: int
    refused: int
    job: JobCard | None

    @property
    def hands_over(self) -> bool:
        """Whether the records get another owner and nothing else."""
        return self.fields == (OWNER,)

    @property
    def stopped(self) -> bool:
        """Whether it was called off before its end."""
        return self.job is not None and self.job.state == State.CANCELLED


@dataclass(frozen=True, slots=True)
class BulkResult:
    """One record's; ``id`` is None for one that the viewer may not know of. ``reasons`` are (field label, sentence)."""

    id: int | None
    title: Shown
    outcome: str
    reasons: tuple[tuple[str, str], ...]


def bulk_edit(viewer: Viewer, edit_id: int) -> BulkCard:
    """A bulk edit that the viewer began. Two queries. Raises ``Refused``."""
    stored = own(viewer, edit_id)
    return BulkCard(
        stored.pk,
        stored.record_type,
        tuple(stored.fields),
        stored.at,
        stored.ended_at,
        stored.changed,
        stored.unchanged,
        stored.refused,
        None if stored.job_id is None else job_card(stored.job_id),
    )


def bulk_results(
    viewer: Viewer, edit_id: int, outcome: str = "", after: int = 0, size: int = PAGE
) -> tuple[BulkResult, ...]:
    """The settled records beyond an id, of one outcome or of all. Three queries. Raises ``Refused``."""
    stored = own(viewer, edit_id)
    rows = stored.rows.exclude(outcome=Outcome.WAITING).filter(record_id__gt=after).order_by("record_id")
    if outcome in Outcome.values:
        rows = rows.filter(outcome=outcome)
    return _shown(viewer, stored, list(rows[:size]))


def own(viewer: Viewer, edit_id: int) -> BulkEdit:
    """The bulk edit, if the viewer began it. Raises ``Refused``."""
    found = BulkEdit.objects.filter(pk=edit_id).first()
    if found is None or (viewer.staff_id is not None and found.by_id != viewer.staff_id):
        raise Refused("bulk.not_found", gettext_lazy("没有这次批量修改，或者它不是您发起的。"))
    return found


def _shown(viewer: Viewer, stored: BulkEdit, rows: list[BulkRow]) -> tuple[BulkResult, ...]:
    model = policies.current().model
    declared = model.record_types.get(stored.record_type)
    if declared is None:
        return ()
    known = columns(model, stored.record_type)
    found = {row["id"]: row for row in rows_by_id(model, stored.record_type, {row.record_id for row in rows}, ())}
    sight = Sight(viewer, stored.record_type, Exit.BULK_RESULTS, (declared.title,), model)
    told = []
    for row in rows:
        here = found.get(row.record_id)
        if here is None or not reaches(viewer, stored.record_type, place_of(here), model):
            told.append(BulkResult(None, HIDDEN[viewer.language], row.outcome, (("", _gone()),)))
            continue
        reasons = tuple(
            (known[code].label.text(viewer.language) if code in known else "", sentence)
            for code, sentence in row.reasons
        )
        told.append(BulkResult(row.record_id, sight.show(here)[declared.title], row.outcome, reasons))
    return tuple(told)


def _gone() -> str:
    return str(gettext_lazy("没有这份档案，或者它不在您的可见范围内。"))
