"""监销: those who watch a disposal confirm it, each by themselves; then it is carried out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy

from keguan.runtime import clock
from keguan.runtime.access.rights import may
from keguan.runtime.jobs.actions import enqueue
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.org.models import Session
from keguan.runtime.org.sessions.confirming import ConfirmIdentity
from keguan.runtime.retention.actions.appraise import BatchAction
from keguan.runtime.retention.models import BatchState, Witness

if TYPE_CHECKING:
    from collections.abc import Iterable

CARRY_OUT_JOB = "retention.carry_out"


@dataclass(frozen=True, kw_only=True)
class WitnessBatch(BatchAction):
    """Confirm, in one's own session and with one's own password, that one watches the disposal. Gives how many
    witnesses are still wanted; with the last of them it is carried out.

    A witness has the operation ``dispose`` or is an auditor; whoever asked for the disposal is none.
    """

    name: ClassVar[str] = "retention.witness"
    expected: ClassVar[BatchState] = BatchState.APPROVED
    session_id: int
    password: str = field(repr=False)

    def run(self) -> int:
        """Raises ``Refused``; a wrong password is counted and written down before it is refused."""
        own = Session.objects.filter(pk=self.session_id, staff=self.viewer.staff_id, ended_at=None)
        if self.viewer.staff_id is None or not own.exists():
            raise Refused("retention.session", gettext_lazy("监销须由本人登录后在自己的页面上确认。"))
        ConfirmIdentity(
            actor=self.actor, staff_id=self.viewer.staff_id, session_id=self.session_id, password=self.password
        ).run()
        return super().run()

    def check(self) -> None:
        """Refuse the requester, whoever has confirmed already, and a batch that nobody approved."""
        if self._batch.state != self.expected:
            raise Refused("retention.not_approved", gettext_lazy("这一批还没有批准，或者已经在处理，不能监销。"))
        if not (may(self.viewer, "dispose") or may(self.viewer, "audit")):
            raise Refused("retention.not_permitted", gettext_lazy("您的岗位不办理档案的保存与销毁。"))
        if self.viewer.staff_id is None or self.viewer.staff_id == self._batch.by_id:
            raise Refused("retention.requester", gettext_lazy("提出处置的人不能监销，请由另外的人确认。"))
        if self._batch.witnesses.filter(staff_id=self.viewer.staff_id).exists():
            raise Refused("retention.witnessed", gettext_lazy("您已经确认过了，还要由另一个人确认。"))

    def do(self) -> int:
        """Note the witness; with the last one, have it carried out."""
        assert self.viewer.staff_id is not None  # noqa: S101 - checked
        Witness.objects.create(
            batch=self._batch,
            staff_id=self.viewer.staff_id,
            name=self.viewer.name,
            session_id=self.session_id,
            at=clock.now(),
        )
        wanted = (2 if self._batch.two_persons else 1) - self._batch.witnesses.count()
        if wanted <= 0:
            self._batch.state = BatchState.WITNESSED
            self._batch.job_id = enqueue(CARRY_OUT_JOB, {"batch_id": self._batch.pk}, self.viewer.staff_id)
            self._batch.save(update_fields=["state", "job_id"])
        return max(wanted, 0)

    def log(self, result: int) -> Iterable[Record]:
        """Who watches, and whether somebody is still wanted."""
        yield self._record(wanted=result)
