"""A pool: hidden until claimed, claimed once, capped, cooled off, taken back when nobody follows up."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from keguan.runtime.access.viewer import system_viewer
from keguan.runtime.allocations import queries
from keguan.runtime.allocations.actions import ReturnRecord
from keguan.runtime.allocations.models import Claim
from keguan.runtime.allocations.recycling import catch_up
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.notifications.models import Notification
from keguan.runtime.org.actions import SetActive
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import CreateMany, HandOver, Update
from keguan.runtime.records.draft import NewRecord
from keguan.runtime.records.list_query import Filter, ListQuery, Operator
from keguan.runtime.records.owners.history import owner_history
from tests.runtime.allocations.world import claim, lead, owner, stored, viewer

if TYPE_CHECKING:
    from tests.cast import Cast, Member


def give_back(member: Member, record_id: int) -> int:
    """Somebody returns a lead."""
    return ReturnRecord(viewer=viewer(member), pool="lead_pool", id=record_id, reason="客户暂无意向").run()


def follow(record_id: int, day: str) -> None:
    """A lead was followed up on a day."""
    (version,) = stored("lead", record_id, "version")
    Update(viewer=system_viewer(), record_type="lead", id=record_id, version=version, values={"followed_on": day}).run()


def test_claimed_it_is_theirs(centre: Cast) -> None:
    """Owner, unit, the fields that the policy names, the history, and the pool is empty."""
    one = lead("甲", wish="两居")
    claim(centre.lin_xiao, one)
    assert stored("lead", one, "owner_id", "unit_id", "broker", "taken_times") == (
        centre.lin_xiao.id, centre.lin_xiao.unit_id, centre.lin_xiao.id, 1,
    )  # fmt: skip
    assert str(stored("lead", one, "taken_on")[0]) == "2026-06-30"
    now, before = owner_history(viewer(centre.lin_xiao), "lead", one)
    assert (now.owner, before.owner, before.reason) == ("林晓", "", "从“线索公海”认领")
    assert queries.pool_page(viewer(centre.lin_xiao), "lead_pool").rows == ()
    assert [(each.title.text, each.row) for each in queries.taken(viewer(centre.lin_xiao), "lead_pool")] == [
        ("甲", "普通")
    ]


def test_nobody_claims_what_somebody_has(centre: Cast) -> None:
    """The second is told, and the first keeps it."""
    one = lead("甲")
    claim(centre.lin_xiao, one)
    with pytest.raises(Refused, match="已经被别人认领"):
        claim(centre.fang_ming, one)
    assert (owner(one, "lead"), Claim.objects.count()) == (centre.lin_xiao.id, 1)


def test_what_the_policy_keeps_out_of_the_pool_cannot_be_claimed(centre: Cast) -> None:
    """A closed lead is refused as if it were not there, as is one that does not exist."""
    closed = lead("甲", closed="是")
    for record_id in (closed, 999_999, -1, 10**30):
        with pytest.raises(Refused, match="不在公海"):
            claim(centre.lin_xiao, record_id)
    assert owner(closed, "lead") is None


def test_limits_hold_in_a_day_in_a_row_and_in_all(centre: Cast) -> None:
    """Two a day; one urgent lead; three held in all."""
    plain, urgent = [lead(f"普{n}") for n in range(5)], [lead(f"急{n}", grade="A") for n in range(2)]
    claim(centre.lin_xiao, urgent[0])
    with pytest.raises(Refused, match="“急客”您已经认领了 1 份"):
        claim(centre.lin_xiao, urgent[1])
    claim(centre.lin_xiao, plain[0])
    with pytest.raises(Refused, match="已经认领 2 次"):
        claim(centre.lin_xiao, plain[1])
    with clock.hold(clock.now() + timedelta(days=1)):
        claim(centre.lin_xiao, plain[1])
        with pytest.raises(Refused, match="已经有 3 份"):
            claim(centre.lin_xiao, plain[2])
    assert Claim.objects.filter(staff_id=centre.lin_xiao.id).count() == 3


def test_whoever_had_it_waits_until_it_has_cooled_off(centre: Cast) -> None:
    """Returned today, claimable by others at once, by its former owner in 30 days."""
    one = lead("甲")
    claim(centre.lin_xiao, one)
    give_back(centre.lin_xiao, one)
    assert (owner(one, "lead"), Claim.objects.get().end) == (None, "returned")
    with pytest.raises(Refused, match="2026-07-30 起"):
        claim(centre.lin_xiao, one)
    with clock.hold(clock.now() + timedelta(days=30)):
        claim(centre.lin_xiao, one)
    assert owner(one, "lead") == centre.lin_xiao.id


def test_only_those_to_whom_it_is_open_claim(centre: Cast) -> None:
    """许可 shares out and sees the pool, but is no broker; 何审 does not even see it."""
    one = lead("甲")
    with pytest.raises(Refused, match="不向您的岗位开放"):
        claim(centre.xu_ke, one)
    assert [each.code for each in queries.pool_cards(viewer(centre.xu_ke))] == ["lead_pool"]
    assert queries.pool_cards(viewer(centre.he_shen)) == ()
    assert owner(one, "lead") is None


def test_what_the_pool_hides_is_hidden_everywhere_until_it_is_claimed(centre: Cast) -> None:
    """A head who sees everything sees neither wish nor wechat of a lead that is nobody's, cannot ask about them, and
    sees them once it is claimed; whoever shares out sees them all along.
    """
    one = lead("甲", wish="两居", wechat="jia-wx", lead_phone="13800138001")
    head, keeper = viewer(centre.he_shen), viewer(centre.xu_ke)
    asks = ListQuery(filters=(Filter("wish", Operator.CONTAINS, ("两居",)),), columns=("wish",))
    page = records.page(head, "lead", ListQuery(columns=("wish", "wechat", "lead_phone")))
    assert [(row.title.text, {cell.state for cell in row.cells.values()}) for row in page.rows] == [("甲", {"hidden"})]
    assert not records.page(head, "lead", asks).rows
    assert not records.page(head, "lead", ListQuery(search="两居")).rows
    kept = records.page(keeper, "lead", ListQuery(columns=("wish", "lead_phone"))).rows[0].cells
    assert (kept["wish"].text, kept["lead_phone"].state) == ("两居", "masked")
    row = queries.pool_page(viewer(centre.lin_xiao), "lead_pool").rows[0]
    assert (row.title.text, "两居" in repr(row), "jia-wx" in repr(row), "138" in repr(row)) == (
        "甲",
        False,
        False,
        False,
    )
    claim(centre.lin_xiao, one)
    assert [row.id for row in records.page(head, "lead", asks).rows] == [one]
    mine = records.profile(viewer(centre.lin_xiao), "lead", one)
    assert "两居" in repr(mine)


def test_without_follow_up_it_goes_back_with_a_warning(centre: Cast) -> None:
    """A plain lead: warned a week before, taken back after 90 days, the owner told both times; nothing twice a day."""
    one = lead("甲")
    claim(centre.lin_xiao, one)
    begun = clock.now()
    with clock.hold(begun + timedelta(days=82)):
        assert catch_up() == 0
        assert not Notification.objects.filter(kind="allocations.recycling").exists()
    with clock.hold(begun + timedelta(days=83)):
        assert catch_up() == 0
        notice = Notification.objects.get(kind="allocations.recycling")
        assert (notice.staff_id, notice.facts) == (centre.lin_xiao.id, {"count": 1, "due": "2026-09-28"})
    with clock.hold(begun + timedelta(days=84)):
        assert catch_up() == 0
        assert Notification.objects.filter(kind="allocations.recycling").count() == 1
    with clock.hold(begun + timedelta(days=90)):
        assert (catch_up(), catch_up()) == (1, 0)
        assert owner(one, "lead") is None
        assert Notification.objects.get(kind="allocations.recycled").staff_id == centre.lin_xiao.id
    assert Claim.objects.get().end == "recycled"


def test_follow_up_begins_the_time_anew(centre: Cast) -> None:
    """Followed up in September, it stays until December; an urgent one goes after 15 days."""
    plain, urgent = lead("甲"), lead("乙", grade="A")
    claim(centre.lin_xiao, plain)
    claim(centre.lin_xiao, urgent)
    begun = clock.now()
    follow(plain, "2026-09-15")
    with clock.hold(begun + timedelta(days=15)):
        assert catch_up() == 1
    with clock.hold(begun + timedelta(days=95)):
        assert catch_up() == 0
        assert owner(plain, "lead") == centre.lin_xiao.id
    assert owner(urgent, "lead") is None


def test_whoever_filed_it_has_it_from_that_day(centre: Cast) -> None:
    """A lead that was somebody's from the beginning goes back 90 days after it was filed."""
    new = NewRecord({"lead_name": "丙"}, owner_id=centre.lin_xiao.id, unit_id=centre.lin_xiao.unit_id)
    (one,) = CreateMany(viewer=system_viewer(), record_type="lead", rows=[new]).run()
    begun = clock.now()
    with clock.hold(begun + timedelta(days=89)):
        assert catch_up() == 0
    with clock.hold(begun + timedelta(days=90)):
        assert catch_up() == 1
    assert owner(one, "lead") is None


def test_a_leavers_records_go_back(centre: Cast) -> None:
    """Account closed: the next look takes what is theirs back to the pool; closed leads stay where they are."""
    one, sold = lead("甲"), lead("乙")
    claim(centre.lin_xiao, one)
    claim(centre.lin_xiao, sold)
    (version,) = stored("lead", sold, "version")
    Update(viewer=system_viewer(), record_type="lead", id=sold, version=version, values={"closed": "是"}).run()
    SetActive(actor=SYSTEM, staff_id=centre.lin_xiao.id, active=False).run()
    assert catch_up() == 1
    assert (owner(one, "lead"), owner(sold, "lead")) == (None, centre.lin_xiao.id)


def test_handed_on_the_claim_is_over(centre: Cast) -> None:
    """A manager hands the lead to somebody else: it no longer counts against whoever claimed it."""
    one = lead("甲")
    claim(centre.lin_xiao, one)
    HandOver(
        viewer=viewer(centre.xu_ke), record_type="lead", ids=[one], to_staff_id=centre.fang_ming.id, reason="客户指定"
    ).run()
    assert Claim.objects.get().end == "handed_on"


def test_only_the_owner_gives_it_back_and_says_why(centre: Cast) -> None:
    """Somebody else is refused, and so is no reason."""
    one = lead("甲")
    claim(centre.lin_xiao, one)
    with pytest.raises(Refused, match="不归您负责"):
        give_back(centre.fang_ming, one)
    with pytest.raises(Refused, match="事由"):
        ReturnRecord(viewer=viewer(centre.lin_xiao), pool="lead_pool", id=one, reason=" ").run()
    assert owner(one, "lead") == centre.lin_xiao.id
