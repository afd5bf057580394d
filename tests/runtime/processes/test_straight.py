"""退回后直达."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.org.actions import SetActive
from keguan.runtime.processes.actions import ReturnTo
from keguan.runtime.processes.moving import MoveInputs, move
from keguan.runtime.processes.paths import steps_behind
from keguan.runtime.processes.queries import case_view
from keguan.runtime.processes.standing import standing
from tests.runtime.processes.moving import REASON, last, on_task, parts, refused_task, steps
from tests.runtime.processes.world import complete, open_steps, open_task, start, viewer

if TYPE_CHECKING:
    from keguan.runtime.processes.models import Case
    from tests.runtime.processes.world import Office


def at_calling(office: Office) -> Case:
    """A complaint with a claim over 5000 that was filed, judged and paid, and waits for 许可's call."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, {"matter": "空调不制冷", "claim": "8000"})
    complete(cast.zhao_qi, case, "judging", "成立")
    complete(cast.zhou_min, case, "paying", "同意")
    return case


def test_done_again_it_goes_straight_to_whoever_sent_it_back(office: Office) -> None:
    """许可 sends it back to its filing with 直达: 林晓 corrects it and it is 许可's again, nobody judges or pays twice;
    what lies between still lies behind, and the history says so.
    """
    cast, case = office.cast, at_calling(office)
    on_task(ReturnTo, cast.xu_ke, case, "calling", step="filing", opinion=REASON, straight=True)
    assert last(case).data["straight"] == open_task(case, "filing").pk
    complete(cast.lin_xiao, case, "filing", values={"matter": "空调不制冷，已附照片"})
    assert steps(case) == [
        ("filing", 1, "done"),
        ("judging", 1, "done"),
        ("paying", 1, "done"),
        ("calling", 1, "returned"),
        ("filing", 2, "done"),
        ("calling", 2, "open"),
    ]
    assert parts(cast, case, "calling") == [("许可", "handle", "open")]
    assert last(case).data["opened"] == ["calling"]
    assert steps_behind(standing(case.pk), open_task(case, "calling")) == ("filing", "judging", "paying")
    told = [each.reason for each in case_view(viewer(cast.xu_ke), case.pk).moves if each.kind == "return"]
    assert told == ["重新办好后直接回到这一步"]
    complete(cast.xu_ke, case, "calling", "满意")
    case.refresh_from_db()
    assert case.state == "archived"


def test_without_it_everything_between_is_done_again(office: Office) -> None:
    """The same return without 直达: the complaint is judged anew."""
    cast, case = office.cast, at_calling(office)
    on_task(ReturnTo, cast.xu_ke, case, "calling", step="filing", opinion=REASON)
    complete(cast.lin_xiao, case, "filing", values={"matter": "空调不制冷，已附照片"})
    assert open_steps(case) == ["judging"]
    assert "straight" not in last(case).data


def test_another_outcome_goes_its_own_way(office: Office) -> None:
    """Sent back to the judging, which now finds otherwise: the case ends as that says."""
    cast, case = office.cast, at_calling(office)
    on_task(ReturnTo, cast.xu_ke, case, "calling", step="judging", opinion=REASON, straight=True)
    complete(cast.zhao_qi, case, "judging", "不成立")
    case.refresh_from_db()
    assert (case.state, open_steps(case)) == ("ended", [])


def test_what_is_no_longer_asked_for_is_passed_over(office: Office) -> None:
    """周敏 sends it back for its claim, which is small now: nobody has to pay, so the call is next."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, {"matter": "空调不制冷", "claim": "8000"})
    complete(cast.zhao_qi, case, "judging", "成立")
    on_task(ReturnTo, cast.zhou_min, case, "paying", step="filing", opinion=REASON, straight=True)
    complete(cast.lin_xiao, case, "filing", values={"matter": "空调不制冷", "claim": "800"})
    assert open_steps(case) == ["calling"]


def test_of_whoever_has_left_the_role_gets_it(office: Office) -> None:
    """许可 has left when it comes back: it is for whoever holds the role."""
    cast, case = office.cast, at_calling(office)
    on_task(ReturnTo, cast.xu_ke, case, "calling", step="filing", opinion=REASON, straight=True)
    SetActive(actor=SYSTEM, staff_id=cast.xu_ke.id, active=False).run()
    complete(cast.lin_xiao, case, "filing", values={"matter": "空调不制冷"})
    assert parts(cast, case, "calling") == [("service_specialist", "handle", "open")]


def test_through_branches_and_not_before_them(office: Office) -> None:
    """From where branches meet into one of them it comes straight back; before the fork both have to be done anew, so
    直达 is refused there and nothing changes.
    """
    cast = office.cast
    case = start(cast.lin_xiao, "parallel", office.customer)
    refusal = refused_task(
        "cases.no_straight_way", ReturnTo, cast.zhao_qi, case, "price", step="begin", opinion=REASON, straight=True
    )
    assert refusal.message == "退回到“起办”后，中间的步骤都要重新办，不能直达。"
    assert refusal.fields == {"straight": refusal.message}
    complete(cast.zhao_qi, case, "price", "属实")
    complete(cast.xu_ke, case, "house", "属实")
    complete(cast.xu_ke, case, "again")
    on_task(ReturnTo, cast.zhou_min, case, "meet", step="house", opinion=REASON, straight=True)
    complete(cast.xu_ke, case, "house", "属实")
    assert open_steps(case) == ["meet"]
    assert parts(cast, case, "meet") == [("周敏", "handle", "open")]


def test_every_door_can_ask_for_it(office: Office) -> None:
    """The input of the pages and the API reaches the action."""
    cast, case = office.cast, at_calling(office)
    case.refresh_from_db()
    given = MoveInputs(
        kind="return",
        version=case.version,
        task_id=open_task(case, "calling").pk,
        step="filing",
        opinion=REASON,
        straight=True,
    )
    move(viewer(cast.xu_ke), case.pk, given)
    assert last(case).data["straight"] == open_task(case, "filing").pk
