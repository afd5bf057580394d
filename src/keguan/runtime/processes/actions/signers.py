"""加签 and 减签: others sign a step as well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes.acting import Moved, outcome_of_move
from keguan.runtime.processes.actions.holding import TaskMove
from keguan.runtime.processes.choosing import chosen, refuse_barred, refuse_handling, several, wrong
from keguan.runtime.processes.models import Share, ShareKind, ShareState
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.parties import Holder
from keguan.runtime.processes.seating import add_share, candidates, in_whose_stead, open_turns
from keguan.runtime.processes.standing import PENDING, moved
from keguan.runtime.processes.telling import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.runtime.processes.models import Task
    from keguan.runtime.processes.standing import Standing

WHERE = {"before": ShareKind.BEFORE, "beside": ShareKind.BESIDE, "after": ShareKind.AFTER}
"""前加签, 并加签, 后加签."""

_ADDED = frozenset(WHERE.values())


@dataclass(frozen=True, kw_only=True)
class AddSigner(TaskMove):
    """Have others sign the step: before oneself (one's own share waits, and they advise), beside or after oneself.

    Every one of them must.
    """

    name: ClassVar[str] = "cases.add_signer"
    staff_ids: tuple[int, ...]
    where: str
    opinion: str = ""

    def check(self) -> None:
        """Refuse an unknown place, nobody, oneself, the step's handlers, and whoever is barred, left or may not see."""
        if self.where not in WHERE:
            raise wrong("cases.where", "where", _("请选择加在自己之前、同时还是之后。"))
        standing, task = self.held
        share = self.share
        for staff_id in several(self.staff_ids, self.viewer.staff_id):
            card = chosen(standing, staff_id)
            refuse_barred(standing, task, card)
            refuse_handling(standing, task, card, but=share)

    def do(self) -> Moved:
        """They have a share for the sake of the viewer's."""
        standing, task = self.held
        share, kind = self.take(), WHERE[self.where]
        state = ShareState.WAITING if kind is ShareKind.AFTER else ShareState.OPEN
        added = [
            add_share(standing, task, kind, Holder(staff_id), state=state, asked_by=share)
            for staff_id in dict.fromkeys(self.staff_ids)
        ]
        if kind is ShareKind.BEFORE:
            share.state = ShareState.WAITING
            share.save(update_fields=["state"])
        data: dict[str, object] = {"share": share.pk, "where": self.where}
        data |= {"added": [each.pk for each in added], "people": [each.staff_id for each in added]}
        to = added[0].staff_id if len(added) == 1 else None
        words = self.opinion.strip()
        moved(standing, MoveKind.ADD_SIGNER, self.viewer, task, opinion=words, to=to, data=data, for_id=self.stead)
        return outcome_of_move(standing)


@dataclass(frozen=True, kw_only=True)
class RemoveSigner(TaskMove):
    """Take a signer back whom one has added and who has not acted, with whomever they have added themselves."""

    name: ClassVar[str] = "cases.remove_signer"
    share_id: int

    def check(self) -> None:
        """Refuse whoever was not added by the viewer, has signed already, or when the viewer has."""
        standing, task = self.held
        share = next((each for each in standing.shares_of(task) if each.pk == self.share_id), None)
        above = None if share is None else share.asked_by
        if share is None or above is None or share.kind not in _ADDED or not self._own(standing, above):
            raise Refused("cases.not_added", _("只能减去您自己加的签。"))
        if share.state not in PENDING:
            raise Refused("cases.signed", _("这位加签人已经办过，不能减签。"))
        if above.state not in PENDING:
            raise Refused("cases.own_done", _("您这一步已经办完，不能再减签。"))

    def do(self) -> Moved:
        """Nobody waits for them any more; they are told."""
        standing, task = self.held
        share = next(each for each in standing.shares_of(task) if each.pk == self.share_id)
        removed = [share, *_below(standing, task, share)]
        for each in removed:
            if each.state == ShareState.OPEN:
                tell(standing, candidates(standing, each), "cases.signer_removed", f"removed:{each.pk}", task)
            each.state = ShareState.REMOVED
            each.save(update_fields=["state"])
        open_turns(standing, task)
        data = {"removed": [each.pk for each in removed]}
        moved(standing, MoveKind.REMOVE_SIGNER, self.viewer, task, to=share.staff_id, data=data)
        return outcome_of_move(standing)

    def _own(self, standing: Standing, above: Share) -> bool:
        own = self.viewer.staff_id is not None and self.viewer.staff_id in (above.staff_id, above.acted_by_id)
        return own or in_whose_stead(standing, above, self.viewer) is not None


def _below(standing: Standing, task: Task, share: Share) -> Iterator[Share]:
    """Whoever is to act because of this share."""
    for each in standing.shares_of(task):
        if each.asked_by_id == share.pk and each.state in PENDING:
            yield each
            yield from _below(standing, task, each)
