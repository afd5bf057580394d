"""A customer asks about their case, by its number and the query code."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.access.viewer import OUTSIDER
from keguan.runtime.intake import codes, limits
from keguan.runtime.intake.models import Submission
from keguan.runtime.ledger.actions import Action, Actor, Record, Refused
from keguan.runtime.processes.models import Case

if TYPE_CHECKING:
    from collections.abc import Iterable

VALID_FOR = timedelta(days=180)
"""How long after the end of its case a query code still opens it."""

LONGEST = 80
"""Characters of a number or a code; nothing longer is even looked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """The case that was asked for (None: nothing) and why not: ``unknown``, ``code``, ``expired`` or ``often``."""

    case_id: int | None
    failure: str = ""


@dataclass(frozen=True, kw_only=True)
class LookUp(Action[Found]):
    """Prove with number and code that a case is one's own. Gives its id.

    Every failure is answered alike (``intake.not_found``), whether there is no such number, the code is wrong or too
    old, or too many were tried: whoever asks learns nothing. A failure is counted and written down before that.
    """

    name: ClassVar[str] = "intake.look_up"
    actor: Actor = field(default_factory=lambda: Actor(None, OUTSIDER, "portal"))
    number: str
    code: str = field(repr=False)
    address: str = field(repr=False)

    def run(self) -> Found:
        """Raises ``Refused`` (``intake.not_found``), after the failure was counted."""
        found = super().run()
        if found.case_id is None:
            raise not_found()
        return found

    def do(self) -> Found:
        """Compare, and count what did not fit."""
        return self.proved()

    def proved(self) -> Found:
        """The case that number and code open; a failure is counted."""
        number = self.number.strip().upper()
        if limits.used_up(limits.FAILED_FROM_ADDRESS, self.address):
            return Found(None, "often")
        if limits.used_up(limits.FAILED_ABOUT_NUMBER, number):
            return Found(None, "often")
        found = self._compared(number)
        if found.case_id is None:
            limits.count(limits.FAILED_FROM_ADDRESS, self.address)
            limits.count(limits.FAILED_ABOUT_NUMBER, number)
        return found

    def log(self, result: Found) -> Iterable[Record]:
        """Which case was looked at, or that somebody asked in vain; neither number nor code as typed. What comes after
        too many failures is not written down: nobody outside fills the ledger.
        """
        if result.case_id is not None:
            return [Record(self.name, "case", result.case_id)]
        if result.failure == "often":
            return []
        return [Record("intake.look_up_failed", "case", None, data={"failure": result.failure})]

    def _compared(self, number: str) -> Found:
        if not number or max(len(number), len(self.code)) > LONGEST or "\0" in number:
            return Found(None, "unknown")
        known = Submission.objects.filter(number=number).exclude(case_id=None)[:5]
        fits = [each for each in known if codes.same(each.code, each.number, self.code)]
        if not fits:
            return Found(None, "code" if known else "unknown")
        closed_at = Case.objects.values_list("closed_at", flat=True).get(pk=fits[0].case_id or 0)
        if closed_at is not None and closed_at + VALID_FOR <= clock.now():
            return Found(None, "expired")
        return Found(fits[0].case_id)


def not_found() -> Refused:
    """The one answer to every failure."""
    return Refused(
        "intake.not_found",
        _(
            "没有查到。请核对编号和查询码；办结满半年的不能再查，连续查错太多次也要过一会儿再试。查询码丢失的，请与公司联系。"
        ),
    )
