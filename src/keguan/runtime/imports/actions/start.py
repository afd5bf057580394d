"""Start an import, or take one up again after its worker died."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.imports.actions.trial import require_mapping
from keguan.runtime.imports.models import Import, State
from keguan.runtime.imports.standing import owned
from keguan.runtime.jobs.actions import enqueue
from keguan.runtime.ledger.actions import Record, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

RUN_JOB = "imports.run"
POLICIES = ("skip", "update")


@dataclass(frozen=True, kw_only=True)
class Start(ViewerAction[int]):
    """Start the import as a job and return the job's id. An unfinished one goes on where it stopped.

    ``on_duplicate``: ``skip`` gives duplicates back with a reason, ``update`` changes the record that is there.
    ``again`` is needed to import a file that was imported before. ``wake=False``: the caller runs the job itself.
    """

    name: ClassVar[str] = "imports.start"
    import_id: int
    on_duplicate: str = "skip"
    again: bool = False
    wake: bool = True

    def check(self) -> None:
        """Refuse a finished import, mappings that cannot work, and the same file a second time."""
        stored = owned(self.viewer, self.import_id, lock=True)
        if stored.state in (State.DONE, State.CANCELLED):
            raise Refused("imports.over", _("这次导入已经结束。如要再导入，请重新上传文件。"))
        if self.on_duplicate not in POLICIES:
            raise Refused("imports.on_duplicate", _("请选择重复的行是跳过还是更新。"))
        require_mapping(self.viewer, stored)
        if not self.again and _imported_before(stored):
            raise Refused(
                "imports.imported_before",
                _(
                    "同一个文件的同一张表已经导入过。没有查重字段的档案会因此变成两份；确实要再导入一次，请勾选“再次导入”。"
                ),
            )

    def do(self) -> int:
        """Put the job in the queue. Rows given back by a dry run are forgotten: the import finds its own."""
        stored = Import.objects.get(pk=self.import_id)
        stored.rejections.filter(trial=True).delete()
        job = enqueue(RUN_JOB, {"import_id": self.import_id}, self.viewer.staff_id, wake=self.wake)
        # Once rows are in, what to do with duplicates can no longer change: both halves follow one rule.
        rule = {"on_duplicate": self.on_duplicate} if stored.position == 0 else {}
        Import.objects.filter(pk=self.import_id).update(state=State.WAITING, job_id=job, error="", **rule)
        return job

    def log(self, result: int) -> Iterable[Record]:
        """That it started, and from which row on."""
        stored = Import.objects.get(pk=self.import_id)
        data = {"job": result, "position": stored.position, "on_duplicate": stored.on_duplicate}
        yield Record(self.name, "import", self.import_id, data=data)


def _imported_before(stored: Import) -> bool:
    twins = Import.objects.filter(record_type=stored.record_type, digest=stored.digest, state=State.DONE)
    return any(twin.mapping["sheet"] == stored.mapping["sheet"] for twin in twins.exclude(pk=stored.pk))
