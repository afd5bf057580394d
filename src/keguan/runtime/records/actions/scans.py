"""Search for duplicates, and what is done about a pair that is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.runtime import clock
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.access.rights import may, reaches
from keguan.runtime.access.viewer import place_of
from keguan.runtime.jobs.actions import enqueue
from keguan.runtime.jobs.queries import job as job_card
from keguan.runtime.ledger.actions import SYSTEM, Action, Actor, Record, Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.merging.sight import OPERATION
from keguan.runtime.records.models import Scan, Suspect
from keguan.runtime.records.shown_rows import rows_by_id
from keguan.runtime.records.suspects.features import compared
from keguan.runtime.records.writing import declared_type

if TYPE_CHECKING:
    from collections.abc import Iterable

SCAN_JOB = "records.scan_duplicates"


@dataclass(frozen=True, kw_only=True)
class StartScan(ViewerAction[int]):
    """Have all records of a type searched for pairs that may be one. Gives the job's id.

    It runs for the house, not for whoever starts it: who sees which pair is asked of each who looks.
    """

    name: ClassVar[str] = "records.scan_duplicates"
    operation: ClassVar[str | None] = None
    record_type: str
    wake: bool = True

    def check(self) -> None:
        """Refuse those who may not merge, types that cannot be compared, and a second search beside the first."""
        if not may(self.viewer, OPERATION):
            raise Refused("not_permitted", gettext_lazy("您的岗位没有合并档案的权限，不能查找疑似重复。"))
        declared = declared_type(policies.current().model, self.record_type)
        if compared(declared) is None:
            raise Refused("suspects.type", gettext_lazy("这类档案没有名称和号码可以比对，请在制度里为它设置查重字段。"))
        last = Scan.objects.filter(record_type=self.record_type).order_by("-id").first()
        card = None if last is None or last.job_id is None else job_card(last.job_id)
        if card is not None and not card.over:
            raise Refused("suspects.running", gettext_lazy("正在查找，请等它结束。"))

    def do(self) -> int:
        """Put the job in the queue."""
        stored = Scan.objects.create(
            record_type=self.record_type, by_id=self.viewer.staff_id, by_name=self.viewer.name, at=clock.now()
        )
        stored.job_id = enqueue(SCAN_JOB, {"scan_id": stored.pk}, self.viewer.staff_id, wake=self.wake)
        stored.save(update_fields=["job_id"])
        return stored.job_id

    def log(self, result: int) -> Iterable[Record]:
        """Of which type."""
        yield Record(self.name, self.record_type, data={"job": result})


@dataclass(frozen=True, kw_only=True)
class EndScan(Action[None]):
    """A search came to its end: pairs that it did not find again are forgotten, unless somebody dismissed them."""

    name: ClassVar[str] = "records.scanned_duplicates"
    actor: Actor = SYSTEM
    scan_id: int
    records: int
    pairs: int

    def do(self) -> None:
        """Note the counts."""
        stored = Scan.objects.get(pk=self.scan_id)
        earlier = Suspect.objects.filter(record_type=stored.record_type, dismissed_at__isnull=True)
        earlier.filter(scan_id__lt=self.scan_id).delete()
        stored.ended_at, stored.records, stored.pairs = clock.now(), self.records, self.pairs
        stored.save(update_fields=["ended_at", "records", "pairs"])

    def log(self, result: None) -> Iterable[Record]:
        """How many records and pairs."""
        del result
        yield Record(self.name, "scan", self.scan_id, data={"records": self.records, "pairs": self.pairs})


@dataclass(frozen=True, kw_only=True)
class DismissSuspect(ViewerAction[None]):
    """Say that two records are not one and the same (不是同一人); remembered for good."""

    name: ClassVar[str] = "records.dismiss_suspect"
    suspect_id: int
    note: str = ""

    def check(self) -> None:
        """Refuse a pair that is not there, was dismissed, or is not wholly within reach for merging."""
        model = policies.current().model
        found = Suspect.objects.filter(pk=self.suspect_id, dismissed_at__isnull=True).first()
        code = "" if found is None else found.record_type
        ids = set() if found is None else {found.low_id, found.high_id}
        rows = rows_by_id(model, code, ids, ()) if code in model.record_types else []
        places = [place_of(row) for row in rows]
        if (
            len(rows) < len(ids)
            or not ids
            or not all(reaches(self.viewer, code, each, model) and may(self.viewer, OPERATION, each) for each in places)
        ):
            raise Refused("suspects.not_found", gettext_lazy("没有这一对疑似重复，或者它们不都在您的可见范围内。"))

    def do(self) -> None:
        """Note who and when."""
        Suspect.objects.filter(pk=self.suspect_id).update(
            dismissed_at=clock.now(),
            dismissed_by_id=self.viewer.staff_id,
            dismissed_by_name=self.viewer.name,
            note=self.note.strip()[:200] or _("不是同一人"),
        )

    def log(self, result: None) -> Iterable[Record]:
        """Which two."""
        del result
        found = Suspect.objects.get(pk=self.suspect_id)
        yield Record(self.name, found.record_type, found.low_id, data={"other": found.high_id, "suspect": found.pk})
