"""附言: a word on a case, for everybody who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.processes.acting import Moved, outcome_of_move
from keguan.runtime.processes.actions.noting import Remark
from keguan.runtime.processes.choosing import said, wrong
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.parties import person
from keguan.runtime.processes.seating import in_sight
from keguan.runtime.processes.telling import tell

LONGEST = 2000
"""Characters of a remark."""


@dataclass(frozen=True, kw_only=True)
class Comment(Remark):
    """Leave a remark, and have people told whom it mentions. Also on a case that is over."""

    name: ClassVar[str] = "cases.comment"
    opinion: str
    mentions: tuple[int, ...] = ()

    def check(self) -> None:
        """Refuse an empty or endless remark, and mentioning somebody who cannot see the case."""
        said(self.opinion, 1)
        if len(self.opinion.strip()) > LONGEST:
            raise wrong("cases.opinion", "opinion", _("附言最多%(count)s个字。") % {"count": LONGEST})
        held = self.held
        for staff_id in self.mentions:
            card = person(held, staff_id)
            if card is None:
                raise wrong("cases.no_person", "mentions", _("没有这个人员，或者账号已停用，请换一个人。"))
            if not in_sight(viewer_for(staff_id), held):
                sentence = _("%(name)s看不到这个案件；要让他知道，请先抄送。") % {"name": card.name}
                raise wrong("cases.not_for_them", "mentions", sentence)

    def do(self) -> Moved:
        """Write it down; the ledger says that there was one, not what it said."""
        held, people = self.held, tuple(dict.fromkeys(self.mentions))
        move = self.note(MoveKind.COMMENT, opinion=self.opinion.strip(), data={"people": list(people)})
        tell(held, set(people) - {self.viewer.staff_id or 0}, "cases.commented", f"comment:{move.pk}")
        return outcome_of_move(held)
