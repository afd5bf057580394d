"""The desk: figures of one's own, each with its list and its clause."""

from __future__ import annotations

from tests.cast import Cast
from tests.web.conftest import SignedIn
from tests.web.records.conftest import Filed, filed

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
    assert "客户待补资料" in html
    assert '<span class="pill pill--amber">业主通讯地址</span>' in html
    assert '/policies/property-developer/#data">第三条 意向客户与业主</a>' in html


def test_a_manager_who_owns_none_sees_all_within_reach(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """周敏 owns no customers: her figures are those of everybody's, and say so."""
    html = signed_in(company.zhou_min).get("/desk/").content.decode()
    assert "可见的客户，按客户等级" in html
    assert '<a class="figure__value" href="/records/customer/?is.grade=B">1</a>' in html


def test_an_administrators_desk_says_what_to_do(company: Cast, signed_in: SignedIn) -> None:
    """Somebody without customers is led on."""
    html = signed_in(company.guan_li).get("/desk/").content.decode()
    assert "现在没有要办的事" in html
