"""Giving a role takes two people."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.ledger.models import Entry
from keguan.runtime.notifications.models import Notification
from keguan.runtime.org import queries
from keguan.runtime.org.actions import (
    AddStaff,
    Appoint,
    ConfirmAppointment,
    EndAppointment,
    ProposeAppointment,
    RefuseAppointment,
    SetActive,
    WithdrawProposal,
)
from keguan.runtime.org.models import Appointment, Proposal
from tests.cast import HEAD_OFFICE, PASSWORD, Member

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tests.cast import Cast

TODAY = date(2026, 11, 21)


@pytest.fixture
def an_quan(company: Cast, afternoon: datetime) -> Member:
    """安全 gives roles; 管理 proposes them."""
    unit = company.units[HEAD_OFFICE]
    staff_id = AddStaff(actor=SYSTEM, username="an_quan", staff_name="安全", unit_id=unit, password=PASSWORD).run()
    Appoint(actor=SYSTEM, staff_id=staff_id, role="security_administrator").run()
    return Member(staff_id, "an_quan", "安全", "security_administrator", unit)


def stored() -> tuple[object, ...]:
    """Everything that could have changed."""
    rows = (*Appointment.objects.order_by("id").values(), *Proposal.objects.order_by("id").values())
    return (*rows, Entry.objects.count(), Notification.objects.count())


def refused(act: Callable[[], object], code: str) -> None:
    """Assert that an action is refused and changes nothing."""
    before = stored()
    with pytest.raises(Refused) as caught:
        act()
    assert (caught.value.code, stored()) == (code, before)


def propose(company: Cast, role: str = "sales_manager", **more: object) -> int:
    """管理 proposes 林晓."""
    arguments = {"staff_id": company.lin_xiao.id, "role": role, "reason": "接替离职的经理", **more}
    return ProposeAppointment(actor=company.guan_li.actor, **arguments).run()  # type: ignore[arg-type]


def test_proposed_by_one_and_confirmed_by_another(company: Cast, an_quan: Member) -> None:
    """林晓 has the role only once 安全 has confirmed it; both are told; the ledger names both."""
    proposal = propose(company)
    assert {card.role for card in queries.appointments_of(company.lin_xiao.id)} == {"salesperson"}
    told = Notification.objects.get(kind="org.proposed")
    assert (told.staff_id, told.subject, told.facts["role"]) == (an_quan.id, "林晓", "销售经理")
    given = ConfirmAppointment(actor=an_quan.actor, proposal_id=proposal).run()
    assert {card.role for card in queries.appointments_of(company.lin_xiao.id)} == {"salesperson", "sales_manager"}
    entry = Entry.objects.filter(action="org.confirm_appointment").get()
    assert entry.actor_id == an_quan.id
    assert f'"proposed_by":{company.guan_li.id}' in entry.data
    assert Proposal.objects.get(pk=proposal).appointment_id == given
    assert Notification.objects.get(kind="org.proposal_confirmed").staff_id == company.guan_li.id


def test_nobody_appoints_alone(company: Cast, an_quan: Member) -> None:
    """Where roles take two, neither the system administrator nor the security administrator appoints directly."""
    for member in (company.guan_li, an_quan):
        with pytest.raises(Refused) as caught:
            Appoint(actor=member.actor, staff_id=company.lin_xiao.id, role="sales_manager").run()
        assert caught.value.code in {"org.two_people", "not_permitted"}
    assert not Appointment.objects.filter(role="sales_manager").exists()


def test_each_has_only_their_half(company: Cast, an_quan: Member) -> None:
    """The system administrator does not confirm, the security administrator does not propose, others do neither."""
    proposal = propose(company)
    refused(lambda: ConfirmAppointment(actor=company.guan_li.actor, proposal_id=proposal).run(), "not_permitted")
    refused(
        lambda: ProposeAppointment(actor=an_quan.actor, staff_id=company.xu_ke.id, role="sales_manager").run(),
        "not_permitted",
    )
    refused(lambda: ConfirmAppointment(actor=company.zhou_min.actor, proposal_id=proposal).run(), "not_permitted")


def test_nobody_confirms_for_themselves(company: Cast, an_quan: Member) -> None:
    """A role for 安全 herself is confirmed by somebody else; one for oneself is not even proposed."""
    proposal = propose(company, staff_id=an_quan.id)
    refused(lambda: ConfirmAppointment(actor=an_quan.actor, proposal_id=proposal).run(), "org.own_appointment")
    refused(lambda: propose(company, staff_id=company.guan_li.id), "org.own_appointment")


def test_whoever_proposed_does_not_confirm(company: Cast, an_quan: Member) -> None:
    """Though she may by her role: 安全 was a system administrator when she proposed it."""
    proposal = propose(company)
    Proposal.objects.filter(pk=proposal).update(proposed_by_id=an_quan.id)
    refused(lambda: ConfirmAppointment(actor=an_quan.actor, proposal_id=proposal).run(), "org.own_proposal")


def test_what_nobody_may_hold_is_neither_proposed_nor_confirmed(company: Cast, an_quan: Member) -> None:
    """An auditor is not proposed as administrator; what became forbidden meanwhile is not confirmed."""
    refused(lambda: propose(company, "system_administrator", staff_id=company.he_shen.id), "org.apart")
    proposal = propose(company, "auditor")
    Appoint(actor=SYSTEM, staff_id=company.lin_xiao.id, role="security_administrator").run()
    refused(lambda: ConfirmAppointment(actor=an_quan.actor, proposal_id=proposal).run(), "org.apart")


def test_the_same_is_not_proposed_twice(company: Cast, an_quan: Member) -> None:
    """A second one is refused while the first waits, and possible once it was refused with a reason."""
    proposal = propose(company)
    refused(lambda: propose(company), "org.proposed_already")
    refused(
        lambda: RefuseAppointment(actor=an_quan.actor, proposal_id=proposal, reason=" ").run(), "org.refusal_reason"
    )
    RefuseAppointment(actor=an_quan.actor, proposal_id=proposal, reason="江南已有经理").run()
    assert Notification.objects.get(kind="org.proposal_refused").staff_id == company.guan_li.id
    refused(lambda: ConfirmAppointment(actor=an_quan.actor, proposal_id=proposal).run(), "org.proposal_decided")
    again = propose(company)
    WithdrawProposal(actor=company.guan_li.actor, proposal_id=again).run()
    refused(lambda: ConfirmAppointment(actor=an_quan.actor, proposal_id=again).run(), "org.proposal_decided")
    assert not Appointment.objects.filter(role="sales_manager").exists()


def test_days_of_a_proposal(company: Cast, an_quan: Member) -> None:
    """One whose day has passed begins on the day of the confirmation; one that is over is not confirmed."""
    late = propose(company, since=TODAY - timedelta(days=9))
    given = ConfirmAppointment(actor=an_quan.actor, proposal_id=late).run()
    assert Appointment.objects.get(pk=given).since == TODAY
    over = propose(company, "planning_contact", since=TODAY - timedelta(days=9), until=TODAY - timedelta(days=1))
    refused(lambda: ConfirmAppointment(actor=an_quan.actor, proposal_id=over).run(), "org.proposal_over")


def test_a_closed_account_is_given_nothing(company: Cast, an_quan: Member) -> None:
    """林晓's account was closed after the proposal."""
    proposal = propose(company)
    SetActive(actor=company.guan_li.actor, staff_id=company.lin_xiao.id, active=False).run()
    refused(lambda: ConfirmAppointment(actor=an_quan.actor, proposal_id=proposal).run(), "org.closed_account")


def test_either_takes_a_role_away(company: Cast, an_quan: Member) -> None:
    """Ending needs one of the two; a salesperson has neither."""
    (first,) = queries.appointments_of(company.lin_xiao.id)
    (second,) = queries.appointments_of(company.fang_ming.id)
    refused(lambda: EndAppointment(actor=company.zhao_qi.actor, appointment_id=first.id).run(), "not_permitted")
    EndAppointment(actor=an_quan.actor, appointment_id=first.id).run()
    EndAppointment(actor=company.guan_li.actor, appointment_id=second.id).run()
    assert Appointment.objects.filter(until=TODAY).count() == 2
