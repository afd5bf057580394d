"""Heads of units, and where a role sits for a unit's matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.ledger import permission
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.ledger.events import listening
from keguan.runtime.ledger.models import Entry
from keguan.runtime.org import queries
from keguan.runtime.org.actions import AddUnit, Appoint, NameHead, SetActive
from keguan.runtime.org.events import HeadNamed
from tests.cast import BINHAI, HEAD_OFFICE, JIANGNAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoAssertNumQueries

    from tests.cast import Cast


@pytest.fixture
def only_guan_li(cast: Cast) -> Iterator[None]:
    """管理 may manage staff, nobody else."""
    before = permission.install(lambda actor, operation: (actor.name, operation) == ("管理", "manage_staff"))
    yield
    permission.install(before)


def test_a_role_sits_at_the_nearest_unit_where_somebody_holds_it(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """The team's own holder comes before the branch's; the branch's before the head office's; two queries."""
    team = AddUnit(actor=SYSTEM, unit_name="江南一组", parent_id=cast.units[JIANGNAN]).run()
    with django_assert_num_queries(2):
        assert queries.seat("salesperson", team) == queries.Seat(cast.units[JIANGNAN], frozenset({cast.lin_xiao.id}))
    assert queries.seat("service_manager", team) == queries.Seat(cast.units[HEAD_OFFICE], frozenset({cast.zhou_min.id}))
    Appoint(actor=SYSTEM, staff_id=cast.xu_ke.id, role="salesperson", unit_id=team).run()
    assert queries.seat("salesperson", team) == queries.Seat(team, frozenset({cast.xu_ke.id}))


def test_a_role_that_nobody_above_holds_sits_anywhere(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """赵启 of the branch supervises what belongs to the head office, as there is no other; three queries."""
    with django_assert_num_queries(3):
        assert queries.seat("sales_supervisor", cast.units[BINHAI]) == queries.Seat(None, frozenset({cast.zhao_qi.id}))
    everywhere = frozenset({cast.lin_xiao.id, cast.fang_ming.id})
    assert queries.seat("salesperson", None) == queries.Seat(None, everywhere)
    assert queries.seat("salesperson", 10**9) == queries.Seat(None, everywhere)
    assert queries.seat("nobody_holds_this", cast.units[BINHAI]) == queries.Seat(None, frozenset())


def test_whoever_does_not_count_is_passed_over(cast: Cast) -> None:
    """方明 is complained about: what belongs to his branch goes to the other salesperson; a closed account the same."""
    seat = queries.seat("salesperson", cast.units[BINHAI], without={cast.fang_ming.id})
    assert seat == queries.Seat(None, frozenset({cast.lin_xiao.id}))
    SetActive(actor=SYSTEM, staff_id=cast.fang_ming.id, active=False).run()
    assert queries.seat("salesperson", cast.units[BINHAI]) == seat


def test_who_holds_a_role_at_a_unit(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """Exactly there, or anywhere; one query."""
    with django_assert_num_queries(1):
        assert queries.holders_at("salesperson", cast.units[JIANGNAN]) == {cast.lin_xiao.id}
    assert queries.holders_at("salesperson", cast.units[HEAD_OFFICE]) == frozenset()
    assert queries.holders_at("salesperson", None) == {cast.lin_xiao.id, cast.fang_ming.id}


def test_the_head_of_a_unit_is_its_own_or_the_nearest_above(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """赵启 heads the 江南 branch, 周敏 the company: each decides for what has no head of its own; two queries."""
    team = AddUnit(actor=SYSTEM, unit_name="江南一组", parent_id=cast.units[JIANGNAN]).run()
    assert queries.head_of(team) is None
    NameHead(actor=SYSTEM, unit_id=cast.units[HEAD_OFFICE], staff_id=cast.zhou_min.id).run()
    NameHead(actor=SYSTEM, unit_id=cast.units[JIANGNAN], staff_id=cast.zhao_qi.id).run()
    with django_assert_num_queries(2):
        assert queries.head_of(team) == cast.zhao_qi.id
    assert queries.head_of(cast.units[BINHAI]) == cast.zhou_min.id
    assert queries.head_of(team, without={cast.zhao_qi.id}) == cast.zhou_min.id
    assert queries.head_of(None) is None
    assert queries.heads() == {cast.units[HEAD_OFFICE]: cast.zhou_min.id, cast.units[JIANGNAN]: cast.zhao_qi.id}
    SetActive(actor=SYSTEM, staff_id=cast.zhao_qi.id, active=False).run()
    assert queries.head_of(team) == cast.zhou_min.id


def test_naming_a_head_is_written_down_and_announced(cast: Cast, only_guan_li: None) -> None:
    """The administrator does it; None takes it back."""
    unit, heard = cast.units[JIANGNAN], []
    with listening(HeadNamed, heard.append):
        NameHead(actor=cast.guan_li.actor, unit_id=unit, staff_id=cast.zhao_qi.id).run()
        NameHead(actor=cast.guan_li.actor, unit_id=unit, staff_id=None).run()
    assert heard == [HeadNamed(unit, cast.zhao_qi.id), HeadNamed(unit, None)]
    assert queries.heads() == {}
    entries = Entry.objects.order_by("-id")[:2]
    assert [(entry.action, entry.subject_id) for entry in entries] == [("org.name_head", str(unit))] * 2


def test_who_cannot_be_named(cast: Cast, only_guan_li: None) -> None:
    """An unknown unit or person, oneself, a closed account, and anything by 林晓: nothing changes."""
    SetActive(actor=SYSTEM, staff_id=cast.fang_ming.id, active=False).run()
    unit, entries = cast.units[JIANGNAN], Entry.objects.count()
    for actor, unit_id, staff_id, code in [
        (cast.guan_li.actor, 10**9, cast.zhao_qi.id, "org.no_unit"),
        (cast.guan_li.actor, unit, 10**9, "org.no_staff"),
        (cast.guan_li.actor, unit, cast.guan_li.id, "org.own_head"),
        (cast.guan_li.actor, unit, cast.fang_ming.id, "org.closed_head"),
        (cast.lin_xiao.actor, unit, cast.zhao_qi.id, "not_permitted"),
    ]:
        with pytest.raises(Refused) as refusal:
            NameHead(actor=actor, unit_id=unit_id, staff_id=staff_id).run()
        assert refusal.value.code == code
    assert queries.heads() == {}
    assert Entry.objects.count() == entries


def test_people_are_found_by_name_or_account(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """Both are looked for, whichever was typed; one query."""
    with django_assert_num_queries(1):
        assert queries.staff_named(["林晓", "zhao_qi", "查无此人"]) == {cast.lin_xiao.id, cast.zhao_qi.id}
