"""催办: whoever waits for a case asks those who have it in hand to hurry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.runtime.access.formatting import moment
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes.acting import Moved, outcome_of_move
from keguan.runtime.processes.actions.noting import Remark
from keguan.runtime.processes.choosing import holding
from keguan.runtime.processes.managing import manages
from keguan.runtime.processes.models import Move, ShareKind, ShareState
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.seating import candidates
from keguan.runtime.processes.telling import tell

AGAIN_AFTER = timedelta(hours=2)
"""A person urges a case once in this time."""


@dataclass(frozen=True, kw_only=True)
class Urge(Remark):
    """Have whoever may act on the case told to hurry: by its initiator, by those who handled it or were told of it, and
    by whoever manages cases.
    """

    name: ClassVar[str] = "cases.urge"
    opinion: str = ""

    def check(self) -> None:
        """Refuse a closed case, mere onlookers, oneself as the only one, and a second time within two hours."""
        self.refuse_closed()
        held = self.held
        mine = {held.case.started_by_id}
        for share in held.shares:
            copied = share.staff_id if share.kind == ShareKind.COPY else None
            mine |= {share.acted_by_id, share.for_id, copied}
        if self.viewer.staff_id not in mine and not manages(held, self.viewer):
            raise Refused("cases.not_waiting", gettext_lazy("只有发起人、经办过的人和抄送到的人可以催办。"))
        if not holding(held) - {self.viewer.staff_id}:
            raise Refused("cases.nobody_to_urge", gettext_lazy("现在没有别人要办，不用催。"))
        last = (
            Move.objects.filter(case_id=held.case.pk, kind=MoveKind.URGE, by_id=self.viewer.staff_id)
            .order_by("-id")
            .first()
        )
        if last is not None and last.at + AGAIN_AFTER > held.now:
            when = moment(last.at + AGAIN_AFTER, self.viewer.language)
            raise Refused("cases.urged_already", _("您刚催过，%(when)s以后可以再催。") % {"when": when})

    def do(self) -> Moved:
        """Each of them is told of their step."""
        held = self.held
        people = holding(held) - {self.viewer.staff_id}
        move = self.note(MoveKind.URGE, opinion=self.opinion.strip(), data={"people": sorted(people)})
        for task in held.alive:
            open_ = [share for share in held.shares_of(task) if share.state == ShareState.OPEN]
            found = {who for share in open_ if share.kind != ShareKind.COPY for who in candidates(held, share)}
            tell(held, found & people, "cases.urged", f"urge:{move.pk}", task, urgent=True)
        return outcome_of_move(held)
