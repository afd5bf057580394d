"""看过: whoever opens a case has read what was put into their hands and what they were told of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from keguan.runtime import clock
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.ledger.actions import Record
from keguan.runtime.processes.models import Share, ShareKind, ShareState
from keguan.runtime.processes.seating import may_act
from keguan.runtime.processes.sight import seen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.processes.standing import Standing


@dataclass(frozen=True, kw_only=True)
class ReadCase(ViewerAction[int]):
    """Note that the viewer has looked at a case. Gives how many shares they had not looked at before.

    What was sent on to them can then not be taken back any more (撤回), and a copy is done with. The case's version
    stays as it is.
    """

    name: ClassVar[str] = "cases.read"
    case_id: int

    def do(self) -> int:
        """Open shares on which they may act, and copies of their own. Raises ``Refused`` (``cases.not_found``)."""
        found = seen(self.viewer, self.case_id)
        unread = [share.pk for share in found.shares if share.read_at is None and self._theirs(found, share)]
        if not unread:
            return 0
        now = clock.now()
        rows = Share.objects.filter(pk__in=unread)
        read = rows.filter(read_at=None).update(read_at=Coalesce(F("read_at"), Value(now)))
        rows.filter(kind=ShareKind.COPY, state=ShareState.OPEN).update(state=ShareState.DONE)
        return read

    def log(self, result: int) -> Iterable[Record]:
        """That they looked; nothing when there was nothing new to them."""
        if result:
            yield Record(action=self.name, subject_type="case", subject_id=self.case_id, data={"shares": result})

    def _theirs(self, found: Standing, share: Share) -> bool:
        if share.state != ShareState.OPEN or self.viewer.staff_id is None:
            return False
        if share.kind == ShareKind.COPY:
            return share.staff_id == self.viewer.staff_id
        return may_act(found, share, self.viewer) is None
