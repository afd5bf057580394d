"""Take an import back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.runtime import clock
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.imports.models import Before, Import, State, Undoing
from keguan.runtime.imports.standing import visible
from keguan.runtime.jobs.actions import enqueue
from keguan.runtime.jobs.queries import job as job_card
from keguan.runtime.ledger.actions import Record, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

UNDO_JOB = "imports.undo"
TERM = timedelta(days=30)
"""So long after it ended an import can be taken back; later, what it brought is the house's own."""

_OVER = (State.DONE, State.CANCELLED, State.FAILED)


@dataclass(frozen=True, kw_only=True)
class StartUndo(ViewerAction[int]):
    """Remove what an import created and give back what it changed, as far as nobody has touched it since. Gives the
    job's id. One that was cut short goes on where it stopped.
    """

    name: ClassVar[str] = "imports.undo"
    import_id: int
    wake: bool = True

    def check(self) -> None:
        """Refuse an import out of sight, under way, too old, without effect, or taken back already."""
        refusal = why_not(visible(self.viewer, self.import_id))
        if refusal is not None:
            raise refusal

    def do(self) -> int:
        """Put the job in the queue."""
        undoing, _new = Undoing.objects.get_or_create(
            of_id=self.import_id,
            defaults={"by_id": self.viewer.staff_id, "by_name": self.viewer.name, "at": clock.now()},
        )
        undoing.job_id = enqueue(UNDO_JOB, {"undoing_id": undoing.pk}, self.viewer.staff_id, wake=self.wake)
        undoing.save(update_fields=["job_id"])
        return undoing.job_id

    def log(self, result: int) -> Iterable[Record]:
        """That it began."""
        yield Record(self.name, "import", self.import_id, data={"job": result})


@dataclass(frozen=True, kw_only=True)
class EndUndo(ViewerAction[None]):
    """All of an import is looked at: note what came of it, and let go of the values from before."""

    name: ClassVar[str] = "imports.undone"
    undoing_id: int

    def do(self) -> None:
        """Set the moment."""
        undoing = Undoing.objects.get(pk=self.undoing_id)
        undoing.ended_at = clock.now()
        undoing.save(update_fields=["ended_at"])
        Before.objects.filter(of_id=undoing.of_id).delete()

    def log(self, result: None) -> Iterable[Record]:
        """The counts."""
        del result
        undoing = Undoing.objects.get(pk=self.undoing_id)
        data = {"removed": undoing.removed, "restored": undoing.restored, "kept": undoing.kept}
        yield Record(self.name, "import", undoing.of_id, data=data)


def why_not(stored: Import) -> Refused | None:
    """Why an import cannot be taken back now; None when it can. Two queries."""
    if stored.state not in _OVER:
        return Refused("imports.under_way", gettext_lazy("导入还没有结束，请先取消或等它完成。"))
    if not stored.created and not stored.updated:
        return Refused("imports.nothing", gettext_lazy("这次导入没有新建或更新任何档案。"))
    if clock.now() - (stored.finished_at or stored.created_at) > TERM:
        message = _("导入完成已超过 %(days)s 天，不能再撤销。") % {"days": TERM.days}
        return Refused("imports.too_old", message)
    undoing = Undoing.objects.filter(of=stored).first()
    return None if undoing is None else _under_way(undoing)


def _under_way(undoing: Undoing) -> Refused | None:
    if undoing.ended_at is not None:
        return Refused("imports.undone", gettext_lazy("这次导入已经撤销。"))
    card = None if undoing.job_id is None else job_card(undoing.job_id)
    if card is not None and not card.over:
        return Refused("imports.undoing", gettext_lazy("正在撤销，请等它结束。"))
    return None
