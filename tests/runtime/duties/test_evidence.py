"""The page of a policy shows that its duties, checklists and consequences are alive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime.duties.actions import DischargeDuty
from keguan.runtime.policies.queries import current, evidence
from tests.runtime.duties.world import customer, only, until, viewer

if TYPE_CHECKING:
    from keguan.language.model.model import Control
    from tests.cast import Cast


def control(code: str) -> Control:
    """The control of a block in force."""
    clauses = current().model.policies["duty-tests"].clauses
    controls = (part.control for clause in clauses for part in clause.parts if part.control is not None)
    return next(each for each in controls if each.code == code)


def test_duties_say_what_is_open_late_and_done(office: Cast) -> None:
    """Two customers to be checked, one late, one done this month: in whole sentences, in a fixed number of queries."""
    customer(office.lin_xiao, "一", intends="是", source="来电")
    done = only("checks")
    until(2026, 3, 4)
    customer(office.lin_xiao, "二")
    DischargeDuty(viewer=viewer(office.xu_ke), duty_id=done.pk, note="已核").run()
    until(2026, 3, 10)
    with CaptureQueriesContext(connection) as captured:
        told = [each.sentence for each in evidence(control("checks"))]
    assert told[:3] == ["现有待办 1 项", "其中逾期 1 项", "本月办结 1 项"]
    assert told[3] == "最近一次核对谁该办于 2026-03-10 09:00"
    assert len(captured) <= 6  # one of them is the policy in force
    assert control("checks").status == "monitored"


def test_a_checklist_says_how_often_it_was_passed(office: Cast) -> None:
    """Once this month; one that proves no duty says nothing here."""
    customer(office.lin_xiao, intends="是", source="来电")
    DischargeDuty(viewer=viewer(office.xu_ke), duty_id=only("files").pk, checked={"original": True}).run()
    assert [each.sentence for each in evidence(control("file_check"))] == ["本月检查合格 1 次"]
