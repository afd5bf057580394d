"""The whole of a record: all that belongs to it, in a fixed number of queries, as if it were asked for one by one."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import Create
from keguan.runtime.records.queries import Filter, ListQuery, Operator
from tests.cast import Cast, Member
from tests.web.conftest import SignedIn
from tests.web.records.conftest import Filed

BUDGET = 28
LISTED = {
    "contact": ("contact_name", "post"),
    "relation": ("relation_kind", "customer", "other"),
    "purchase_contract": ("contract_number", "amount"),
    "reception": ("summary", "channel"),
}


def _file(who: Member, record_type: str, **values: str | int | date) -> int:
    return Create(viewer=viewer_for(who.id), record_type=record_type, values=values).run()


@pytest.fixture
def full(company: Cast, filed: Filed) -> int:
    """苏晴, with something of every kind that can belong to a customer, filed by three people."""
    customer, other = filed.su_qing, filed.gu_mingyuan
    _file(company.lin_xiao, "contact", customer=customer, contact_name="苏晓", post="助理", contact_phone="13900000077")
    _file(company.lin_xiao, "relation", customer=customer, other=other, relation_kind="同事")
    _file(company.zhao_qi, "relation", customer=other, other=customer, relation_kind="介绍")
    activity = _file(company.xu_ke, "activity", activity_name="中秋雅集", held_on="2026-09-25")
    _file(
        company.xu_ke,
        "attendance",
        customer=customer,
        activity=activity,
        attended_on="2026-09-25",
        attendance_kind="参加",
    )
    _file(company.lin_xiao, "visit", customer=customer, visited_on="2026-10-08", purpose="节后走访")
    _file(company.lin_xiao, "note", customer=customer, noted_on="2026-10-09", content="喜欢南向")
    _file(company.zhao_qi, "reception", customer=customer, channel="来访", received_on="2026-10-10", summary="看三期")
    return customer


def test_everything_is_there_within_the_budget(company: Cast, signed_in: SignedIn, full: int) -> None:
    """Seven kinds of children, what these refer to, grade, reasons, owners, merges and history: 28 queries at most."""
    client = signed_in(company.zhou_min)
    with CaptureQueriesContext(connection) as queries:
        html = client.get(f"/records/customer/{full}/").content.decode()
    assert len(queries) <= BUDGET, [each["sql"] for each in queries]
    for told in ("苏晓", "同事", "介绍", "顾明远", "GF-2026-0231", "中秋雅集", "节后走访", "喜欢南向", "看三期"):
        assert told in html, told
    assert "客户关系（作为客户甲）" in html
    assert "客户关系（作为客户乙）" in html
    assert "13900000077" not in html


def test_more_children_take_no_more_queries(company: Cast, signed_in: SignedIn, full: int) -> None:
    """Thirty more receptions: twenty in the table with the honest count, all on the timeline, in as many queries."""
    client = signed_in(company.zhou_min)
    with CaptureQueriesContext(connection) as before:
        client.get(f"/records/customer/{full}/")
    for number in range(30):
        day = date(2026, 10, 11) + timedelta(days=number)
        _file(
            company.lin_xiao, "reception", customer=full, channel="来电", received_on=day, summary=f"第{number}次来电"
        )
    with CaptureQueriesContext(connection) as after:
        html = client.get(f"/records/customer/{full}/").content.decode()
    assert len(after) <= len(before) + 1  # the weekly reports that receptions now refer to are still one query
    table = html[html.index('id="child-reception"') : html.index('id="timeline"')]
    assert "31 份" in table
    assert table.count("data-row-link") == 20
    assert len(re.findall(r"接待登记 第\d+次来电", html)) == 30


@pytest.mark.parametrize("who", ["zhou_min", "lin_xiao", "zhao_qi", "fang_ming", "he_shen"])
@pytest.mark.parametrize("many", [0, 55])
def test_it_is_what_the_lists_and_the_timeline_say(who: str, many: int, company: Cast, full: int) -> None:
    """Whoever looks, and however much there is, nothing is shown here that is not there, and nothing is missing."""
    for number in range(many):
        _file(
            company.lin_xiao,
            "reception",
            customer=full,
            channel="来电",
            received_on=date(2026, 1, 1) + timedelta(days=7 * number % 300),
            summary=f"第{number}次来电",
        )
    viewer = viewer_for(getattr(company, who).id)
    if who == "fang_ming":
        with pytest.raises(Refused, match="没有这份档案"):
            records.whole(viewer, "customer", full, lambda child: LISTED.get(child.record_type, ()))
        return
    whole = records.whole(viewer, "customer", full, lambda child: LISTED.get(child.record_type, ()))
    assert whole.profile == records.profile(viewer, "customer", full)
    assert whole.events == records.timeline(viewer, "customer", full)
    for child in whole.profile.children:
        if child.record_type not in LISTED:
            continue
        only = Filter(child.via, Operator.IS, (str(full),))
        asked = ListQuery(filters=(only,), columns=LISTED[child.record_type], size=20)
        page = records.page(viewer, child.record_type, asked)
        assert dict(whole.children).get(child) == (page if page.rows else None), child
