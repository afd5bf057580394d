"""A duty changes hands: somebody takes it from their role, puts it back, or gives it to somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime.access.rights import may
from keguan.runtime.duties.actions.held import DutyAction, over
from keguan.runtime.duties.models import Duty, DutyState
from keguan.runtime.duties.parties import Seating
from keguan.runtime.duties.reseating import responsible_now
from keguan.runtime.duties.telling import handed_over
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.notifications import actions as notifications
from keguan.runtime.org import queries as org

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.ledger.actions import Record


@dataclass(frozen=True, kw_only=True)
class ClaimDuty(DutyAction[None]):
    """Take a duty that any holder of a role may do."""

    name: ClassVar[str] = "duties.claim"

    def check(self) -> None:
        """Refuse what is not theirs to take, and what somebody has taken."""
        self._open()
        if self._duty.claimed:
            raise Refused("duties.conflict", _("没有领到：这项待办已有人领取。"))
        self._mine()

    def do(self) -> None:
        """It is theirs alone now. Compare-and-set: the second of two is refused."""
        free = Duty.objects.filter(pk=self.duty_id, state=DutyState.OPEN, claimed=False)
        if not free.update(claimed=True, staff_id=self.viewer.staff_id):
            raise Refused("duties.conflict", _("没有领到：这项待办已有人领取。"))

    def log(self, result: None) -> Iterable[Record]:
        """Which."""
        yield self._entry(self.name)


@dataclass(frozen=True, kw_only=True)
class ReleaseDuty(DutyAction[None]):
    """Put a duty back that was taken, for the other holders of the role."""

    name: ClassVar[str] = "duties.release"

    def check(self) -> None:
        """Refuse one that is not theirs, and one that nobody else could do."""
        self._mine()
        if not self._duty.claimed or not self._duty.role:
            raise Refused("duties.not_claimed", _("这项待办只归您办，不能放回。可以转交给别人。"))

    def do(self) -> None:
        """Anyone with the role can do it again."""
        person, role, seat_id = responsible_now(self._duty, Seating())
        Duty.objects.filter(pk=self.duty_id, claimed=True).update(
            claimed=False, staff_id=person, role=role, seat_id=seat_id
        )

    def log(self, result: None) -> Iterable[Record]:
        """Which."""
        yield self._entry(self.name)


@dataclass(frozen=True, kw_only=True)
class HandOverDuty(DutyAction[None]):
    """Give a duty to somebody else, who is told. Done by those who owe it, or those above them."""

    name: ClassVar[str] = "duties.hand_over"
    staff_id: int
    note: str = ""

    def check(self) -> None:
        """Refuse whoever has nothing to do with it, and a receiver who has left or has it already."""
        self._open()
        if not self._standing.mine and not self._standing.above:
            self._mine()
        self._receivable()

    def _receivable(self) -> None:
        """Refuse a receiver who has left or has it already."""
        card = org.staff_by_id(self.staff_id)
        if card is None or not card.is_active:
            message = _("没有这个人，或其账号已停用。")
            raise Refused("duties.nobody", message, {"staff_id": message})
        if self._duty.staff_id == self.staff_id and (self._duty.claimed or not self._duty.role):
            message = _("这项待办已经归这个人办。")
            raise Refused("duties.same", message, {"staff_id": message})

    def do(self) -> None:
        """It is the receiver's alone now."""
        mine = Duty.objects.filter(
            pk=self.duty_id, state=DutyState.OPEN, staff_id=self._duty.staff_id, claimed=self._duty.claimed
        )
        if not mine.update(claimed=True, staff_id=self.staff_id):
            raise Refused("duties.conflict", _("没有转交：这项待办刚刚换了人。请看最新情况。"))
        notifications.tell([handed_over(self._duty, self.staff_id, self.viewer.name, self._turn())])

    def log(self, result: None) -> Iterable[Record]:
        """From whom to whom."""
        facts = {"from": self._duty.staff_id, "to": self.staff_id, "note": self.note.strip()[:200]}
        yield self._entry(self.name, **facts)

    def _turn(self) -> int:
        """A number for this hand-over, so that whoever gets it back is told again."""
        asked = ledger.EntryFilters(subject_type="duty", subject_id=str(self.duty_id), action=self.name)
        return len(ledger.entries_page(filters=asked).entries)


@dataclass(frozen=True, kw_only=True)
class HandOverLeaversDuty(HandOverDuty):
    """Give a duty of somebody who leaves to a successor: done by whoever may take people out of the house (办理离职),
    who need not see what it is about.
    """

    name: ClassVar[str] = "duties.hand_over_leavers"
    from_staff_id: int

    def check(self) -> None:
        """Refuse without the operation, what is not open or not the leaver's any more, and who cannot have it."""
        if not may(self.viewer, "offboard"):
            raise Refused("duties.not_permitted", _("您的岗位不能移交离职人员的待办。"))
        if self._duty.state != DutyState.OPEN:
            raise over(self._duty)
        if self._duty.staff_id != self.from_staff_id:
            raise Refused("duties.conflict", _("没有转交：这项待办刚刚换了人。请看最新情况。"))
        self._receivable()
