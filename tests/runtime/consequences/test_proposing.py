"""What is late, closed or has become true is proposed about the right person, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.consequences.conditions import new_day
from keguan.runtime.consequences.models import Proposal
from keguan.runtime.consequences.reactions import duty_overdue
from keguan.runtime.duties.events import DutyOverdue
from keguan.runtime.duties.models import Duty
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.ledger.queries import EntryFilters, entries_page
from keguan.runtime.org.actions import Appoint, NameHead
from keguan.runtime.processes.actions import CompleteStep, StartCase
from keguan.runtime.processes.models import Case, Task
from keguan.runtime.processes.sweeping import sweep as sweep_cases
from tests.cast import HEAD_OFFICE, JIANGNAN, SINCE
from tests.runtime.consequences.world import only, proposals, publish_policy, viewer
from tests.runtime.duties.world import change, contract, customer, local, told, until, wait

if TYPE_CHECKING:
    from tests.cast import Cast


def test_a_late_duty_is_proposed_about_who_owed_it(office: Cast) -> None:
    """Not checked in three working days: a fine within limits is proposed about the owner, with the clause, to be
    decided by the service manager in three working days; she is told, and the ledger has it.
    """
    zhang = customer(office.lin_xiao)
    until(2026, 3, 5, 9, 0)
    made = only("check_results", 1)
    assert (made.staff_id, made.measure, made.amount, made.open_amount) == (office.lin_xiao.id, "fine", None, True)
    assert (made.amount_text, made.clause, made.reference) == ("[200..1500]", "consequence-tests#results", "第二条")
    assert (made.state, made.approver_role, local(made.due_at)) == ("proposed", "service_manager", "2026-03-10 09:00")
    assert (made.record_type, made.record_id, made.duty_id) == ("customer", zhang, Duty.objects.get(duty="checks").pk)
    assert told(office.zhou_min, "consequences.proposed") == 1
    assert told(office.lin_xiao, "consequences.in_force") == 0
    entry = entries_page(filters=EntryFilters(action="consequences.propose")).entries[0]
    assert (entry.subject_id, entry.clause) == (str(made.pk), "consequence-tests#results")


def test_a_second_announcement_proposes_nothing(office: Cast) -> None:
    """The same lateness announced again changes nothing."""
    customer(office.lin_xiao)
    until(2026, 3, 5, 9, 0)
    duty = Duty.objects.get(duty="checks")
    before = Proposal.objects.count()
    people = frozenset({office.lin_xiao.id})
    duty_overdue(DutyOverdue(duty.pk, "checks", "customer", duty.record_id, people, "check_results"))
    assert Proposal.objects.count() == before


def test_a_row_with_a_condition_is_proposed_where_it_is_true(office: Cast) -> None:
    """Only the customer in public office brings about the fine by the day, which grows until it is decided."""
    NameHead(actor=SYSTEM, unit_id=office.units[JIANGNAN], staff_id=office.zhao_qi.id).run()
    customer(office.lin_xiao)
    assert proposals("check_results", 2) == []
    customer(office.lin_xiao, "李娜", public_office="是")
    until(2026, 3, 5, 9, 0)
    made = only("check_results", 2)
    assert (made.amount, made.open_amount, made.approver_id) == (0, False, office.zhao_qi.id)


def test_so_often_counts_in_the_period(office: Cast) -> None:
    """One late check in March is no deduction; two are one point, three one and a half, in one proposal; April begins
    anew.
    """
    customer(office.lin_xiao, "一")
    until(2026, 3, 5, 9, 0)
    assert proposals("check_results", 3) == []
    customer(office.lin_xiao, "二")
    until(2026, 3, 10, 9, 0)
    assert (only("check_results", 3).times, only("check_results", 3).amount) == (2, 100)
    customer(office.lin_xiao, "三")
    until(2026, 3, 20, 9, 0)
    assert (only("check_results", 3).times, only("check_results", 3).amount) == (3, 150)
    customer(office.lin_xiao, "四")
    until(2026, 4, 3, 9, 0)
    assert len(proposals("check_results", 3)) == 1


def test_where_several_answer_for_it_they_are_all_named(office: Cast) -> None:
    """A late duty of a role with two holders names both; who it was is for the approver to say."""
    Appoint(actor=SYSTEM, staff_id=office.fang_ming.id, role="service_specialist", since=SINCE,
            unit_id=office.units[HEAD_OFFICE]).run()  # fmt: skip
    zhang = customer(office.lin_xiao)
    contract(office.zhou_min, zhang)
    until(2026, 3, 3, 18, 0)
    made = only("other_results", 1)
    assert (made.staff_id, made.candidates) == (None, sorted([office.xu_ke.id, office.fang_ming.id]))


def test_late_and_closed_cases_are_proposed_about_who_had_them(office: Cast) -> None:
    """The review is late: its supervisor is named. She completes it: 1.5 points to whoever acted last."""
    zhang = customer(office.lin_xiao)
    case_id = StartCase(viewer=viewer(office.lin_xiao), process="notice", record_id=zhang).run()
    wait(hours=3)
    sweep_cases()
    assert (only("other_results", 2).staff_id, only("other_results", 2).measure) == (office.zhao_qi.id, "notice")
    task = Task.objects.get(case_id=case_id, step="review")
    version = Case.objects.get(pk=case_id).version
    CompleteStep(viewer=viewer(office.zhao_qi), task_id=task.pk, version=version, outcome="同意").run()
    praised = only("other_results", 3)
    assert (praised.staff_id, praised.amount, praised.source_case_id) == (office.zhao_qi.id, 150, case_id)


def test_a_condition_is_proposed_when_it_becomes_true(office: Cast) -> None:
    """True once, false, and true again is two proposals; staying true is none; what is computed comes with it."""
    zhang = customer(office.lin_xiao, price_limit="600万")
    change(office.lin_xiao, zhang, leads_others="是")
    made = only("other_results", 5)
    assert (made.subject, made.staff_id, made.amount, made.record_id) == (True, None, 6_000_000, zhang)
    change(office.lin_xiao, zhang, living_area="城东")
    assert len(proposals("other_results", 5)) == 1
    wait(minutes=1)
    change(office.lin_xiao, zhang, leads_others="否")
    change(office.lin_xiao, zhang, leads_others="是")
    assert len(proposals("other_results", 5)) == 2


def test_what_is_true_when_the_policy_comes_is_not_proposed(company: Cast, monday: None) -> None:
    """Nothing has become true by a publication; a change that leaves it true is nothing either."""
    zhang = customer(company.lin_xiao, price_limit="600万", leads_others="是")
    publish_policy()
    change(company.lin_xiao, zhang, living_area="城东")
    assert proposals("other_results") == []


def test_a_process_decides_where_the_policy_says_so(office: Cast) -> None:
    """The bonus begins its case; agreed there, it is in force and the owner is told."""
    zhang = customer(office.lin_xiao)
    change(office.lin_xiao, zhang, leads_others="是")
    made = only("other_results", 4)
    assert (made.staff_id, made.amount, made.state) == (office.lin_xiao.id, 50_000, "proposed")
    case = Case.objects.get(pk=made.case_id)
    task = Task.objects.get(case=case, step="decide")
    CompleteStep(viewer=viewer(office.zhou_min), task_id=task.pk, version=case.version, outcome="同意").run()
    made.refresh_from_db()
    assert (made.state, made.amount) == ("approved", 50_000)
    assert told(office.lin_xiao, "consequences.in_force") == 1


def test_nobody_approves_their_own(office: Cast) -> None:
    """The owner heads the unit and would approve their own training: it goes to the head of the company."""
    NameHead(actor=SYSTEM, unit_id=office.units[JIANGNAN], staff_id=office.zhao_qi.id).run()
    NameHead(actor=SYSTEM, unit_id=office.units[HEAD_OFFICE], staff_id=office.zhou_min.id).run()
    customer(office.zhao_qi, public_office="是")
    made = only("other_results", 6)
    assert (made.staff_id, made.approver_id, made.approver_role) == (office.zhao_qi.id, office.zhou_min.id, "")


def test_a_day_alone_makes_a_condition_true(company: Cast, monday: None) -> None:
    """A week after the first contact, with nobody touching the record: proposed on that day, once."""
    zhang = customer(company.lin_xiao, first_contact="2026-03-02", public_office="否")
    publish_policy("1.0.0", ("| 重要公职 = true | | 记录负责人 |", "| 首次接触日 <= today() - 7天 | | 记录负责人 |"))
    new_day()
    until(2026, 3, 8, 9, 0)
    new_day()
    assert proposals("other_results", 6) == []
    until(2026, 3, 9, 0, 1)
    new_day()
    new_day()
    assert [(each.record_id, each.staff_id) for each in proposals("other_results", 6)] == [(zhang, company.lin_xiao.id)]


def test_a_policy_that_waits_for_its_day_notes_what_is_true_then(company: Cast, monday: None) -> None:
    """Published for Thursday: what is true on Thursday is noted, and only what becomes true after it is proposed."""
    zhang = customer(company.lin_xiao, price_limit="600万", leads_others="是")
    publish_policy("1.0.0", ("effective: 2026-01-01", "effective: 2026-03-05"))
    until(2026, 3, 5, 0, 1)
    new_day()
    change(company.lin_xiao, zhang, living_area="城东")
    assert proposals("other_results") == []
    change(company.lin_xiao, zhang, leads_others="否")
    change(company.lin_xiao, zhang, leads_others="是")
    assert {each.row for each in proposals("other_results")} == {4, 5}
