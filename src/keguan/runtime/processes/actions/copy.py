"""抄送: others are told of a case and may read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes.acting import Moved, outcome_of_move
from keguan.runtime.processes.actions.noting import Remark
from keguan.runtime.processes.barring import recused
from keguan.runtime.processes.choosing import chosen, holding, several, wrong
from keguan.runtime.processes.managing import manages
from keguan.runtime.processes.models import ShareKind
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.parties import Holder
from keguan.runtime.processes.seating import add_share

if TYPE_CHECKING:
    from keguan.runtime.processes.models import Task
    from keguan.runtime.processes.standing import Standing


@dataclass(frozen=True, kw_only=True)
class CopyTo(Remark):
    """Copy a case to people: by whoever has a part in it, or manages cases."""

    name: ClassVar[str] = "cases.copy"
    staff_ids: tuple[int, ...]
    opinion: str = ""

    def check(self) -> None:
        """Refuse onlookers, nobody, oneself, whomever it is about, left, may not see it, or was told already."""
        held = self.held
        if self.viewer.staff_id not in participants(held) | holding(held) and not manages(held, self.viewer):
            raise Refused("cases.onlooker", gettext_lazy("只有办理、发起或经办过这个案件的人可以抄送。"))
        for staff_id in several(self.staff_ids, self.viewer.staff_id):
            card = chosen(held, staff_id)
            if staff_id in recused(held):
                sentence = _("%(name)s要回避这个案件，不能抄送。") % {"name": card.name}
                raise wrong("cases.barred_person", "staff_id", sentence)
            if staff_id in copied(held):
                sentence = _("这个案件已经抄送过%(name)s。") % {"name": card.name}
                raise wrong("cases.copied_already", "staff_id", sentence)

    def do(self) -> Moved:
        """They have something to read."""
        held, people = self.held, tuple(dict.fromkeys(self.staff_ids))
        task = latest(held)
        for staff_id in people:
            add_share(held, task, ShareKind.COPY, Holder(staff_id))
        to = people[0] if len(people) == 1 else None
        self.note(MoveKind.COPY, opinion=self.opinion.strip(), to=to, data={"people": list(people)})
        return outcome_of_move(held)


def copied(standing: Standing) -> frozenset[int]:
    """Whoever was told of the case."""
    return frozenset(
        share.staff_id for share in standing.shares if share.kind == ShareKind.COPY and share.staff_id is not None
    )


def participants(standing: Standing) -> frozenset[int]:
    """Whoever started the case, acted on it, had it before somebody else did, or was given a part in it by name."""
    found = {standing.case.started_by_id}
    for share in standing.shares:
        if share.kind != ShareKind.COPY:
            found |= {share.staff_id, share.acted_by_id, share.for_id}
    return frozenset(staff_id for staff_id in found if staff_id is not None)


def latest(standing: Standing) -> Task:
    """The step to which a copy belongs: one that goes on, else the last that there was."""
    return standing.alive[-1] if standing.alive else standing.tasks[-1]
