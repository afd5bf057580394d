"""撤销."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.ledger.events import listening
from keguan.runtime.processes.actions import PauseCase, WithdrawCase
from keguan.runtime.processes.events import CaseClosed
from keguan.runtime.processes.models import Case
from tests.runtime.processes.moving import MATTER, last, on_case, parts, refused_case, steps, told
from tests.runtime.processes.world import complete, start

if TYPE_CHECKING:
    from tests.runtime.processes.world import Office

REASON = "客户撤诉，已电话确认"


def test_whoever_started_it_takes_it_back(office: Office) -> None:
    """林晓 withdraws: the case ends at once, whoever has it in hand is told, and others may react."""
    cast, heard = office.cast, []
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    with listening(CaseClosed, heard.append):
        moved = on_case(WithdrawCase, cast.lin_xiao, case, opinion=REASON)
    case.refresh_from_db()
    assert (moved.state, case.closed_at, case.next_at) == ("withdrawn", clock.now(), None)
    assert steps(case) == [("filing", 1, "done"), ("judging", 1, "cancelled")]
    assert parts(cast, case, "judging") == [("sales_supervisor", "handle", "closed")]
    assert (last(case).kind, last(case).opinion, last(case).data) == ("withdraw", REASON, {"by_customer": False})
    assert "cases.withdrawn" in told(case, cast.zhao_qi)
    assert heard == [CaseClosed(case.pk, "complaint", "customer", office.customer, "withdrawn", late=False)]


def test_the_customer_wishes_it(office: Office) -> None:
    """赵启 handles the case and writes down that the customer withdraws; paused clocks do not stand in the way."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    refused_case("cases.not_initiator", WithdrawCase, cast.zhao_qi, case, opinion=REASON)
    on_case(PauseCase, cast.zhao_qi, case, reason="等待客户补充材料")
    on_case(WithdrawCase, cast.zhao_qi, case, opinion=REASON, by_customer=True)
    case.refresh_from_db()
    assert (case.state, case.paused_at, last(case).data) == ("withdrawn", None, {"by_customer": True})
    assert "cases.withdrawn" in told(case, cast.lin_xiao)


def test_a_case_within_it_ends_too(office: Office) -> None:
    """While the project waits for its notice, the initiator withdraws: both are over."""
    cast = office.cast
    case = start(cast.lin_xiao, "project", office.customer)
    below = Case.objects.get(parent_task__case=case)
    on_case(WithdrawCase, cast.lin_xiao, case, opinion=REASON)
    case.refresh_from_db()
    below.refresh_from_db()
    assert (case.state, below.state) == ("withdrawn", "cancelled")


def test_who_may_not(office: Office) -> None:
    """Onlookers, whomever it is about, without a reason, and once it is over: nothing changes."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, {**MATTER, "against": "赵启"})
    refused_case("cases.opinion", WithdrawCase, cast.lin_xiao, case, opinion="撤")
    for who in (cast.xu_ke, cast.zhao_qi):
        refused_case("cases.not_initiator", WithdrawCase, who, case, opinion=REASON, by_customer=True)
    refused_case("cases.not_found", WithdrawCase, cast.fang_ming, case, opinion=REASON)
    on_case(WithdrawCase, cast.lin_xiao, case, opinion=REASON)
    refused_case("cases.closed", WithdrawCase, cast.lin_xiao, case, opinion=REASON)


def test_somebody_was_quicker(office: Office) -> None:
    """It is refused on what was seen before."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    seen = case.version
    complete(cast.zhao_qi, case, "judging", "成立")
    refused_case("cases.stale", WithdrawCase, cast.lin_xiao, case, opinion=REASON, version=seen)
