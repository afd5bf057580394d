"""Nothing that must be done by several, or side by side, is lost by taking back, sending back or beginning again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.processes.actions import Recall, ReopenCase
from tests.runtime.processes.moving import REASON, on_case
from tests.runtime.processes.world import complete, open_steps, shares, start

if TYPE_CHECKING:
    from tests.runtime.processes.world import Office


def test_taking_back_what_ended_the_other_branch_lets_that_go_on(office: Office) -> None:
    """赵启 leads 核价 back to before the fork, which ends 核房, and takes it back: both go on, both must be done."""
    cast = office.cast
    case = start(cast.lin_xiao, "parallel", office.customer)
    complete(cast.zhao_qi, case, "price", "重报")
    assert open_steps(case) == ["begin"]
    on_case(Recall, cast.zhao_qi, case)
    assert open_steps(case) == ["price", "house"]
    assert [(share.role, share.state) for share in shares(case, "house")] == [("service_specialist", "open")]
    complete(cast.zhao_qi, case, "price", "属实")
    assert open_steps(case) == ["house"]
    complete(cast.xu_ke, case, "house", "属实")
    complete(cast.xu_ke, case, "again")
    assert open_steps(case) == ["meet"]


def test_of_two_that_must_sign_both_sign_when_it_begins_again(office: Office) -> None:
    """周敏 refuses before 赵启 has signed, which ends the case; opened again at that step, it is both their turn."""
    cast = office.cast
    case = start(cast.lin_xiao, "joint", office.customer)
    complete(cast.zhou_min, case, "together", "驳回")
    case.refresh_from_db()
    assert case.state == "cancelled"
    on_case(ReopenCase, cast.lin_xiao, case, step="together", opinion=REASON)
    again = [(share.role, share.staff_id, share.state) for share in shares(case, "together")]
    assert again == [("sales_supervisor", None, "open"), ("service_manager", cast.zhou_min.id, "open")]
    complete(cast.zhou_min, case, "together", "同意")
    assert open_steps(case) == ["together"]
    complete(cast.zhao_qi, case, "together", "同意")
    assert open_steps(case) == ["in_turn"]


def test_of_those_who_sign_in_turn_all_sign_when_it_begins_again(office: Office) -> None:
    """赵启, the first of three, refuses; opened again at that step, it is his turn and then the other two's."""
    cast = office.cast
    case = start(cast.lin_xiao, "joint", office.customer)
    for who in (cast.zhao_qi, cast.zhou_min):
        complete(who, case, "together", "同意")
    complete(cast.zhao_qi, case, "in_turn", "驳回")
    complete(cast.zhou_min, case, "together", "驳回")
    on_case(ReopenCase, cast.lin_xiao, case, step="in_turn", opinion=REASON)
    again = [(share.role, share.state) for share in shares(case, "in_turn")]
    assert again == [("sales_supervisor", "open"), ("service_manager", "waiting"), ("service_specialist", "waiting")]
