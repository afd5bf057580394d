"""Sharing out: worked out first, handed over once confirmed, exact, with a reason, the same every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.access.viewer import system_viewer
from keguan.runtime.allocations.actions import BeginRun, ConfirmRun, SubmitRun, WithdrawRun
from keguan.runtime.allocations.models import Line, Recipient, Run
from keguan.runtime.jobs.actions import run_now
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.org.actions import SetActive
from keguan.runtime.processes.models import Case
from keguan.runtime.records.actions import Create, HandOver
from keguan.runtime.records.models import Ownership, Transfer
from tests.runtime.allocations.world import change_owner, confirmed, drafted, holders, owner, planner, stored, viewer
from tests.runtime.processes.world import complete

if TYPE_CHECKING:
    from tests.cast import Cast


def got(run: Run) -> dict[int, int]:
    """How many each recipient of a run gets, by the record that stands for them."""
    return dict(Recipient.objects.filter(run=run).order_by("recipient_id").values_list("recipient_id", "got"))


def test_shares_and_scores_come_out_as_s27_says(centre: Cast) -> None:
    """60 holders, 30 a head: 6, 18, 30 and 6 by shares; scores 90 and 60 give 36 and 24, and nobody has anything
    yet.
    """
    one, two = planner(centre.lin_xiao, 90), planner(centre.fang_ming, 60)
    filed = [*holders(6, "满期"), *holders(18, "续期"), *holders(30, "老客户"), *holders(6, "未到期")]
    run = drafted(centre)
    assert (run.state, run.pooled, run.given, run.period) == ("draft", 60, 60, "2026-06")
    assert [(row["name"], row["there"], row["target"], row["given"]) for row in run.rows] == [
        ("满期", 6, 6, 6),
        ("续期", 18, 18, 18),
        ("老客户", 30, 30, 30),
        ("其他", 6, 6, 6),
    ]
    assert got(run) == {one: 36, two: 24}
    assert {owner(each) for each in filed} == {None}


def test_what_is_beyond_a_share_stays_and_no_other_row_fills_up(centre: Cast) -> None:
    """10 old customers alone: their row is half of the whole, so 5 go and 5 stay."""
    one = planner(centre.lin_xiao, 90)
    holders(10)
    run = drafted(centre)
    assert (run.given, got(run)) == (5, {one: 5})
    assert sorted(Line.objects.filter(run=run).values_list("stays", flat=True)) == [""] * 5 + ["beyond"] * 5


def test_the_first_in_order_go_first_and_are_dealt_round(centre: Cast) -> None:
    """The largest amounts are shared out, and go by turns: whoever scores more gets the first."""
    one, two = planner(centre.lin_xiao, 50), planner(centre.fang_ming, 40)
    filed = {amount: holders(1, "老客户", amount=str(amount))[0] for amount in (300, 100, 400, 200)}
    run = drafted(centre)
    lines = {line.record_id: (line.place, line.recipient_id, line.stays) for line in Line.objects.filter(run=run)}
    assert lines == {
        filed[400]: (1, one, ""),
        filed[300]: (2, two, ""),
        filed[200]: (3, None, "beyond"),
        filed[100]: (4, None, "beyond"),
    }


def test_confirmed_everybody_has_theirs(centre: Cast) -> None:
    """Owner, unit, the fields that the policy names, the children, the owner's history, a notice, the ledger."""
    one = planner(centre.lin_xiao, 90)
    first, second = holders(2)
    theirs = Create(
        viewer=viewer(centre.xu_ke), record_type="call", values={"holder": str(first), "what": "约访"}
    ).run()
    change_owner("call", theirs, centre.xu_ke.id)
    run = confirmed(centre, drafted(centre))
    assert (run.state, run.handed, run.spared) == ("done", 1, 0)
    unit = centre.lin_xiao.unit_id
    assert stored("holder", first, "owner_id", "unit_id", "planner_id", "times", "version") == (
        centre.lin_xiao.id, unit, one, 1, 2,
    )  # fmt: skip
    assert str(stored("holder", first, "given_on")[0]) == "2026-06-30"
    assert owner(second) is None
    assert owner(theirs, "call") == centre.xu_ke.id
    transfer = Transfer.objects.get()
    assert (transfer.to_id, transfer.reason, transfer.counts) == (
        centre.lin_xiao.id, "客户资源分配 2026-06", {"holder": 1},
    )  # fmt: skip
    assert Ownership.objects.get().record_id == first
    actions = [entry.action for entry in ledger.entries_page(filters=ledger.EntryFilters()).entries][:4]
    assert "allocations.end" in actions


def test_children_of_the_same_owner_go_along(centre: Cast) -> None:
    """What belonged to nobody with its parent goes to the new owner with it."""
    planner(centre.lin_xiao, 90)
    first, _second = holders(2)
    child = Create(
        viewer=system_viewer(), record_type="call", values={"holder": str(first), "what": "约访"}, owner_id=None
    ).run()
    assert owner(child, "call") is None
    confirmed(centre, drafted(centre))
    assert owner(child, "call") == centre.lin_xiao.id


def test_worked_out_again_it_is_the_same(centre: Cast) -> None:
    """Withdrawn and begun anew, every record goes to the same person at the same place."""
    for member, points in ((centre.lin_xiao, 90), (centre.fang_ming, 61), (centre.zhao_qi, 61)):
        planner(member, points)
    holders(7, "满期")
    holders(13)
    first = drafted(centre)
    lines = list(first.lines.order_by("record_id").values_list("record_id", "row", "place", "recipient_id", "turn"))
    WithdrawRun(viewer=viewer(centre.xu_ke), run_id=first.pk, reason="再核对一遍").run()
    again = drafted(centre)
    assert again.pk != first.pk
    assert lines == list(
        again.lines.order_by("record_id").values_list("record_id", "row", "place", "recipient_id", "turn")
    )


def test_who_takes_no_part_is_named_with_the_reason(centre: Cast) -> None:
    """Suspended by the policy, account closed, nobody behind the record, no score: none of them gets anything."""
    here = planner(centre.lin_xiao, 90)
    away = planner(centre.fang_ming, 90, suspended="是")
    unscored = planner(centre.zhao_qi)
    gone = planner(centre.zhou_min, 80)
    nobody = Create(viewer=viewer(centre.xu_ke), record_type="planner", values={"name": "空岗", "points": "70"}).run()
    SetActive(actor=SYSTEM, staff_id=centre.zhou_min.id, active=False).run()
    holders(4)
    run = drafted(centre)
    assert dict(run.recipients.values_list("recipient_id", "excluded")) == {
        here: "", away: "condition", unscored: "no_score", gone: "left", nobody: "no_person",
    }  # fmt: skip
    assert got(run) == {here: 2, away: 0, unscored: 0, gone: 0, nobody: 0}


def test_capacity_counts_what_somebody_has(centre: Cast) -> None:
    """Room for three, one held already: two more, and the others go to the one who has room."""
    one, two = planner(centre.lin_xiao, 90, room="3"), planner(centre.fang_ming, 10)
    Create(
        viewer=viewer(centre.xu_ke), record_type="holder",
        values={"holder_name": "旧客", "kind": "续期", "given_on": "2026-05-30"}, owner_id=centre.lin_xiao.id,
    ).run()  # fmt: skip
    holders(20)
    assert got(drafted(centre)) == {one: 2, two: 8}


def test_areas_are_matched(centre: Cast) -> None:
    """Whoever serves an area gets its customers first, whoever serves all the rest; without anybody they stay."""
    east, both = planner(centre.lin_xiao, area_served="城东"), planner(centre.fang_ming)
    here = holders(4, area="城东")
    there = holders(2, area="城西")
    run = drafted(centre, "by_area")
    lines = dict(run.lines.values_list("record_id", "recipient_id"))
    assert {lines[each] for each in there} == {both}
    assert sorted(lines[each] for each in here) == [east, east, east, both]


def test_groups_of_people_divide_the_whole(centre: Cast) -> None:
    """60 % to the east, 40 % to the west, whoever and however many they are; who is in neither takes no part."""
    east = planner(centre.lin_xiao, area_served="城东")
    west, west_too = planner(centre.fang_ming, area_served="城西"), planner(centre.zhao_qi, area_served="城西")
    out = planner(centre.zhou_min)
    holders(10)
    run = drafted(centre, "groups")
    assert got(run) == {east: 6, west: 2, west_too: 2, out: 0}
    assert [row["given"] for row in run.rows] == [6, 4]


def test_turns_go_on_where_they_ended(centre: Cast) -> None:
    """One record to the first; the next time the second comes first."""
    one, two = planner(centre.lin_xiao), planner(centre.fang_ming)
    holders(1)
    run = confirmed(centre, drafted(centre, "in_turn"))
    assert got(run) == {one: 1, two: 0}


def test_a_process_approves_where_the_policy_says_so(centre: Cast) -> None:
    """Confirming is refused; the case about a sheet lets it be handed over."""
    planner(centre.lin_xiao)
    (one,) = holders(1)
    run = drafted(centre, "by_area")
    with pytest.raises(Refused, match="审批"):
        ConfirmRun(viewer=viewer(centre.xu_ke), run_id=run.pk).run()
    case_id = SubmitRun(viewer=viewer(centre.xu_ke), run_id=run.pk, opinion="六月份，请批").run()
    assert owner(one) is None
    complete(centre.zhou_min, Case.objects.get(pk=case_id), "decide", "同意")
    run.refresh_from_db()
    assert run.state == "confirmed"
    run_now(run.job_id or 0)
    assert owner(one) == centre.lin_xiao.id


def test_a_refused_case_gives_nobody_anything(centre: Cast) -> None:
    """The run is refused, the records stay where they are."""
    planner(centre.lin_xiao)
    (one,) = holders(1)
    run = drafted(centre, "by_area")
    case_id = SubmitRun(viewer=viewer(centre.xu_ke), run_id=run.pk, opinion="六月份，请批").run()
    complete(centre.zhou_min, Case.objects.get(pk=case_id), "decide", "不同意")
    run.refresh_from_db()
    assert (run.state, owner(one)) == ("refused", None)


def test_only_whoever_shares_out_may(centre: Cast) -> None:
    """A planner is refused, and nothing is begun."""
    with pytest.raises(Refused, match="不办理档案的分配"):
        BeginRun(viewer=viewer(centre.lin_xiao), allocation="sharing").run()
    with pytest.raises(Refused, match="认领的公海"):
        BeginRun(viewer=viewer(centre.xu_ke), allocation="lead_pool").run()
    assert not Run.objects.exists()


def test_one_run_at_a_time_and_one_for_a_period(centre: Cast) -> None:
    """A second is refused while the first is open, and once June has been shared out."""
    planner(centre.lin_xiao, 90)
    holders(2)
    run = drafted(centre)
    with pytest.raises(Refused, match="没有办完"):
        BeginRun(viewer=viewer(centre.xu_ke), allocation="sharing").run()
    confirmed(centre, run)
    with pytest.raises(Refused, match="2026-06 已经分过"):
        BeginRun(viewer=viewer(centre.xu_ke), allocation="sharing").run()
    assert Run.objects.count() == 1


def test_what_changed_hands_meanwhile_is_spared(centre: Cast) -> None:
    """A record that somebody else got after the draft stays with them, and is counted."""
    planner(centre.lin_xiao, 90)
    filed = holders(4)
    run = drafted(centre)
    taken = run.lines.filter(recipient_id__isnull=False).order_by("place").values_list("record_id", flat=True)[0]
    HandOver(
        viewer=viewer(centre.xu_ke),
        record_type="holder",
        ids=[taken],
        to_staff_id=centre.fang_ming.id,
        reason="客户指定",
    ).run()
    run = confirmed(centre, run)
    assert (run.handed, run.spared, owner(taken)) == (1, 1, centre.fang_ming.id)
    assert [owner(each) for each in filed].count(centre.lin_xiao.id) == 1
