"""The list of records: what it shows, how it is narrowed, what it costs."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.records.actions import Create
from tests.cast import Cast
from tests.web.conftest import SignedIn
from tests.web.records.conftest import PHONE, Filed

FRAGMENT = {"HX-Request": "true"}


def _names(client: Client, query: str = "") -> str:
    response = client.get(f"/records/customer/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_shows_masks_and_grades(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """A row has its grade and a masked phone; the whole number is nowhere in the page."""
    html = _names(signed_in(company.lin_xiao))
    assert "139****5612" in html
    assert PHONE not in html
    assert '<span class="pill pill--blue">B</span>' in html


def test_columns_out_of_sight_are_not_there(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """A salesperson's list has no purchase total; the service manager's has."""
    assert "累计购买额" not in _names(signed_in(company.lin_xiao))
    assert "860 万" in _names(signed_in(company.zhou_min))


@pytest.mark.parametrize("typed", ["苏晴", "sq", "5612", PHONE])
def test_a_name_its_initials_or_the_phones_end_find_the_customer(
    typed: str, company: Cast, signed_in: SignedIn, filed: Filed
) -> None:
    """All four ways of typing find 苏晴 and not 顾明远."""
    html = _names(signed_in(company.lin_xiao), f"?q={quote(typed)}")
    assert "苏晴" in html
    assert "顾明远" not in html


def test_htmx_gets_the_table_alone_and_a_short_address(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """The fragment has rows, a fresh count and no menu; naming the usual columns leaves the address short."""
    client = signed_in(company.lin_xiao)
    usual = "&".join(f"c={code}" for code in ("name", "grade", "card", "phone", "source", "first_contact"))
    response = client.get(f"/records/customer/?q=sq&{usual}", headers=FRAGMENT)
    html = response.content.decode()
    assert response["HX-Push-Url"] == "/records/customer/?q=sq"
    assert "苏晴" in html
    assert "1 份" in html
    assert "主菜单" not in html


def test_a_filter_by_what_may_not_be_seen_is_refused_in_place(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """Asking for purchase totals without the right to see them gives a sentence and no rows."""
    html = _names(signed_in(company.lin_xiao), "?from.total_purchase=800万")
    assert "您不能按“total_purchase”筛选或排序。" in html
    assert "苏晴" not in html


def test_nothing_found_says_what_to_do(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """An empty result offers a way back."""
    html = _names(signed_in(company.lin_xiao), f"?q={quote('欧阳')}")
    assert "没有符合条件的档案" in html
    assert "清除全部条件" in html


def test_another_branch_sees_nothing_of_it(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """方明 in 滨海 neither lists nor finds the customers of 江南."""
    client = signed_in(company.fang_ming)
    assert "苏晴" not in _names(client)
    assert "苏晴" not in _names(client, "?q=5612")


def test_a_view_is_saved_and_removed(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """A list under a name is a tab that asks the same again, for whoever saved it alone."""
    client = signed_in(company.lin_xiao)
    saved = client.post("/records/customer/views/", {"name": "我的B级", "query": "is.grade=B"})
    assert saved["Location"] == "/records/customer/?is.grade=B"
    html = _names(client, "?is.grade=B")
    assert "我的B级" in html
    assert "苏晴" in html
    assert "顾明远" not in html
    assert "我的B级" not in _names(signed_in(company.zhao_qi))
    from keguan.runtime.records.queries import saved_views

    (view,) = saved_views(viewer_for(company.lin_xiao.id), "customer")
    client.post(f"/records/customer/views/{view.id}/remove/")
    assert "我的B级" not in _names(client)


def test_the_lists_queries_do_not_grow_with_its_rows(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """Thirty more rows cost no query more."""
    client = signed_in(company.lin_xiao)
    with CaptureQueriesContext(connection) as few:
        _names(client)
    viewer = viewer_for(company.lin_xiao.id)
    for number in range(30):
        values = {"name": f"客户{number}", "customer_kind": "个人", "phone": f"139100000{number:02d}", "source": "来电"}
        Create(viewer=viewer, record_type="customer", values=values).run()
    with CaptureQueriesContext(connection) as many:
        _names(client)
    assert len(many) == len(few) <= 13


def test_a_list_is_paged_by_key(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """Beyond fifty rows there is a next page, which begins after the last row and leads back to the first."""
    viewer = viewer_for(company.lin_xiao.id)
    for number in range(60):
        values = {
            "name": f"客户{number:02d}",
            "customer_kind": "个人",
            "phone": f"139200000{number:02d}",
            "source": "来电",
        }
        Create(viewer=viewer, record_type="customer", values=values).run()
    client = signed_in(company.lin_xiao)
    html = _names(client)
    assert "客户59" in html
    assert "客户09" not in html
    following = html.split("after=")[1].split('"')[0]
    html = _names(client, f"?after={following}")
    assert "客户59" not in html
    assert "客户09" in html
    assert "第一页" in html


def test_reports_of_one_week_are_told_apart_by_their_branch(
    company: Cast, signed_in: SignedIn, filed: Filed, afternoon: datetime
) -> None:
    """Two branches file in one week: head office sees two reports of the same name, each with its branch."""
    elsewhere = Create(
        viewer=viewer_for(company.fang_ming.id),
        record_type="customer",
        values={"name": "秦海", "customer_kind": "个人", "phone": "13900000009"},
    ).run()
    for who, customer in ((company.lin_xiao, filed.su_qing), (company.fang_ming, elsewhere)):
        values = {"customer": str(customer), "channel": "来电", "received_on": "2026-11-18", "summary": "问户型"}
        Create(viewer=viewer_for(who.id), record_type="reception", values=values).run()
    html = signed_in(company.zhou_min).get("/records/weekly_report/").content.decode()
    assert html.count(">2026年第47周</a>") == 2
    assert re.findall(r'<td data-label="部门" class="nowrap">\s*(\S+)\s*</td>', html) == ["滨海分公司", "江南分公司"]
