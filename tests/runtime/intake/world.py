"""A company that takes complaints on its own pages: the packs as they come, the people of its complaints procedure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from keguan.language.source import read_pack
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.intake.actions import Submit
from keguan.runtime.intake.codes import new_mark
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.policies.actions import Publish
from keguan.runtime.processes.actions import CompleteStep
from keguan.runtime.processes.models import Case, Task, TaskState
from tests.publishing import PACKS
from tests.runtime.processes.world import join

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.runtime.intake.actions import Receipt
    from tests.cast import Cast, Member

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""2 March 2026, a Monday, 09:00 on the company's clocks."""

PROCESS = "quality_complaint"
HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"
"""Addresses from which customers come."""

SU_HE = {
    "portal_name": "苏禾",
    "portal_phone": "13800138000",
    "portal_summary": "报告晚了五天",
    "portal_content": "约定周五给的检测报告，拖到下周三。",
    "portal_demand": "免费加急复检",
    "portal_happened_on": "2026-02-20",
}
"""What 苏禾 writes. Whether she is a customer, the form does not ask."""


@dataclass(frozen=True)
class Desk:
    """The people of the complaints procedure."""

    cast: Cast
    clerk: Member
    head: Member


def open_the_desk(company: Cast) -> Desk:
    """Publish the complaints packs, and appoint a clerk and the head of the general department."""
    Publish(actor=SYSTEM, packs=tuple(read_pack(PACKS / name) for name in ("complaints", "quality-complaints"))).run()
    clerk = join(company, "wen_xi", "温溪", "general_clerk")
    return Desk(company, clerk, join(company, "he_ning", "何宁", "general_head"))


def submit(values: Mapping[str, str] = SU_HE, *, mark: str = "", address: str = HOME) -> Receipt:
    """A complaint on the portal."""
    return Submit(process=PROCESS, values=values, mark=mark or new_mark(), address=address).run()


def case_of(receipt: Receipt) -> Case:
    """The case that was begun."""
    return Case.objects.get(number=receipt.number)


def complete(member: Member, case: Case, step: str, values: Mapping[str, str] | None = None, outcome: str = "") -> None:
    """Somebody of the house completes a step."""
    case.refresh_from_db()
    task = Task.objects.get(case=case, step=step, state=TaskState.OPEN)
    CompleteStep(
        viewer=viewer_for(member.id), task_id=task.pk, version=case.version, values=values or {}, outcome=outcome
    ).run()
