"""The pages of access reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.notifications.models import Notification
from keguan.runtime.org import queries as org
from keguan.runtime.org.actions import AddStaff, Appoint, NameHead
from keguan.runtime.reviews.models import Campaign, Item
from tests.cast import HEAD_OFFICE, JIANGNAN, PASSWORD, Member

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django import DjangoAssertNumQueries

    from tests.cast import Cast
    from tests.web.conftest import SignedIn


@pytest.fixture
def an_quan(company: Cast, afternoon: datetime) -> Member:
    """安全 starts reviews; 赵启 heads the 江南 branch."""
    unit = company.units[HEAD_OFFICE]
    staff_id = AddStaff(actor=SYSTEM, username="an_quan", staff_name="安全", unit_id=unit, password=PASSWORD).run()
    Appoint(actor=SYSTEM, staff_id=staff_id, role="security_administrator").run()
    NameHead(actor=SYSTEM, unit_id=company.units[JIANGNAN], staff_id=company.zhao_qi.id).run()
    return Member(staff_id, "an_quan", "安全", "security_administrator", unit)


def test_a_review_from_start_to_result(
    company: Cast, signed_in: SignedIn, an_quan: Member, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """安全 starts it, 赵启 revokes 林晓's role with a reason, the result says so."""
    security = signed_in(an_quan)
    assert "开始复核" in security.get("/reviews/new").content.decode()
    form = {"title": "四季度复核", "due": "2026-11-30", "units": [str(company.units[JIANGNAN])], "unanswered": "lapse"}
    assert security.post("/reviews/new", form | {"due": "2026-11-20"}).status_code == 422
    made = security.post("/reviews/new", form)
    assert made.status_code == 302
    assert Campaign.objects.get().unanswered == "lapse"

    head = signed_in(company.zhao_qi)
    with django_assert_max_num_queries(25):
        page = head.get("/reviews/").content.decode()
    assert "收回选中的" in page
    assert "林晓" in page
    item = Item.objects.get(staff_id=company.lin_xiao.id).pk
    assert head.post("/reviews/answer", {"item": [str(item)], "answer": "revoke", "reason": ""}).status_code == 422
    assert org.appointments_of(company.lin_xiao.id)
    answer = {"item": [str(item)], "answer": "revoke", "reason": "已转岗三个月"}
    assert head.post("/reviews/answer", answer).status_code == 302
    assert org.appointments_of(company.lin_xiao.id) == ()

    page = security.get(made["Location"]).content.decode()
    assert "已复核 50%" in page
    assert "已转岗三个月" in page
    assert "林晓" not in security.get(made["Location"] + "?state=waiting").content.decode()
    assert security.post(made["Location"] + "close").status_code == 403


def test_reviews_are_for_those_concerned(company: Cast, signed_in: SignedIn, an_quan: Member) -> None:
    """Somebody without anything to answer finds empty lists, and no form."""
    page = signed_in(company.fang_ming).get("/reviews/").content.decode()
    assert "没有等您复核的任命" in page
    assert signed_in(company.fang_ming).get("/reviews/new").status_code == 403
    assert signed_in(company.fang_ming).get("/reviews/7/").status_code in {403, 404, 422}


def test_a_notice_leads_to_the_list(company: Cast, signed_in: SignedIn, an_quan: Member) -> None:
    """赵启 opens what the bell told her, and stands before what waits for her."""
    form = {"title": "四季度复核", "due": "2026-11-30", "units": [str(company.units[JIANGNAN])]}
    signed_in(an_quan).post("/reviews/new", form)
    notice = Notification.objects.get(kind="reviews.assigned", staff_id=company.zhao_qi.id)
    answer = signed_in(company.zhao_qi).post(f"/notifications/{notice.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, "/reviews/")
