"""Handing over what a leaver has in hand: their records at once, then each duty and each part in a case by itself.

Killed at any line, it is run again: what is done is known by its row, written in the transaction that did it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from keguan.runtime import clock
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.access.viewer import Viewer, system_viewer, viewer_for
from keguan.runtime.departures.held import cases_of, duties_of
from keguan.runtime.departures.models import Departure, DepartureState, Handing, HandingRow, Outcome, Part
from keguan.runtime.duties.actions import HandOverLeaversDuty
from keguan.runtime.jobs.actions import enqueue
from keguan.runtime.jobs.queries import job
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.processes.actions import HandOnLeavers
from keguan.runtime.records.actions import hand_over_all
from keguan.runtime.records.actions.hand_over import receiver, require_reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keguan.runtime.jobs.progress import Progress
    from keguan.runtime.ledger.actions import Action

HAND_OVER_JOB = "departures.hand_over"

_LANGUAGES = {"zh": "zh-hans", "en": "en"}


@dataclass(frozen=True, kw_only=True)
class StartHanding(ViewerAction[int]):
    """Have what a leaver has in hand given to a successor, and return the number by which its results are read.

    Each duty and each part in a case is judged when its turn comes; what the successor may not have stays, and says
    why. Roles, units and drafts are given by those who give them.
    """

    name: ClassVar[str] = "departures.hand_over"
    operation: ClassVar[str | None] = "offboard"
    departure_id: int
    to_staff_id: int
    reason: str
    parts: Sequence[Part] = tuple(Part)
    wake: bool = True

    def check(self) -> None:
        """Refuse a departure that is over, nothing to hand over, a missing reason, and who cannot have it."""
        found = Departure.objects.select_for_update().filter(pk=self.departure_id).first()
        if found is None or found.state not in (DepartureState.PLANNED, DepartureState.LEFT):
            raise Refused("departures.not_found", gettext_lazy("没有这次离职，或者它已经取消。"))
        if not self.parts:
            raise Refused("departures.parts", gettext_lazy("请至少选一项要移交的。"))
        require_reason(self.reason)
        if receiver(self.to_staff_id).id == found.staff_id:
            raise Refused("hand_over.same", gettext_lazy("移交人和接收人不能是同一个人。"))
        running = found.handings.order_by("-id").first()
        going = None if running is None or running.job_id is None else job(running.job_id)
        if going is not None and not going.over:
            raise Refused("departures.busy", gettext_lazy("上一次移交还没有办完，请等它办完。"))

    def do(self) -> int:
        """Put the job in the queue."""
        made = Handing.objects.create(
            departure_id=self.departure_id,
            to_id=self.to_staff_id,
            to_name=receiver(self.to_staff_id).name,
            parts=[each.value for each in Part if each in self.parts],
            reason=self.reason.strip()[:200],
            by_id=self.viewer.staff_id,
            by_name=self.viewer.name,
            at=clock.now(),
        )
        made.job_id = enqueue(HAND_OVER_JOB, {"handing_id": made.pk}, self.viewer.staff_id, wake=self.wake)
        made.save(update_fields=["job_id"])
        return made.pk

    def log(self, result: int) -> Iterable[Record]:
        """From whom, to whom, what and why."""
        made = Handing.objects.select_related("departure").get(pk=result)
        data = {"handing": result, "to": made.to_id, "to_name": made.to_name, "parts": made.parts}
        yield Record(self.name, "staff", made.departure.staff_id, data=data | {"reason": made.reason})


def work(handing_id: int, progress: Progress) -> str:
    """Do what is left of it, with the rights of today of whoever began it. Raises ``Cancelled``, ``Refused``."""
    handing = Handing.objects.select_related("departure").get(pk=handing_id)
    viewer = system_viewer("cli", handing.by_name) if handing.by_id is None else viewer_for(handing.by_id, "system")
    with override(_LANGUAGES[viewer.language]):
        if Part.RECORDS in handing.parts and handing.records is None:
            with transaction.atomic():
                given = hand_over_all(viewer, handing.departure.staff_id, handing.to_id, handing.reason)
                handing.records = dict(given.counts)
                handing.save(update_fields=["records"])
        if handing.listed_at is None:
            _list(handing)
        _each(handing, viewer, progress)
        if handing.ended_at is None:
            Handing.objects.filter(pk=handing_id).update(ended_at=clock.now())
        done, refused = (handing.rows.filter(outcome=each).count() for each in (Outcome.DONE, Outcome.REFUSED))
        return _("移交档案 %(records)s 份，待办和案件 %(done)s 项，没有移交 %(refused)s 项。") % {
            "records": f"{sum((handing.records or {}).values()):,}",
            "done": f"{done:,}",
            "refused": f"{refused:,}",
        }


def _list(handing: Handing) -> None:
    """Note every duty and every part in a case that is still theirs: what followed its record is not among them."""
    staff_id = handing.departure.staff_id
    rows = []
    if Part.DUTIES in handing.parts:
        found = duties_of(staff_id).values_list("id", "task")
        rows += [HandingRow(handing=handing, part=Part.DUTIES, subject_id=each, label=task) for each, task in found]
    if Part.CASES in handing.parts:
        rows += [
            HandingRow(handing=handing, part=Part.CASES, subject_id=share, case_id=case, label=number)
            for share, case, number in cases_of(staff_id).values_list("id", "case_id", "case__number")
        ]
    with transaction.atomic():
        HandingRow.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
        handing.listed_at = clock.now()
        handing.save(update_fields=["listed_at"])


def _each(handing: Handing, viewer: Viewer, progress: Progress) -> None:
    total = handing.rows.count()
    waiting = handing.rows.filter(outcome=Outcome.WAITING).order_by("id")
    left = list(waiting.values_list("pk", flat=True))
    for number, row_id in enumerate(left):
        progress.check_cancelled()
        progress.step(total - len(left) + number, total)
        with transaction.atomic():
            row = waiting.select_for_update().filter(pk=row_id).first()
            if row is None:
                continue
            try:
                _action(handing, row, viewer).run()
            except Refused as refused:
                row.outcome, row.why = Outcome.REFUSED, refused.message[:500]
            else:
                row.outcome = Outcome.DONE
            row.save(update_fields=["outcome", "why"])
    progress.step(total, total)


def _action(handing: Handing, row: HandingRow, viewer: Viewer) -> Action[Any]:
    leaver, to = handing.departure.staff_id, handing.to_id
    if row.part == Part.DUTIES:
        return HandOverLeaversDuty(
            viewer=viewer, duty_id=row.subject_id, from_staff_id=leaver, staff_id=to, note=handing.reason
        )
    return HandOnLeavers(
        viewer=viewer, share_id=row.subject_id, from_staff_id=leaver, staff_id=to, opinion=handing.reason
    )
