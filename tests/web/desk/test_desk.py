"""The desk: figures of one's own, each with its list and its clause."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.records.actions import Create
from tests.cast import Cast
from tests.web.conftest import SignedIn
from tests.web.records.conftest import Filed, filed

if TYPE_CHECKING:
    from datetime import datetime

    from django.test import Client

__all__ = ["filed"]


def test_my_customers_by_grade_open_their_lists(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """林晓 has one B and one E, each a link to exactly those, with the clause beside."""
    client = signed_in(company.lin_xiao)
    html = client.get("/desk/").content.decode()
    link = f"/records/customer/?is.@owner={company.lin_xiao.id}&amp;is.grade=B"
    assert f'<a class="figure__value" href="{link}">1</a>' in html
    assert '/policies/property-developer/#grade">第四条 五级分类</a>' in html
    listed = client.get(link.replace("&amp;", "&")).content.decode()
    assert "苏晴" in listed
    assert "顾明远" not in listed


def test_what_moved_is_told(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """The contract made 苏晴 a B: one move from E to B within the last days."""
    client = signed_in(company.lin_xiao)
    html = client.get("/desk/").content.decode()
    assert "<span>E → B</span>" in html
    listed = client.get("/desk/moved/customer_grade/?before=E&after=B", follow=True).content.decode()
    assert "名单：1 份" in listed
    assert "苏晴" in listed
    assert "顾明远" not in listed


def test_who_moved_elsewhere_is_nobodys_business(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """方明 in another branch opens the same address and sees an empty list; an unknown decision is not found."""
    client = signed_in(company.fang_ming)
    listed = client.get("/desk/moved/customer_grade/?before=E&after=B", follow=True).content.decode()
    assert "没有符合条件的档案" in listed
    assert client.get("/desk/moved/nothing/").status_code == 404


def test_what_is_missing_is_told_to_those_who_may_know_why(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """An owner's address is wanted; a salesperson, who may not see purchases, is not told by this."""
    assert "业主通讯地址" not in signed_in(company.lin_xiao).get("/desk/").content.decode()
    html = signed_in(company.zhou_min).get("/desk/").content.decode()
    assert "全部客户待补资料" in html
    assert '<span class="pill pill--amber">业主通讯地址</span>' in html
    assert '/policies/property-developer/#data">第三条 意向客户与业主</a>' in html


def test_a_manager_who_owns_none_sees_all_within_reach(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """周敏 owns no customers: her figures are those of everybody's, and say so."""
    html = signed_in(company.zhou_min).get("/desk/").content.decode()
    assert "全部客户，按客户等级" in html
    assert '<a class="figure__value" href="/records/customer/?is.grade=B">1</a>' in html


@pytest.mark.parametrize(
    ("who", "whose", "grades"),
    [
        ("zhao_qi", "本部门客户", {"B": 1, "E": 1}),
        ("xu_ke", "全部客户", {"B": 1, "E": 2}),
        ("he_shen", "全部客户", {"B": 1, "E": 2}),
    ],
)
def test_whoever_owns_none_sees_what_is_within_reach(
    who: str, whose: str, grades: dict[str, int], company: Cast, signed_in: SignedIn, filed: Filed
) -> None:
    """A supervisor has her branch's customers on her desk, head office all; every figure opens exactly its list."""
    Create(
        viewer=viewer_for(company.fang_ming.id),
        record_type="customer",
        values={"name": "秦海", "customer_kind": "个人", "phone": "13900000009"},
    ).run()
    client = signed_in(getattr(company, who))
    html = client.get("/desk/").content.decode()
    assert f"{whose}，按客户等级" in html
    found = dict(re.findall(r'<a class="figure__value" href="(/records/customer/[^"]*)">([\d,+]+)</a>', html))
    assert {link[-1]: int(count) for link, count in found.items() if count != "0"} == grades
    for link, count in found.items():
        listed = client.get(link).content.decode()
        assert listed.count("data-row-link") == int(count)


def test_this_weeks_entries_are_those_within_reach(
    company: Cast, signed_in: SignedIn, filed: Filed, afternoon: datetime
) -> None:
    """One reception of this week in the branch: on its supervisor's desk, on head office's, not on another branch's."""
    values = {"customer": str(filed.su_qing), "channel": "来电", "received_on": "2026-11-18", "summary": "问户型"}
    Create(viewer=viewer_for(company.lin_xiao.id), record_type="reception", values=values).run()
    assert _filed_this_week(signed_in(company.lin_xiao)) == {"接待登记": ("我的", "1")}
    assert _filed_this_week(signed_in(company.zhao_qi)) == {"接待登记": ("本部门", "1")}
    assert _filed_this_week(signed_in(company.zhou_min)) == {"接待登记": ("全部", "1")}
    assert _filed_this_week(signed_in(company.fang_ming)) == {}


def _filed_this_week(client: Client) -> dict[str, tuple[str, str]]:
    html = client.get("/desk/").content.decode()
    line = r'<span>\s*(\S+) <span class="hush small">(\S+)</span>.*?<a class="strong" href="[^"]*">(\S+)</a>'
    return {label: (whose, count) for label, whose, count in re.findall(line, html, re.DOTALL)}


def test_without_any_customer_there_is_no_row_of_zeros(company: Cast, signed_in: SignedIn) -> None:
    """Before the first customer the desk says so and leads to the list."""
    html = signed_in(company.zhou_min).get("/desk/").content.decode()
    assert "figure__value" not in html
    assert "还没有客户" in html
    assert '<a href="/records/customer/?">去登记</a>' in html


def test_nobody_is_told_that_all_is_there_who_could_not_be_told_otherwise(
    company: Cast, signed_in: SignedIn, filed: Filed
) -> None:
    """An auditor sees no field that could be asked for: the desk says neither that any is missing nor that none is."""
    html = signed_in(company.he_shen).get("/desk/").content.decode()
    assert "待补资料" not in html
    assert "资料齐全" not in html


def test_an_administrators_desk_says_what_to_do(company: Cast, signed_in: SignedIn) -> None:
    """Somebody without customers is led on."""
    html = signed_in(company.guan_li).get("/desk/").content.decode()
    assert "现在没有要办的事" in html
