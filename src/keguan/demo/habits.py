"""How the people of the demo work: who is prompt and who is late, by chance that is the same every time.

Nothing is remembered between two days: whether somebody is late follows from the seed and from what it is about.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from keguan.demo import days, deeds
from keguan.demo.matters import DISSATISFIED, FAIR, SATISFIED, matter_of
from keguan.runtime import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.demo.matters import Matter
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.consequences.queries import ProposalRow
    from keguan.runtime.processes.queries import CaseRow

CLERKS = ("xuke", "suwan")
_AHEAD = {"sorting": 3.5, "settling": 18.0, "calling": 30.0}
"""So many hours before a step is due, at the earliest, somebody gets round to it."""
_LATE = {"sorting": 0.05, "settling": 0.14, "answering": 0.1, "calling": 0.08, "reviewing": 0.15}
"""How often a step is late."""
_GROUNDS = "按现场核实的损失和凭据核算，凭据附后。"
_OBJECTION = "当天两部电梯同时检修，人都在现场，巡检表第二天补了，请复核。"


@dataclass(frozen=True, slots=True)
class Habits:
    """Everybody's habits, by one seed."""

    seed: int

    def chance(self, *about: object) -> Random:
        """Chance about one thing: the same for the same thing."""
        return Random(":".join(map(str, (self.seed, *about))))

    def handle(self, who: Viewer, row: CaseRow) -> bool:
        """Complete a step if somebody gets round to it by now; whether they did."""
        does = _HANDLERS.get((row.process, row.step))
        matter = matter_of(row.title.text)
        if does is None or matter is None or not self._due(row):
            return False
        days.pause(4)
        does(self, who, row, matter)
        return True

    def decide(self, who: Viewer, row: ProposalRow) -> None:
        """Approve what is proposed, or say why nothing follows."""
        days.pause(3)
        chance = self.chance("decide", row.record_type, row.record_id, row.label, row.round)
        if row.round > 1:
            deeds.reject(who, row, "申诉属实，这一次不扣。")
        elif chance.random() < 0.25:
            deeds.reject(who, row, "情况特殊，已当面说明，不再追究。")
        else:
            amount = str(chance.choice((100, 100, 200, 300)))
            deeds.approve(who, row, amount, "按制度办，下月不要再发生。")

    def object_once(self, username: str) -> None:
        """Object to the newest consequence in force that fell on somebody, the first time."""
        who = deeds.viewer(username)
        rows = [row for row in deeds.on_whom(who) if row.state == "approved" and row.round == 1]
        if rows:
            deeds.object_to(who, rows[-1], _OBJECTION)

    def clerk_of(self, record_id: int) -> str:
        """Which clerk looks after a complaint."""
        return CLERKS[record_id % len(CLERKS)]

    def _due(self, row: CaseRow) -> bool:
        if row.due_at is None:
            return True
        chance = self.chance(row.number, row.step, row.due_at)
        if chance.random() < _LATE.get(row.step, 0.0):
            at = row.due_at + timedelta(hours=chance.uniform(1, 26))
        else:
            at = row.due_at - timedelta(hours=chance.uniform(0.4, 1) * _AHEAD.get(row.step, 14.0))
        return clock.now() >= at

    def _sort(self, who: Viewer, row: CaseRow, matter: Matter) -> None:
        deeds.complete(who, row, cause_confirmed=matter.cause, motive_judged=matter.motive)

    def _settle(self, who: Viewer, row: CaseRow, matter: Matter) -> None:
        paid = {"proposed_compensation": str(matter.yuan)} if matter.yuan else {}
        deeds.complete(who, row, plan=matter.plan, **paid)
        applies = self.clerk_of(row.record_id)
        if matter.yuan and not self._has_applied(applies, row.record_id):
            days.pause(15)
            deeds.apply_for_compensation(applies, row.record_id, matter.yuan, _GROUNDS)

    def _has_applied(self, by: str, record_id: int) -> bool:
        rows = deeds.about(by, record_id)
        return any(row.process == deeds.COMPENSATION for row in rows)

    def _answer(self, who: Viewer, row: CaseRow, matter: Matter) -> None:
        deeds.complete(who, row, authority_reply=f"经核实，{matter.plan}已与投诉人说明。")

    def _call_back(self, who: Viewer, row: CaseRow, matter: Matter) -> None:
        chance = self.chance("call", row.number, row.due_at, matter.summary)
        kind, words = chance.choices(
            (("满意", SATISFIED), ("基本满意", FAIR), ("不满意", DISSATISFIED), ("未答", ("无人接听，明天再打。",))),
            (63, 20, 12, 5),
        )[0]
        deeds.complete(who, row, satisfaction=kind, remark=chance.choice(words))

    def _apply_again(self, who: Viewer, row: CaseRow, matter: Matter) -> None:
        deeds.complete(who, row, asked_amount=str(matter.yuan), grounds=f"已补齐票据。{_GROUNDS}")

    def _review(self, who: Viewer, row: CaseRow, matter: Matter) -> None:
        if self.chance("review", row.number, row.due_at).random() < 0.25:
            deeds.send_back(who, row, "applying", "票据不全，请补上再报。")
        else:
            deeds.complete(who, row, outcome="同意", opinion=f"“{matter.summary}”属实，同意补偿。")

    def _approve(self, who: Viewer, row: CaseRow, _matter: Matter) -> None:
        deeds.complete(who, row, outcome="同意", opinion="同意。")

    def _pay(self, who: Viewer, row: CaseRow, matter: Matter) -> None:
        deeds.complete(who, row, paid_amount=str(matter.yuan), paid_way="转账")


_HANDLERS: dict[tuple[str, str], Callable[[Habits, Viewer, CaseRow, Matter], None]] = {
    (deeds.COMPLAINT, "sorting"): Habits._sort,  # noqa: SLF001 - a table of its own methods
    (deeds.COMPLAINT, "settling"): Habits._settle,  # noqa: SLF001
    (deeds.COMPLAINT, "answering"): Habits._answer,  # noqa: SLF001
    (deeds.COMPLAINT, "calling"): Habits._call_back,  # noqa: SLF001
    (deeds.COMPENSATION, "applying"): Habits._apply_again,  # noqa: SLF001
    (deeds.COMPENSATION, "reviewing"): Habits._review,  # noqa: SLF001
    (deeds.COMPENSATION, "approving"): Habits._approve,  # noqa: SLF001
    (deeds.COMPENSATION, "paying"): Habits._pay,  # noqa: SLF001
}
"""What is done at which step."""
