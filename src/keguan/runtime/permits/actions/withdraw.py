"""Take a permit back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.language.model.naming import LARGEST_ID
from keguan.runtime.access.actions import SHORTEST_REASON, ViewerAction
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.permits.deciding import entry
from keguan.runtime.permits.models import Permit, PermitState
from keguan.runtime.permits.overseeing import oversees

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, kw_only=True)
class WithdrawPermit(ViewerAction[int]):
    """Take a granted permit back: one's own, or as a security administrator anybody's, with a reason."""

    name: ClassVar[str] = "permits.withdraw"
    permit_id: int
    reason: str

    def check(self) -> None:
        """Refuse what is not there, not the viewer's to take back, or not granted any more."""
        known = 0 < self.permit_id <= LARGEST_ID
        found = Permit.objects.select_for_update().filter(pk=self.permit_id).first() if known else None
        if found is None or (found.staff_id != self.viewer.staff_id and not oversees(self.viewer, changing=True)):
            raise Refused("permits.not_found", _("没有这项准予，或者它不在您的可见范围内。"))
        if found.state != PermitState.GRANTED:
            raise Refused("permits.over", _("这项准予现在没有效力，不用收回。审批中的请撤销它的案件。"))
        if len(self.reason.strip()) < SHORTEST_REASON:
            message = _("请写明收回的理由。")
            raise Refused("permits.reason", message, {"reason": message})

    def do(self) -> int:
        """It gives nothing from now on."""
        given = {"state": PermitState.WITHDRAWN, "reason": self.reason.strip()[:300]}
        Permit.objects.filter(pk=self.permit_id).update(**given)
        return self.permit_id

    def log(self, result: int) -> Iterable[Record]:
        """Whose permit, and why."""
        yield entry(Permit.objects.get(pk=result), self.name, reason=self.reason.strip())
