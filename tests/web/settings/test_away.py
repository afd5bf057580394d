"""The pages that name deputies and heads of units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.org import queries as org
from tests.cast import JIANGNAN

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django import DjangoAssertMaxNumQueries

    from tests.cast import Cast
    from tests.web.conftest import SignedIn

FORM = {"deputy": "许可", "since": "2026-11-23", "until": "2026-11-27", "reason": "年假"}


def test_a_person_arranges_and_ends_their_own_deputy(
    company: Cast, signed_in: SignedIn, afternoon: datetime, django_assert_max_num_queries: DjangoAssertMaxNumQueries
) -> None:
    """周敏 names 许可 for a week, both see it, and she ends it when she is back early."""
    browser = signed_in(company.zhou_min)
    assert browser.post("/settings/away/", FORM).status_code == 302
    (card,) = org.deputyships()
    assert (card.staff_name, card.deputy_name, card.reason) == ("周敏", "许可", "年假")
    with django_assert_max_num_queries(8):
        assert "结束代理" in browser.get("/settings/away/").content.decode()
    other = signed_in(company.xu_ke).get("/settings/away/").content.decode()
    assert "我正在代理" in other
    assert browser.post(f"/settings/away/{card.id}/end").status_code == 302
    assert org.deputyships() == ()


def test_a_wrong_form_says_what_to_do(company: Cast, signed_in: SignedIn, afternoon: datetime) -> None:
    """Nobody of the name, a day that is none, the past: said on the field, what was typed is kept, nothing changes."""
    browser = signed_in(company.zhou_min)
    for change, sentence in [
        ({"deputy": "查无此人"}, "没有找到这个人，请填写姓名或用户名。"),
        ({"since": "明天"}, "日期请写成 2026-11-30 这样。"),
        ({"since": "2026-11-01"}, "代理不能从过去开始，请选今天或以后的日子。"),
    ]:
        answer = browser.post("/settings/away/", {**FORM, **change})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert "年假" in answer.content.decode()
    assert org.deputyships() == ()


def test_somebody_elses_stays(company: Cast, signed_in: SignedIn, afternoon: datetime) -> None:
    """方明 cannot end what 周敏 has arranged, nor arrange for her; 管理 can."""
    signed_in(company.zhou_min).post("/settings/away/", FORM)
    (card,) = org.deputyships()
    stranger = signed_in(company.fang_ming)
    assert stranger.post(f"/settings/away/{card.id}/end").status_code == 403
    assert stranger.post("/settings/away/", {**FORM, "staff": "赵启"}).status_code == 422
    assert [each.id for each in org.deputyships()] == [card.id]
    assert signed_in(company.guan_li).post("/settings/away/", {**FORM, "staff": "赵启"}).status_code == 302
    assert {each.staff_name for each in org.deputyships()} == {"周敏", "赵启"}


def test_the_administrator_names_the_head_of_a_unit(company: Cast, signed_in: SignedIn) -> None:
    """管理 names 赵启 for 江南 and takes him back; 赵启 himself may not even look."""
    browser, unit = signed_in(company.guan_li), company.units[JIANGNAN]
    assert browser.post("/settings/heads/", {"unit": unit, "head": "zhao_qi"}).status_code == 302
    assert org.heads() == {unit: company.zhao_qi.id}
    assert "赵启" in browser.get("/settings/heads/").content.decode()
    assert browser.post("/settings/heads/", {"unit": unit, "head": "管理"}).status_code == 422
    assert org.heads() == {unit: company.zhao_qi.id}
    assert browser.post("/settings/heads/", {"unit": unit, "head": ""}).status_code == 302
    assert org.heads() == {}
    assert signed_in(company.zhao_qi).get("/settings/heads/").status_code == 403
