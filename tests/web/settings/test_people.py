"""The pages about people: who is here, what waits, one person, and maintenance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.org import queries as org
from keguan.runtime.org.actions import AddStaff, Appoint, ProposeAppointment
from keguan.runtime.org.models import Appointment, Proposal, Staff
from tests.cast import HEAD_OFFICE, PASSWORD, Member

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django import DjangoAssertNumQueries

    from tests.cast import Cast
    from tests.web.conftest import SignedIn


@pytest.fixture
def an_quan(company: Cast, afternoon: datetime) -> Member:
    """安全 gives roles."""
    unit = company.units[HEAD_OFFICE]
    staff_id = AddStaff(actor=SYSTEM, username="an_quan", staff_name="安全", unit_id=unit, password=PASSWORD).run()
    Appoint(actor=SYSTEM, staff_id=staff_id, role="security_administrator").run()
    return Member(staff_id, "an_quan", "安全", "security_administrator", unit)


def test_everybody_is_listed_with_their_roles(
    company: Cast, signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """管理 finds 林晓 by a part of her sign-in name, in a budget; a salesperson is told that it is not for her."""
    client = signed_in(company.guan_li)
    client.get("/people/")
    with django_assert_max_num_queries(20):
        page = client.get("/people/?q=lin_").content.decode()
    assert "林晓" in page
    assert "销售员" in page
    assert "方明" not in page
    refused = signed_in(company.lin_xiao).get("/people/")
    assert refused.status_code == 403
    assert 'href="/people/"' not in signed_in(company.lin_xiao).get("/desk/").content.decode()


def test_closed_accounts_and_units_are_filters(company: Cast, signed_in: SignedIn) -> None:
    """One unit with what is below it, and closed accounts alone; a filter that is no filter is none."""
    Staff.objects.filter(pk=company.fang_ming.id).update(is_active=False)
    client = signed_in(company.guan_li)
    closed = client.get("/people/?state=closed").content.decode()
    assert "方明" in closed
    assert "林晓" not in closed
    branch = client.get(f"/people/?unit={company.lin_xiao.unit_id}&state=nonsense").content.decode()
    assert "林晓" in branch
    assert "方明" not in branch
    assert client.get("/people/?after=%00:x").status_code == 200


def test_a_role_is_proposed_on_one_page_and_given_on_another(
    company: Cast, signed_in: SignedIn, an_quan: Member
) -> None:
    """管理 proposes on 林晓's page, 安全 sees what it would give and confirms it."""
    there = f"/people/{company.lin_xiao.id}/"
    client = signed_in(company.guan_li)
    page = client.get(there).content.decode()
    assert "授予角色要两个人" in page
    posted = client.post(there, {"role": "sales_manager", "reason": "接替离职的经理"})
    assert posted.status_code == 302
    (proposal,) = Proposal.objects.values_list("id", flat=True)
    waiting = client.get("/people/proposals/").content.decode()
    assert "撤回申请" in waiting
    assert "确认授予" not in waiting
    other = signed_in(an_quan)
    assert "确认授予" in other.get("/people/proposals/").content.decode()
    assert other.post(f"/people/proposals/{proposal}", {"answer": "confirm"}).status_code == 302
    assert {card.role for card in org.appointments_of(company.lin_xiao.id)} == {"salesperson", "sales_manager"}


def test_what_is_refused_is_said_where_it_was_asked(company: Cast, signed_in: SignedIn, an_quan: Member) -> None:
    """Two of the three, a wrong day, no role; a refusal without a reason; nothing is changed."""
    client = signed_in(company.guan_li)
    there = f"/people/{company.he_shen.id}/"
    for posted, said in (
        ({"role": "security_administrator"}, "三员"),
        ({"role": "sales_manager", "since": "昨天"}, "2026-11-30"),
        ({"role": "nobody"}, "请选择角色"),
    ):
        answer = client.post(there, posted)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert not Proposal.objects.exists()
    proposal = ProposeAppointment(actor=SYSTEM, staff_id=company.lin_xiao.id, role="sales_manager").run()
    answer = signed_in(an_quan).post(f"/people/proposals/{proposal}", {"answer": "refuse", "reason": ""})
    assert answer.status_code == 422
    assert "请写明不同意的理由" in answer.content.decode()
    assert Proposal.objects.get(pk=proposal).state == "waiting"


def test_an_account_is_added_closed_and_opened(company: Cast, signed_in: SignedIn) -> None:
    """With no role; its page says that it sees nothing. Closing ends at the next request."""
    client = signed_in(company.guan_li)
    assert "建立账号" in client.get("/people/new").content.decode()
    form = {"name": "白露", "username": "bai_lu", "unit": str(company.units[HEAD_OFFICE]), "password": PASSWORD}
    assert client.post("/people/new", form | {"password": "1"}).status_code == 422
    made = client.post("/people/new", form)
    assert made.status_code == 302
    person = Staff.objects.get(username="bai_lu")
    assert "没有任何角色" in client.get(made["Location"]).content.decode()
    client.post(f"/people/{person.pk}/switch", {"active": "no"})
    assert not Staff.objects.get(pk=person.pk).is_active
    client.post(f"/people/{person.pk}/switch", {"active": "yes"})
    assert Staff.objects.get(pk=person.pk).is_active


def test_an_appointment_is_ended_on_the_page(company: Cast, signed_in: SignedIn, an_quan: Member) -> None:
    """By 安全, too; 林晓's last day is today."""
    (held,) = org.appointments_of(company.lin_xiao.id)
    answer = signed_in(an_quan).post(f"/people/appointments/{held.id}/end", {"staff": str(company.lin_xiao.id)})
    assert answer.status_code == 302
    assert str(Appointment.objects.get(pk=held.id).until) == "2026-11-21"


def test_maintenance_is_seen_by_the_auditor(company: Cast, signed_in: SignedIn) -> None:
    """管理 is told to ask for a permit; 何审 sees the record; a salesperson neither."""
    assert "您现在没有维护准予" in signed_in(company.guan_li).get("/people/maintenance/").content.decode()
    assert "还没有维护记录" in signed_in(company.he_shen).get("/people/maintenance/").content.decode()
    assert signed_in(company.lin_xiao).get("/people/maintenance/").status_code == 403
    answer = signed_in(company.guan_li).post("/people/maintenance/", {"permit": "7", "note": "重启网关设备"})
    assert answer.status_code == 422
