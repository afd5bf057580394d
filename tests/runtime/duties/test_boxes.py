"""A person finds their duties in boxes, page by page, in a fixed number of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime.duties.actions import DischargeDuty
from keguan.runtime.duties.queries import counts, duties_of, mine, overdue
from keguan.runtime.ledger.actions import Refused
from tests.runtime.duties.world import contract, customer, duties, only, until, viewer

if TYPE_CHECKING:
    from tests.cast import Cast


def due(office: Cast, box: str) -> list[str]:
    """What 许可 finds in a box, by the name of the customer."""
    return [row.title.text for row in mine(viewer(office.xu_ke), box).rows]


def test_boxes_are_by_the_due_moment(office: Cast) -> None:
    """Checks due on Thursday, Friday and next Monday, seen on Thursday at noon: late, today and this week."""
    customer(office.lin_xiao, "一")
    until(2026, 3, 2, 15, 0)
    customer(office.lin_xiao, "二")
    until(2026, 3, 3, 9, 0)
    customer(office.lin_xiao, "三")
    until(2026, 3, 4, 9, 0)
    customer(office.lin_xiao, "四")
    until(2026, 3, 5, 12, 0)
    assert (due(office, "late"), due(office, "today"), due(office, "week")) == (["一"], ["二"], ["二", "三"])
    assert due(office, "all") == due(office, "claimable") == ["一", "二", "三", "四"]
    found = {name: str(count) for name, count in counts(viewer(office.xu_ke)).items()}
    assert found == {"late": "1", "today": "1", "week": "2", "all": "4", "claimable": "4"}
    DischargeDuty(viewer=viewer(office.xu_ke), duty_id=duties("checks")[0].pk, note="已核").run()
    assert (due(office, "late"), due(office, "done")) == ([], ["一"])


def test_pages_follow_each_other(office: Cast) -> None:
    """Five duties of one moment in pages of two: all of them, each once, in order."""
    names = ["一", "二", "三", "四", "五"]
    for name in names:
        customer(office.lin_xiao, name)
    found, cursor = [], ""
    for _page in range(3):
        page = mine(viewer(office.xu_ke), "all", cursor, size=2)
        found += [row.title.text for row in page.rows]
        cursor = page.next
    assert (found, cursor) == (names, "")


def test_a_page_costs_six_queries(office: Cast) -> None:
    """However many duties there are, and whatever they are about; counting costs one for each box."""
    who = viewer(office.xu_ke)
    customer(office.lin_xiao, "一")
    mine(who, "all")
    costs = []
    for name in ("二", "三"):
        customer(office.lin_xiao, name)
        with CaptureQueriesContext(connection) as captured:
            mine(who, "all")
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 8  # two of them a request has asked already: policy and calendar
    with CaptureQueriesContext(connection) as captured:
        counts(who)
    assert len(captured) <= 8


@pytest.mark.parametrize("cursor", ["x", "bm9wZQ", "WyIyMDI2IiwxXQ"])
def test_a_damaged_place_is_refused(office: Cast, cursor: str) -> None:
    """A cursor that nobody gave out."""
    with pytest.raises(Refused) as refused:
        mine(viewer(office.xu_ke), "all", cursor)
    assert refused.value.code == "duties.place"
    with pytest.raises(Refused) as refused:
        mine(viewer(office.xu_ke), "nowhere")
    assert refused.value.code == "duties.box"


def test_a_record_shows_what_is_owed_to_those_who_may_see_it(office: Cast) -> None:
    """Of the class that the duty belongs to: an auditor, who has it, sees all; another branch sees no record."""
    zhang = customer(office.lin_xiao)
    contract(office.zhou_min, zhang)
    assert {row.duty for row in duties_of(viewer(office.zhou_min), "customer", zhang)} == {
        "visits",
        "checks",
        "after_purchase",
    }
    with pytest.raises(Refused) as refused:
        duties_of(viewer(office.fang_ming), "customer", zhang)
    assert refused.value.code == "records.not_found"


def test_managers_see_what_is_late_within_their_reach(office: Cast) -> None:
    """赵启 the late ones of her branch, 方明 none of them, the auditor those without the customer's name."""
    zhang = customer(office.lin_xiao)
    until(2026, 3, 6, 9, 0)
    late = only("checks", zhang).pk
    assert [row.id for row in overdue(viewer(office.zhao_qi)).rows] == [late]
    assert [row.id for row in overdue(viewer(office.fang_ming)).rows] == []
    (seen,) = overdue(viewer(office.he_shen)).rows
    assert (seen.id, seen.title.state) == (late, "hidden")
    assert [row.id for row in overdue(viewer(office.zhou_min), unit_id=office.zhao_qi.unit_id).rows] == [late]
    assert [row.id for row in overdue(viewer(office.zhou_min), unit_id=office.fang_ming.unit_id).rows] == []
    assert [row.id for row in overdue(viewer(office.zhou_min), staff_id=office.lin_xiao.id).rows] == []
