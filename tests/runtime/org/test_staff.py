"""Units, staff and appointments."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from keguan.runtime.ledger import permission
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.ledger.models import Entry
from keguan.runtime.ledger.queries import EntryFilters, entries_page
from keguan.runtime.org import queries
from keguan.runtime.org.actions import (
    AddStaff,
    AddUnit,
    Appoint,
    ChooseLanguage,
    EndAppointment,
    SetActive,
    SetPassword,
    Unlock,
)
from keguan.runtime.org.models import Appointment, Staff, Unit
from tests.cast import BINHAI, HEAD_OFFICE, JIANGNAN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from pytest_django import DjangoAssertNumQueries

    from tests.cast import Cast


@pytest.fixture
def only_guan_li(cast: Cast) -> Iterator[None]:
    """管理 may manage staff, nobody else."""
    before = permission.install(lambda actor, operation: (actor.name, operation) == ("管理", "manage_staff"))
    yield
    permission.install(before)


def rows() -> tuple[int, ...]:
    """How many rows there are of everything."""
    return tuple(model.objects.count() for model in (Unit, Staff, Appointment, Entry))


def test_a_unit_knows_everything_below_it(cast: Cast) -> None:
    """The head office's subtree is the company; a branch's is itself and what is added under it."""
    team = AddUnit(actor=SYSTEM, unit_name="江南一组", parent_id=cast.units[JIANGNAN]).run()
    assert queries.subtree(cast.units[JIANGNAN]) == {cast.units[JIANGNAN], team}
    assert queries.subtree(cast.units[HEAD_OFFICE]) == {*cast.units.values(), team}
    assert queries.subtree(cast.units[BINHAI]) == {cast.units[BINHAI]}
    assert queries.subtree(10**9) == frozenset()


def test_units_come_in_the_order_of_the_tree(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """Every unit stands after the one above it, with its depth; one query."""
    AddUnit(actor=SYSTEM, unit_name="江南一组", parent_id=cast.units[JIANGNAN]).run()
    with django_assert_num_queries(1):
        found = [(unit.name, unit.depth) for unit in queries.units()]
    assert found == [(HEAD_OFFICE, 1), (JIANGNAN, 2), ("江南一组", 3), (BINHAI, 2)]


def test_a_unit_with_ten_times_the_number_is_not_below(cast: Cast) -> None:
    """Paths are compared by whole steps: unit 1 is not above unit 10 because of its digits."""
    top = Unit.objects.create(name="甲", path="")
    near = Unit.objects.create(name="乙", path=f"/{top.pk}0/")
    Unit.objects.filter(pk=top.pk).update(path=f"/{top.pk}/")
    assert near.pk not in queries.subtree(top.pk)


def test_the_cast_holds_its_roles(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """赵启 supervises the 江南 branch and all below it; two queries."""
    with django_assert_num_queries(2):
        (appointment,) = queries.appointments_of(cast.zhao_qi.id)
    assert (appointment.role, appointment.unit_name) == ("sales_supervisor", JIANGNAN)
    assert appointment.unit_ids == {cast.units[JIANGNAN]}
    assert queries.holders_of(["salesperson"]) == {cast.lin_xiao.id, cast.fang_ming.id}


def test_an_appointment_begins_and_ends_with_its_days(cast: Cast) -> None:
    """The first and the last day count, the days around them do not."""
    Appoint(
        actor=SYSTEM,
        staff_id=cast.xu_ke.id,
        role="planning_contact",
        unit_id=cast.units[BINHAI],
        since=date(2026, 12, 1),
        until=date(2026, 12, 31),
    ).run()

    def holds(day: date) -> bool:
        return "planning_contact" in {each.role for each in queries.appointments_of(cast.xu_ke.id, day)}

    days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [holds(day) for day in days] == [False, True, True, False]


def test_an_ended_appointment_is_over_the_day_after(cast: Cast, afternoon: datetime) -> None:
    """It is kept, with its last day."""
    (appointment,) = queries.appointments_of(cast.lin_xiao.id)
    EndAppointment(actor=SYSTEM, appointment_id=appointment.id).run()
    assert len(queries.appointments_of(cast.lin_xiao.id)) == 1
    clock.advance(timedelta(days=1))
    assert queries.appointments_of(cast.lin_xiao.id) == ()
    assert Appointment.objects.get(pk=appointment.id).until == date(2026, 11, 21)


def test_a_closed_account_holds_nothing(cast: Cast) -> None:
    """方明 has left: he is not among the holders of his role, and looking as him is refused."""
    SetActive(actor=SYSTEM, staff_id=cast.fang_ming.id, active=False).run()
    assert queries.holders_of(["salesperson"]) == {cast.lin_xiao.id}
    with pytest.raises(Refused) as refusal:
        queries.active_staff(cast.fang_ming.id)
    assert refusal.value.code == "org.no_account"


REFUSALS: list[tuple[str, Callable[[Cast], object]]] = [
    ("org.unit_name", lambda _cast: AddUnit(actor=SYSTEM, unit_name=" ").run()),
    ("org.no_unit", lambda _cast: AddUnit(actor=SYSTEM, unit_name="甲", parent_id=10**9).run()),
    ("org.username_taken", lambda cast: add(cast, username="lin_xiao")),
    ("org.username_taken", lambda cast: add(cast, username=" lin_xiao ")),
    ("org.staff_name", lambda cast: add(cast, staff_name=" ")),
    ("org.no_unit", lambda cast: add(cast, unit_id=10**9)),
    ("org.weak_password", lambda cast: add(cast, password="12345678")),
    ("org.weak_password", lambda cast: add(cast, password="short")),
    ("org.weak_password", lambda cast: add(cast, password="wang_wu1")),
    ("org.no_staff", lambda _cast: Unlock(actor=SYSTEM, staff_id=10**9).run()),
    ("org.no_staff", lambda _cast: Appoint(actor=SYSTEM, staff_id=10**9, role="auditor").run()),
    ("org.until", lambda cast: appoint(cast, since=date(2026, 5, 2), until=date(2026, 5, 1))),
    ("org.no_unit", lambda cast: appoint(cast, unit_id=10**9)),
    ("org.no_appointment", lambda _cast: EndAppointment(actor=SYSTEM, appointment_id=10**9).run()),
    (
        "org.language",
        lambda cast: ChooseLanguage(actor=cast.lin_xiao.actor, staff_id=cast.lin_xiao.id, language="fr").run(),
    ),
]


@pytest.mark.parametrize(("code", "act"), REFUSALS)
def test_what_cannot_be_is_refused(cast: Cast, code: str, act: Callable[[Cast], object]) -> None:
    """Each has its id and a sentence, and nothing has changed afterwards."""
    before = rows()
    with pytest.raises(Refused) as refusal:
        act(cast)
    assert refusal.value.code == code
    assert refusal.value.message
    assert rows() == before


FORBIDDEN: list[Callable[[Cast], object]] = [
    lambda cast: AddUnit(actor=cast.lin_xiao.actor, unit_name="甲").run(),
    lambda cast: add(cast, actor=cast.lin_xiao.actor),
    lambda cast: appoint(cast, actor=cast.lin_xiao.actor),
    lambda cast: Unlock(actor=cast.lin_xiao.actor, staff_id=cast.zhao_qi.id).run(),
    lambda cast: SetActive(actor=cast.lin_xiao.actor, staff_id=cast.zhao_qi.id, active=False).run(),
    lambda cast: SetPassword(actor=cast.lin_xiao.actor, staff_id=cast.zhao_qi.id, password="stolen-ridge-2026").run(),
]


@pytest.mark.parametrize("act", FORBIDDEN)
def test_only_who_may_manage_staff_does(cast: Cast, only_guan_li: None, act: Callable[[Cast], object]) -> None:
    """林晓 cannot add, appoint, unlock, close, nor set somebody else's password, and nothing has changed."""
    before = rows()
    with pytest.raises(Refused) as refusal:
        act(cast)
    assert refusal.value.code == "not_permitted"
    assert rows() == before


def test_nobody_raises_or_closes_themselves(cast: Cast, only_guan_li: None) -> None:
    """管理 may manage staff, but neither appoints himself nor closes his own account."""
    before = rows()
    with pytest.raises(Refused, match=r"org\.own_appointment"):
        Appoint(actor=cast.guan_li.actor, staff_id=cast.guan_li.id, role="auditor").run()
    with pytest.raises(Refused, match=r"org\.own_account"):
        SetActive(actor=cast.guan_li.actor, staff_id=cast.guan_li.id, active=False).run()
    assert rows() == before


def test_passwords_stay_out_of_the_ledger(cast: Cast, only_guan_li: None) -> None:
    """Adding somebody and setting their password are written down without it."""
    added = add(cast, actor=cast.guan_li.actor, password="first-ridge-2026")
    SetPassword(actor=cast.guan_li.actor, staff_id=added, password="second-ridge-2026").run()
    entries = entries_page(filters=EntryFilters(subject_type="staff", subject_id=str(added))).entries
    assert [entry.action for entry in entries] == ["org.set_password", "org.add_staff"]
    assert "ridge" not in str(entries)


def test_one_chooses_ones_own_language(cast: Cast, only_guan_li: None) -> None:
    """林晓 reads English from now on; 赵启's language is not hers to choose."""
    ChooseLanguage(actor=cast.lin_xiao.actor, staff_id=cast.lin_xiao.id, language="en").run()
    found = queries.staff_by_username("lin_xiao")
    assert found is not None
    assert found.language == "en"
    with pytest.raises(Refused, match="not_permitted"):
        ChooseLanguage(actor=cast.lin_xiao.actor, staff_id=cast.zhao_qi.id, language="en").run()


def test_lists_of_people(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """Everybody, a branch, and names by id, in a fixed number of queries."""
    with django_assert_num_queries(1):
        assert len(queries.staff()) == 7
    with django_assert_num_queries(2):
        assert {person.name for person in queries.staff(cast.units[JIANGNAN])} == {"林晓", "赵启"}
    with django_assert_num_queries(1):
        assert queries.names([cast.he_shen.id, 10**9]) == {cast.he_shen.id: "何审"}
    with django_assert_num_queries(2):
        assert len(queries.appointments_of_all()) == 7


def add(cast: Cast, **changes: object) -> int:
    """Add 王五, with changes."""
    inputs: dict[str, object] = {
        "actor": SYSTEM,
        "username": "wang_wu",
        "staff_name": "王五",
        "unit_id": cast.units[BINHAI],
        "password": "quiet-ridge-2026",
    }
    return AddStaff(**{**inputs, **changes}).run()  # type: ignore[arg-type]


def appoint(cast: Cast, **changes: object) -> int:
    """Appoint 许可 to something, with changes."""
    inputs: dict[str, object] = {"actor": SYSTEM, "staff_id": cast.xu_ke.id, "role": "planning_contact"}
    return Appoint(**{**inputs, **changes}).run()  # type: ignore[arg-type]
