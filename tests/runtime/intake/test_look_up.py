"""Asking about a case by number and code."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from keguan.runtime.intake import limits, queries
from keguan.runtime.intake.actions import LookUp, Withdraw
from keguan.runtime.intake.actions.look_up import VALID_FOR
from keguan.runtime.intake.models import Knock
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.notifications.models import Notification
from keguan.runtime.processes.models import Case, CaseState
from tests.runtime.intake.world import ELSEWHERE, HOME, MONDAY, Desk, case_of, complete, submit

if TYPE_CHECKING:
    from keguan.runtime.intake.actions import Receipt

TRIAGE = {"founded": "不成立", "founded_reason": "内部意见：客户记错了日期"}


def look_up(receipt: Receipt, *, number: str = "", code: str = "", address: str = HOME) -> int | None:
    """The id of the case that is found."""
    return LookUp(number=number or receipt.number, code=code or receipt.code, address=address).run().case_id


def failure(receipt: Receipt, *, number: str = "", code: str = "", address: str = HOME) -> tuple[str, str]:
    """What a look-up in vain is answered."""
    with pytest.raises(Refused) as found:
        look_up(receipt, number=number, code=code, address=address)
    return found.value.code, found.value.message


def progress(receipt: Receipt) -> queries.Progress:
    """What is shown for the receipt."""
    found = queries.progress(look_up(receipt) or 0, "zh")
    assert found is not None
    return found


def decline(desk: Desk, receipt: Receipt) -> None:
    """The head finds it unfounded, and the clerk answers so."""
    case = case_of(receipt)
    complete(desk.head, case, "judging", TRIAGE)
    complete(desk.clerk, case, "declining", {"decline_reply": "经核对，报告按约定日期送达。"})


def test_the_code_opens_the_case(desk: Desk) -> None:
    """In whatever case it is typed, with or without the lines between its groups."""
    receipt = submit()
    case = case_of(receipt)
    assert look_up(receipt) == case.pk
    assert look_up(receipt, code=receipt.code.replace("-", "").lower()) == case.pk
    assert look_up(receipt, number=receipt.number.lower()) == case.pk


def test_every_failure_is_answered_alike(desk: Desk) -> None:
    """A wrong code, an unknown number, a code too old and one too many tries: one answer, and the case is untouched."""
    receipt, other = submit(), submit({**_other()})
    decline(desk, other)
    before = list(Case.objects.order_by("id").values())
    answers = {failure(receipt, code="2222-2222-2222"), failure(receipt, number="TS-202603-0999")}
    with clock.hold(MONDAY + VALID_FOR):
        answers.add(failure(other))
    for _ in range(limits.FAILED_ABOUT_NUMBER.most):
        answers.add(failure(receipt, code="2222-2222-2223", address=ELSEWHERE))
    answers.add(failure(receipt, address="192.0.2.1"))  # the right code, but the number is closed for a while
    assert len(answers) == 1
    assert {code for code, _ in answers} == {"intake.not_found"}
    assert list(Case.objects.order_by("id").values()) == before


def test_the_lock_ends_by_the_one_clock(desk: Desk) -> None:
    """A quarter of an hour after the first of them the right code opens it again."""
    receipt = submit()
    for _ in range(limits.FAILED_ABOUT_NUMBER.most):
        failure(receipt, code="2222-2222-2222")
    with clock.hold(MONDAY + timedelta(minutes=14)):
        failure(receipt)
    with clock.hold(MONDAY + timedelta(minutes=15)):
        assert look_up(receipt) is not None


def test_one_address_guesses_only_so_often(desk: Desk) -> None:
    """Whatever numbers it tries; and then it fills neither the ledger nor the counters."""
    receipt = submit()
    for number in range(limits.FAILED_FROM_ADDRESS.most):
        failure(receipt, number=f"TS-202603-{number + 100:04}")
    before = (Knock.objects.count(), _failures())
    assert failure(receipt)[0] == "intake.not_found"
    assert (Knock.objects.count(), _failures()) == before == (23, 20)
    assert look_up(receipt, address=ELSEWHERE) is not None


def test_the_ledger_says_who_looked_but_not_what_was_typed(desk: Desk) -> None:
    """A look-up, and one in vain, are entries; number and code as typed are in neither."""
    receipt = submit()
    look_up(receipt)
    failure(receipt, number="我的手机13912345678", code="2222-2222-2222")
    found = ledger.entries_page(filters=ledger.EntryFilters(action="intake."), size=5).entries
    assert [each.action for each in found] == ["intake.look_up_failed", "intake.look_up", "intake.submit"]
    assert found[0].data == {"failure": "unknown"}
    assert receipt.code not in str([each.data for each in found])


def test_progress_speaks_the_policys_words(desk: Desk) -> None:
    """Where it stands, by when it will be done and by which clause; nothing of who has it in hand."""
    shown = progress(submit())
    assert (shown.stands, shown.due, shown.over, shown.late) == ("正在核实", "2026-03-09 周一 09:00", False, False)
    assert shown.step_due == "2026-03-03 周二 09:00"
    assert (shown.policy, shown.clause.number, shown.clause.title) == ("申诉和投诉处理程序", "第三条", "处理流程")
    assert [(stage.text, stage.since[:10]) for stage in shown.stages] == [
        ("公司已收到", "2026-03-02"),
        ("正在核实", "2026-03-02"),
    ]
    assert shown.replies == ()
    assert "何宁" not in repr(shown)


def test_a_step_without_words_is_only_in_hand(desk: Desk) -> None:
    """Who is accountable is sought inside; the customer reads that it is in hand."""
    receipt = submit()
    complete(desk.head, case_of(receipt), "judging", {"founded": "成立", "founded_reason": "约定日期已过"})
    shown = progress(receipt)
    assert (shown.stands, [stage.text for stage in shown.stages]) == ("正在办理", ["公司已收到", "正在核实"])


def test_the_reply_is_read_when_its_step_is_done(desk: Desk) -> None:
    """The answer that the policy sends, and nothing that was noted inside."""
    receipt = submit()
    complete(desk.head, case_of(receipt), "judging", TRIAGE)
    assert progress(receipt).replies == ()
    complete(desk.clerk, case_of(receipt), "declining", {"decline_reply": "经核对，报告按约定日期送达。"})
    shown = progress(receipt)
    assert [(reply.label, reply.shown.text) for reply in shown.replies] == [
        ("婉复内容", "经核对，报告按约定日期送达。")
    ]
    assert (shown.stands, shown.over, shown.may_withdraw) == ("已结束", True, False)
    assert [stage.text for stage in shown.stages] == ["公司已收到", "正在核实", "正在答复", "已结束"]
    assert "内部意见" not in repr(shown)
    assert "不成立" not in repr(shown)


def test_withdrawing_ends_the_case_and_tells_whoever_has_it(desk: Desk) -> None:
    """With the code, at the version that was seen; the reason stands in the case."""
    receipt = submit()
    shown = progress(receipt)
    Withdraw(number=receipt.number, code=receipt.code, address=HOME, version=shown.version, reason="已经收到报告").run()
    case = case_of(receipt)
    assert (case.state, case.closed_at) == (CaseState.WITHDRAWN, MONDAY)
    assert progress(receipt).stands == "已撤回"
    told = Notification.objects.filter(case_id=case.pk, kind="cases.withdrawn").values_list("staff_id", flat=True)
    assert list(told) == [desk.head.id]
    (entry,) = ledger.entries_page(filters=ledger.EntryFilters(action="cases.withdraw"), size=5).entries
    assert (entry.actor_name, entry.data["by_customer"]) == ("网上客户", True)


def test_a_withdrawal_with_the_wrong_code_changes_nothing(desk: Desk) -> None:
    """It is answered as a look-up in vain is."""
    receipt = submit()
    before = list(Case.objects.values())
    with pytest.raises(Refused) as found:
        Withdraw(number=receipt.number, code="2222-2222-2222", address=HOME, version=3).run()
    assert found.value.code == "intake.not_found"
    assert list(Case.objects.values()) == before


def test_what_went_on_meanwhile_is_seen_before_it_is_withdrawn(desk: Desk) -> None:
    """At an older version nothing is withdrawn."""
    receipt = submit()
    complete(desk.head, case_of(receipt), "judging", TRIAGE)
    with pytest.raises(Refused) as found:
        Withdraw(number=receipt.number, code=receipt.code, address=HOME, version=3).run()
    assert (found.value.code, case_of(receipt).state) == ("cases.stale", CaseState.OPEN)


def test_only_the_portal_withdraws_so(desk: Desk) -> None:
    """The move of customers is none that staff can make."""
    from keguan.runtime.access.viewer import viewer_for
    from keguan.runtime.processes.actions import WithdrawOwn

    case = case_of(submit())
    with pytest.raises(Refused) as found:
        WithdrawOwn(viewer=viewer_for(desk.head.id), case_id=case.pk, version=case.version, opinion="不办了").run()
    assert (found.value.code, case_of_number(case.number).state) == ("cases.may_not_withdraw", CaseState.OPEN)


def case_of_number(number: str) -> Case:
    """The case, read anew."""
    return Case.objects.get(number=number)


def _other() -> dict[str, str]:
    from tests.runtime.intake.world import SU_HE

    return {**SU_HE, "portal_name": "骆遥", "portal_phone": "13900139000"}


def _failures() -> int:
    filters = ledger.EntryFilters(action="intake.look_up_failed")
    return len(ledger.entries_page(filters=filters, size=100).entries)


def test_progress_is_told_in_english_where_the_policy_has_it(desk: Desk) -> None:
    """The policy's own English words for the step."""
    found = queries.progress(look_up(submit()) or 0, "en")
    assert found is not None
    assert (found.stands, found.replies) == ("Being verified", ())
