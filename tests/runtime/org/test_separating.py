"""三员分立 and roles that exclude each other."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.ledger.models import Entry
from keguan.runtime.org import queries, role_rules
from keguan.runtime.org.actions import Appoint, AppointDeputy, EndAppointment, EndDeputy
from keguan.runtime.org.models import Appointment, Deputy
from keguan.runtime.org.role_rules import RoleRules
from keguan.runtime.org.separating import look_again, separate, would_yield
from tests.cast import BINHAI

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from pytest_django import DjangoAssertNumQueries

    from tests.cast import Cast, Member

TODAY = date(2026, 11, 21)
THREE = frozenset({"system_administrator", "security_administrator", "auditor"})
APART = frozenset(frozenset({one, other}) for one in THREE for other in THREE if one != other) | {
    frozenset({"cashier", "accountant"})
}
RULES = RoleRules(apart=APART, administrators=frozenset(pair for pair in APART if pair < THREE))


@pytest.fixture(autouse=True)
def rules(afternoon: datetime, cast: Cast) -> Iterator[None]:
    """The three are separate, and whoever keeps the cash keeps no books."""
    before = role_rules.install(lambda: RULES)
    yield
    role_rules.install(before)


def stored() -> tuple[object, ...]:
    """Everything that could have changed."""
    return (
        *Appointment.objects.order_by("id").values(),
        *Deputy.objects.order_by("id").values(),
        Entry.objects.count(),
    )


def refused(act: Callable[[], object], code: str) -> str:
    """Assert that an action is refused and changes nothing; give its sentence."""
    before = stored()
    with pytest.raises(Refused) as caught:
        act()
    assert (caught.value.code, stored()) == (code, before)
    return caught.value.message


def give(
    member: Member, role: str, since: date | None = None, until: date | None = None, unit: int | None = None
) -> int:
    """Appoint somebody in the system's name."""
    return Appoint(actor=SYSTEM, staff_id=member.id, role=role, since=since, until=until, unit_id=unit).run()


def test_nobody_holds_two_of_the_three(cast: Cast) -> None:
    """管理 administers the system: she is given neither of the other two, for no unit; the sentence says why."""
    said = refused(lambda: give(cast.guan_li, "auditor", unit=cast.units[BINHAI]), "org.apart")
    assert "管理" in said
    assert "三员" in said
    refused(lambda: give(cast.guan_li, "security_administrator"), "org.apart")
    refused(lambda: give(cast.he_shen, "system_administrator"), "org.apart")
    give(cast.guan_li, "salesperson")


def test_roles_that_exclude_each_other(cast: Cast) -> None:
    """林晓 keeps the cash: the books are for somebody else, and the sentence names the policy, not the three."""
    give(cast.lin_xiao, "cashier")
    said = refused(lambda: give(cast.lin_xiao, "accountant"), "org.apart")
    assert "互斥" in said
    give(cast.zhao_qi, "accountant")


def test_only_days_in_common_count(cast: Cast) -> None:
    """Cash until the end of the month, books from the next: fine; one day together is not."""
    end = date(2026, 11, 30)
    give(cast.lin_xiao, "cashier", until=end)
    refused(lambda: give(cast.lin_xiao, "accountant", since=end), "org.apart")
    give(cast.lin_xiao, "accountant", since=end + timedelta(days=1))
    refused(lambda: give(cast.lin_xiao, "cashier", since=date(2027, 5, 1)), "org.apart")


def test_an_appointment_is_not_made_longer(cast: Cast) -> None:
    """Ending is ending: an appointment that runs out, or is over, is not drawn out over what came after it."""
    ending = give(cast.lin_xiao, "cashier", until=TODAY + timedelta(days=3))
    give(cast.lin_xiao, "accountant", since=TODAY + timedelta(days=4))
    later = TODAY + timedelta(days=9)
    refused(lambda: EndAppointment(actor=SYSTEM, appointment_id=ending, until=later).run(), "org.longer")
    EndAppointment(actor=SYSTEM, appointment_id=ending, until=TODAY - timedelta(days=1)).run()
    refused(lambda: EndAppointment(actor=SYSTEM, appointment_id=ending).run(), "org.appointment_over")


def test_a_deputy_holds_what_the_person_holds(cast: Cast) -> None:
    """何审 audits: 管理 cannot stand in for her, 周敏 can; then 周敏 is given no administrator's role meanwhile."""
    away = TODAY + timedelta(days=5)
    refused(
        lambda: AppointDeputy(actor=SYSTEM, staff_id=cast.he_shen.id, deputy_id=cast.guan_li.id, until=away).run(),
        "org.apart",
    )
    AppointDeputy(actor=SYSTEM, staff_id=cast.he_shen.id, deputy_id=cast.zhou_min.id, until=away).run()
    refused(lambda: give(cast.zhou_min, "system_administrator", until=away), "org.apart")
    give(cast.zhou_min, "system_administrator", since=away + timedelta(days=1))


def test_a_chain_of_deputies_counts(cast: Cast) -> None:
    """周敏 acts for 何审 and is away herself: whoever acts for 周敏 has the audit in hand too."""
    AppointDeputy(actor=SYSTEM, staff_id=cast.he_shen.id, deputy_id=cast.zhou_min.id).run()
    refused(
        lambda: AppointDeputy(actor=SYSTEM, staff_id=cast.zhou_min.id, deputy_id=cast.guan_li.id).run(), "org.apart"
    )
    AppointDeputy(actor=SYSTEM, staff_id=cast.zhou_min.id, deputy_id=cast.xu_ke.id).run()
    refused(lambda: give(cast.xu_ke, "security_administrator"), "org.apart")


def test_giving_to_somebody_looks_at_those_who_act_for_them(cast: Cast) -> None:
    """管理 acts for 许可: 许可 is not made auditor while she does."""
    AppointDeputy(actor=SYSTEM, staff_id=cast.xu_ke.id, deputy_id=cast.guan_li.id, until=TODAY).run()
    refused(lambda: give(cast.xu_ke, "auditor"), "org.apart")
    give(cast.xu_ke, "auditor", since=TODAY + timedelta(days=1))


def test_a_publication_takes_effect_from_the_newer_one(cast: Cast) -> None:
    """What a new rule forbids is named, the newer appointment has no effect any more, and gets it back with the end of
    the older.
    """
    role_rules.install(lambda: role_rules.NONE)
    older, newer = give(cast.lin_xiao, "cashier"), give(cast.lin_xiao, "accountant")
    assert {card.role for card in queries.appointments_of(cast.lin_xiao.id)} == {"salesperson", "cashier", "accountant"}
    (found,) = would_yield(RULES)
    assert (found.staff_id, set(found.roles), found.keys) == (
        cast.lin_xiao.id,
        {"cashier", "accountant"},
        {("appointment", newer)},
    )
    role_rules.install(lambda: RULES)
    assert separate() == 1
    assert {card.role for card in queries.appointments_of(cast.lin_xiao.id)} == {"salesperson", "cashier"}
    assert queries.holders_of(["accountant"]) == frozenset()
    assert separate() == 0
    EndAppointment(actor=SYSTEM, appointment_id=older, until=TODAY - timedelta(days=1)).run()
    assert {card.role for card in queries.appointments_of(cast.lin_xiao.id)} == {"salesperson", "accountant"}
    actions = list(Entry.objects.order_by("-id").values_list("action", flat=True)[:3])
    assert sorted(actions) == ["org.barred", "org.end_appointment", "org.unbarred"]


def test_a_deputyship_yields_to_an_appointment(cast: Cast) -> None:
    """A deputyship that a new rule forbids has no effect; ended rules give it back."""
    role_rules.install(lambda: role_rules.NONE)
    standing = AppointDeputy(actor=SYSTEM, staff_id=cast.he_shen.id, deputy_id=cast.guan_li.id).run()
    assert queries.stands_in_for(cast.guan_li.id) == {cast.he_shen.id}
    role_rules.install(lambda: RULES)
    assert separate() == 1
    assert queries.stands_in_for(cast.guan_li.id) == frozenset()
    role_rules.install(lambda: role_rules.NONE)
    assert separate() == 1
    assert queries.stands_in_for(cast.guan_li.id) == {cast.he_shen.id}
    EndDeputy(actor=SYSTEM, deputyship_id=standing).run()


def test_a_minute_without_news_is_cheap(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """Nothing is forbidden: what is looked at every minute costs four queries, however many people there are; and it
    does what the publication did, where one comes into force by its day.
    """
    with django_assert_num_queries(4):
        assert look_again() == 0
    role_rules.install(lambda: role_rules.NONE)
    give(cast.lin_xiao, "cashier")
    give(cast.lin_xiao, "accountant")
    role_rules.install(lambda: RULES)
    assert (look_again(), look_again()) == (1, 0)


def test_a_draft_names_whom_it_would_touch(company: Cast) -> None:
    """Before it is published: 何审 audits and would administer, too; by name and by the roles' labels."""
    from keguan.runtime.policies import queries as policies

    role_rules.install(lambda: role_rules.NONE)
    give(company.he_shen, "system_administrator")
    (clash,) = policies.role_clashes(policies.current().model)
    assert (clash.name, {clash.first, clash.second}, clash.deputy) == ("何审", {"审计员", "系统管理员"}, False)


def test_the_packs_separate_the_three(company: Cast) -> None:
    """By the published packs: the three exclude each other, and giving a role takes two."""
    from keguan.runtime.policies import queries as policies
    from keguan.runtime.policies.role_rules import rules_of

    found = rules_of(policies.current().model)
    assert found.administrators == {frozenset(pair) for pair in APART if pair < THREE}
    assert found.confirmed
    assert found.called("auditor") == "审计员"
    assert clock.today() == TODAY
