"""Reading and being refused are written down, without flooding the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

import pytest
from django.db import connection

from keguan.runtime import clock
from keguan.runtime.ledger import permission, readings
from keguan.runtime.ledger.actions import SYSTEM, Action, Actor, Record, Refused, reading_noted
from keguan.runtime.ledger.models import Entry
from keguan.runtime.ledger.queries import REFUSED, EntryFilters, entries_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

LIN_XIAO, ZHOU_MIN = Actor(4001, "林晓", "web"), Actor(4002, "周敏", "web")


def read() -> list[tuple[str, str, dict[str, object]]]:
    """Entries about reading, oldest first."""
    found = entries_page(filters=EntryFilters(action="ledger.read")).entries
    return [(card.actor_name, card.subject_id, dict(card.data)) for card in reversed(found)]


def test_a_record_is_noted_once_a_day_for_each_person(
    afternoon: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """The first look writes, the second asks and writes nothing; another person's and the next day's write again."""
    assert reading_noted(LIN_XIAO, "customer", [12], "core#a3", {"through": "profile"}) == 1
    with django_assert_num_queries(1):
        assert reading_noted(LIN_XIAO, "customer", [12]) == 0
    assert reading_noted(ZHOU_MIN, "customer", [12]) == 1
    clock.advance(timedelta(days=1))
    assert reading_noted(LIN_XIAO, "customer", [12]) == 1
    assert read() == [
        ("林晓", "12", {"count": 1, "through": "profile"}),
        ("周敏", "12", {"count": 1}),
        ("林晓", "12", {"count": 1}),
    ]


def test_a_list_is_one_entry(afternoon: datetime, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """Fifty records looked at together are one entry with those that were not noted yet, in few statements."""
    reading_noted(LIN_XIAO, "customer", [7])
    with django_assert_num_queries(8 if connection.vendor == "sqlite" else 7):
        assert reading_noted(LIN_XIAO, "customer", range(50)) == 49
    name, subject, data = read()[-1]
    assert (name, subject, data["count"]) == ("林晓", "", 49)
    assert data["ids"] == sorted({str(number) for number in range(50)} - {"7"})


def test_notes_of_days_gone_by_are_dropped(afternoon: datetime) -> None:
    """Yesterday's may still be asked for around midnight; entries stay for ever."""
    reading_noted(LIN_XIAO, "customer", [12])
    clock.advance(timedelta(days=1))
    assert readings.drop_old() == 0
    clock.advance(timedelta(days=1))
    assert readings.drop_old() == 1
    assert len(read()) == 1


def test_the_system_reads_unnoted() -> None:
    """Nobody looked."""
    assert reading_noted(SYSTEM, "customer", [12]) == 0
    assert reading_noted(LIN_XIAO, "customer", []) == 0
    assert read() == []


@dataclass(frozen=True, kw_only=True)
class Guarded(Action[None]):
    """An action that needs a right."""

    name: ClassVar[str] = "tests.guarded"
    operation: ClassVar[str | None] = "export"
    record_type: str = "customer"
    id: int = 12

    def do(self) -> None:
        """Nothing."""

    def log(self, result: None) -> Iterable[Record]:
        """That it was done."""
        return [Record(self.name)]


@pytest.fixture
def nobody_may() -> Iterator[None]:
    """Nobody has any right."""
    before = permission.install(lambda _actor, _operation: False)
    yield
    permission.install(before)


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if no test's transaction were around."""
    monkeypatch.setattr("keguan.runtime.ledger.refusals._inside", lambda: False)


def refused() -> list[tuple[str, str, str, dict[str, object]]]:
    """Entries about refusals."""
    found = entries_page(filters=EntryFilters(action=REFUSED)).entries
    return [(card.actor_name, card.subject_type, card.subject_id, dict(card.data)) for card in found]


def test_a_refusal_for_want_of_a_right_is_written_down(nobody_may: None, outside: None, afternoon: datetime) -> None:
    """Who asked for what about whom; once an hour, so that nobody floods the ledger."""
    for _ in range(3):
        with pytest.raises(Refused):
            Guarded(actor=LIN_XIAO).run()
    told = ("林晓", "customer", "12", {"action": "tests.guarded", "code": "not_permitted"})
    assert refused() == [told]
    clock.advance(timedelta(hours=1))
    with pytest.raises(Refused):
        Guarded(actor=LIN_XIAO).run()
    assert refused() == [told, told]


def test_a_slip_is_no_matter_for_the_auditor(outside: None) -> None:
    """A missing field is refused and not written down."""

    @dataclass(frozen=True, kw_only=True)
    class Slip(Guarded):
        operation: ClassVar[str | None] = None

        def check(self) -> None:
            raise Refused("tests.no_name", "请填写名称。")

    before = Entry.objects.count()
    with pytest.raises(Refused):
        Slip(actor=LIN_XIAO).run()
    assert Entry.objects.count() == before


def test_inside_anothers_transaction_nothing_is_written(nobody_may: None) -> None:
    """Whether it will be undone is not known there."""
    before = Entry.objects.count()
    assert connection.in_atomic_block
    with pytest.raises(Refused):
        Guarded(actor=LIN_XIAO).run()
    assert Entry.objects.count() == before
