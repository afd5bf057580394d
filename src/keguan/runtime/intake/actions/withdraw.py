"""A customer takes back what they began."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from keguan.runtime.access.viewer import outsider
from keguan.runtime.intake.actions.look_up import Found, LookUp
from keguan.runtime.processes.actions import WithdrawOwn

LONGEST_REASON = 500
"""Characters."""


@dataclass(frozen=True, kw_only=True)
class Withdraw(LookUp):
    """Prove that the case is one's own, and end it. ``version`` is the case's that the customer saw.

    Raises ``Refused`` as ``LookUp`` does, and as ``WithdrawOwn`` does when it is over, went on meanwhile, or may not be
    taken back by the customer.
    """

    name: ClassVar[str] = "intake.withdraw"
    version: int
    reason: str = ""

    def do(self) -> Found:
        """End it; everybody concerned is told."""
        found = self.proved()
        if found.case_id is not None:
            opinion = self.reason.strip()[:LONGEST_REASON]
            WithdrawOwn(viewer=outsider(), case_id=found.case_id, version=self.version, opinion=opinion).run()
        return found
