"""转办."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.org.actions import AppointDeputy, SetActive
from keguan.runtime.processes.actions import AddSigner, HandOn
from keguan.runtime.processes.models import Share
from tests.runtime.processes.moving import MATTER, last, on_task, parts, refused_task, told
from tests.runtime.processes.world import complete, open_steps, shares, start

if TYPE_CHECKING:
    from tests.runtime.processes.world import Office


def test_the_share_becomes_somebody_elses(office: Office) -> None:
    """赵启 hands the supervisor's part on to 周敏: she alone may act, is told, and the deadline stays."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    before = shares(case, "judging")[0]
    moved = on_task(HandOn, cast.zhao_qi, case, "judging", staff_id=cast.zhou_min.id, opinion="请您定")
    assert (moved.state, moved.version) == ("open", 4)
    assert parts(cast, case, "judging") == [
        ("sales_supervisor", "handle", "handed_on"),
        ("周敏", "handle", "open"),
    ]
    after = shares(case, "judging")[1]
    assert (after.for_id, after.role, after.due_at) == (cast.zhao_qi.id, "sales_supervisor", before.due_at)
    assert (last(case).kind, last(case).to_id, last(case).opinion) == ("transfer", cast.zhou_min.id, "请您定")
    assert told(case, cast.zhou_min) == ["cases.handed_on"]
    refused_task("cases.not_yours", HandOn, cast.zhao_qi, case, "judging", staff_id=cast.xu_ke.id)
    complete(cast.zhou_min, case, "judging", "不成立")
    assert open_steps(case) == []


def test_handed_on_twice_it_stays_with_whoever_had_it_first(office: Office) -> None:
    """From 赵启 by 周敏 to 许可: the share says that it was 赵启's; and back with him it is his own."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    on_task(HandOn, cast.zhao_qi, case, "judging", staff_id=cast.zhou_min.id)
    on_task(HandOn, cast.zhou_min, case, "judging", staff_id=cast.xu_ke.id)
    assert shares(case, "judging")[-1].for_id == cast.zhao_qi.id
    on_task(HandOn, cast.xu_ke, case, "judging", staff_id=cast.zhao_qi.id)
    assert (shares(case, "judging")[-1].staff_id, shares(case, "judging")[-1].for_id) == (cast.zhao_qi.id, None)


def test_whoever_was_added_for_it_stays(office: Office) -> None:
    """许可 signs beside 赵启; when he hands on to 周敏, she waits for 许可 all the same."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    on_task(AddSigner, cast.zhao_qi, case, "judging", staff_ids=(cast.xu_ke.id,), where="beside")
    on_task(HandOn, cast.zhao_qi, case, "judging", staff_id=cast.zhou_min.id)
    asked = Share.objects.get(case=case, kind="beside")
    assert asked.asked_by_id == shares(case, "judging")[-1].pk
    complete(cast.zhou_min, case, "judging", "成立")
    assert open_steps(case) == ["judging"]
    complete(cast.xu_ke, case, "judging", "成立")
    assert open_steps(case) == ["calling"]


def test_a_deputy_hands_on_in_somebodys_stead(office: Office) -> None:
    """孙洁 stands in for 赵启 and hands his part on to 周敏: it was 赵启's, and the move says who did it for whom."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    AppointDeputy(actor=SYSTEM, staff_id=cast.zhao_qi.id, deputy_id=office.sun.id).run()
    on_task(HandOn, office.sun, case, "judging", staff_id=cast.zhou_min.id)
    assert (last(case).by_id, last(case).for_id) == (office.sun.id, cast.zhao_qi.id)
    assert shares(case, "judging")[-1].for_id == cast.zhao_qi.id


def test_to_whom_it_does_not_go(office: Office) -> None:
    """Oneself, nobody, a closed account, whoever may not see the class, and whoever it is about: nothing changes."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, {**MATTER, "against": "许可"})
    SetActive(actor=SYSTEM, staff_id=office.qian.id, active=False).run()
    for staff_id, code in [
        (cast.zhao_qi.id, "cases.oneself"),
        (10**9, "cases.no_person"),
        (office.qian.id, "cases.no_person"),
        (cast.guan_li.id, "cases.not_for_them"),
        (cast.xu_ke.id, "cases.barred_person"),
    ]:
        refusal = refused_task(code, HandOn, cast.zhao_qi, case, "judging", staff_id=staff_id)
        assert refusal.fields
    refused_task("cases.not_yours", HandOn, cast.lin_xiao, case, "judging", staff_id=cast.zhou_min.id)


def test_whoever_has_a_part_in_the_step_does_not_get_another(office: Office) -> None:
    """Of two who must sign together neither can sign for both, whether the other has signed yet or not."""
    cast = office.cast
    case = start(cast.lin_xiao, "joint", office.customer)
    refused_task("cases.handles_already", HandOn, cast.zhao_qi, case, "together", staff_id=cast.zhou_min.id)
    complete(cast.zhou_min, case, "together", "同意")
    refused_task("cases.handles_already", HandOn, cast.zhao_qi, case, "together", staff_id=cast.zhou_min.id)


def test_somebody_was_quicker(office: Office) -> None:
    """A move with what was seen before somebody else moved is refused and names them."""
    cast = office.cast
    case = start(cast.lin_xiao, "joint", office.customer)
    seen = case.version
    complete(cast.zhou_min, case, "together", "同意")
    refusal = refused_task("cases.stale", HandOn, cast.zhao_qi, case, "together", staff_id=cast.xu_ke.id, version=seen)
    assert "周敏" in refusal.message
