"""A change is one action: check, do, log, announce, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import pytest
from django.db import connection, transaction

from keguan.runtime.ledger import permission
from keguan.runtime.ledger.actions import SYSTEM, Action, Actor, Record, Refused
from keguan.runtime.ledger.events import Event, listening
from keguan.runtime.ledger.models import Entry
from keguan.runtime.ledger.queries import entries_page
from keguan.runtime.org.models import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class UnitNamed(Event):
    """A unit got a name."""

    unit_id: int


@dataclass(frozen=True, kw_only=True)
class NameUnit(Action[int]):
    """An action to test with."""

    name: ClassVar[str] = "tests.name_unit"
    operation: ClassVar[str | None] = "manage_staff"
    unit_name: str

    def check(self) -> None:
        """Refuse an empty name."""
        if not self.unit_name:
            raise Refused("tests.no_name", "请填写名称。", {"unit_name": "请填写名称。"})

    def do(self) -> int:
        """Add the unit."""
        return Unit.objects.create(name=self.unit_name, path="/").pk

    def log(self, result: int) -> Iterable[Record]:
        """The unit and its name."""
        return [Record(self.name, "unit", result, "core#units", {"name": self.unit_name})]

    def announce(self, result: int) -> Iterable[Event]:
        """That it got its name."""
        return [UnitNamed(result)]


@pytest.fixture
def no_guard() -> Iterator[None]:
    """Nobody has said yet who may do what."""
    before = permission.install(None)
    yield
    permission.install(before)


def counts() -> tuple[int, int]:
    """Units and entries."""
    return Unit.objects.count(), Entry.objects.count()


def test_an_action_changes_writes_down_and_announces() -> None:
    """The change, its entry and its event belong together."""
    heard: list[UnitNamed] = []
    with listening(UnitNamed, heard.append):
        unit_id = NameUnit(actor=SYSTEM, unit_name="江北分公司").run()
    assert Unit.objects.get(pk=unit_id).name == "江北分公司"
    entry = entries_page().entries[0]
    assert (entry.actor_id, entry.actor_name, entry.via) == (None, "system", "system")
    assert (entry.action, entry.subject_type, entry.subject_id) == ("tests.name_unit", "unit", str(unit_id))
    assert (entry.clause, entry.data) == ("core#units", {"name": "江北分公司"})
    assert heard == [UnitNamed(unit_id)]


def test_a_refused_action_leaves_nothing() -> None:
    """A refusal carries its id, its sentence and its fields, and neither change nor entry remain."""
    before = counts()
    with pytest.raises(Refused) as refusal:
        NameUnit(actor=SYSTEM, unit_name="").run()
    assert (refusal.value.code, refusal.value.message) == ("tests.no_name", "请填写名称。")
    assert refusal.value.fields == {"unit_name": "请填写名称。"}
    assert counts() == before


def test_a_subscriber_that_fails_undoes_the_action() -> None:
    """An error in what follows from a change takes the change and its entry with it."""
    before = counts()

    def fail(_event: UnitNamed) -> None:
        raise ZeroDivisionError

    with listening(UnitNamed, fail), pytest.raises(ZeroDivisionError):
        NameUnit(actor=SYSTEM, unit_name="江北分公司").run()
    assert counts() == before


def test_an_undone_transaction_takes_the_entry_along() -> None:
    """The ledger does not tell of what did not happen."""
    before = counts()
    with transaction.atomic():
        NameUnit(actor=SYSTEM, unit_name="江北分公司").run()
        transaction.set_rollback(True)
    assert counts() == before


def test_without_a_guard_people_are_refused(no_guard: None) -> None:
    """As long as nobody answers who may do what, only the system and the command line may."""
    before = counts()
    for actor in (Actor(1, "林晓", "web"), Actor(None, "", "web"), Actor(1, "林晓", "cli")):
        with pytest.raises(Refused) as refusal:
            NameUnit(actor=actor, unit_name="江北分公司").run()
        assert refusal.value.code == "not_permitted"
    assert counts() == before
    NameUnit(actor=Actor(None, "root", "cli"), unit_name="江北分公司").run()


def test_the_guard_decides_by_actor_and_operation(no_guard: None) -> None:
    """The guard is asked with the actor and the operation's code."""
    asked: list[tuple[str, str]] = []

    def guard(actor: Actor, operation: str) -> bool:
        asked.append((actor.name, operation))
        return actor.name == "管理"

    permission.install(guard)
    NameUnit(actor=Actor(7, "管理", "web"), unit_name="江北分公司").run()
    with pytest.raises(Refused):
        NameUnit(actor=Actor(1, "林晓", "web"), unit_name="江南二部").run()
    assert asked == [("管理", "manage_staff"), ("林晓", "manage_staff")]


def test_an_action_costs_three_statements_more_than_its_change(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    """The ledger takes a number, writes one row and moves a counter: savepoint, insert, these three, release; on
    PostgreSQL entry and counter are one statement.
    """
    with django_assert_num_queries(6 if connection.vendor == "sqlite" else 5):
        NameUnit(actor=SYSTEM, unit_name="江北分公司").run()
