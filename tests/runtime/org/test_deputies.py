"""代理: somebody acts for a person who is away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from keguan.runtime.ledger import permission
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.ledger.events import listening
from keguan.runtime.ledger.models import Entry
from keguan.runtime.org import queries
from keguan.runtime.org.actions import AppointDeputy, EndDeputy, SetActive
from keguan.runtime.org.events import DeputyAppointed, DeputyEnded
from keguan.runtime.org.models import Deputy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pytest_django import DjangoAssertNumQueries

    from keguan.runtime.ledger.events import Event
    from tests.cast import Cast, Member

TODAY = date(2026, 11, 21)
WEEK = TODAY + timedelta(days=6)


@pytest.fixture(autouse=True)
def _held(afternoon: datetime) -> None:
    """It is 21 November 2026."""


@pytest.fixture
def only_guan_li(cast: Cast) -> Iterator[None]:
    """管理 may manage staff, nobody else."""
    before = permission.install(lambda actor, operation: (actor.name, operation) == ("管理", "manage_staff"))
    yield
    permission.install(before)


def stand_in(away: Member, deputy: Member, since: date = TODAY, until: date | None = WEEK) -> int:
    """``away`` has ``deputy`` act for them."""
    return AppointDeputy(
        actor=away.actor, staff_id=away.id, deputy_id=deputy.id, since=since, until=until, reason="年假"
    ).run()


def test_a_deputy_acts_from_the_first_day_to_the_last(cast: Cast) -> None:
    """周敏 is away from 21 to 27 November: 许可 acts for her on those days and on no other."""
    stand_in(cast.zhou_min, cast.xu_ke)
    days = [TODAY - timedelta(days=1), TODAY, WEEK, WEEK + timedelta(days=1)]
    assert [queries.stands_in_for(cast.xu_ke.id, day) for day in days] == [
        frozenset(),
        {cast.zhou_min.id},
        {cast.zhou_min.id},
        frozenset(),
    ]
    assert [queries.deputies_of(cast.zhou_min.id, day) for day in days] == [
        frozenset(),
        {cast.xu_ke.id},
        {cast.xu_ke.id},
        frozenset(),
    ]


def test_a_deputy_who_is_away_passes_it_on(cast: Cast) -> None:
    """许可 acts for 周敏 and is away herself: 林晓 acts for both, so nothing lies still."""
    stand_in(cast.zhou_min, cast.xu_ke)
    stand_in(cast.xu_ke, cast.lin_xiao)
    assert queries.stands_in_for(cast.lin_xiao.id) == {cast.xu_ke.id, cast.zhou_min.id}
    assert queries.deputies_of(cast.zhou_min.id) == {cast.xu_ke.id, cast.lin_xiao.id}
    assert queries.stands_in_for(cast.zhou_min.id) == frozenset()


def test_asking_for_whom_one_stands_in_costs_one_query(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """One query for the many who stand in for nobody, one more for each link."""
    with django_assert_num_queries(1):
        assert queries.stands_in_for(cast.xu_ke.id) == frozenset()
    stand_in(cast.zhou_min, cast.xu_ke)
    with django_assert_num_queries(2):
        assert queries.stands_in_for(cast.xu_ke.id) == {cast.zhou_min.id}


def test_a_closed_account_does_not_stand_in(cast: Cast) -> None:
    """许可 leaves in the middle: nobody acts for 周敏 any more."""
    stand_in(cast.zhou_min, cast.xu_ke)
    SetActive(actor=SYSTEM, staff_id=cast.xu_ke.id, active=False).run()
    assert queries.deputies_of(cast.zhou_min.id) == frozenset()


def test_who_is_away_is_listed_soonest_first(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """Those that are over are left out; one query."""
    later = stand_in(cast.zhou_min, cast.xu_ke, since=TODAY + timedelta(days=30), until=None)
    first = stand_in(cast.zhou_min, cast.xu_ke)
    other = stand_in(cast.lin_xiao, cast.zhao_qi)
    EndDeputy(actor=cast.lin_xiao.actor, deputyship_id=other).run()
    with django_assert_num_queries(1):
        cards = queries.deputyships()
    assert [card.id for card in cards] == [first, later]
    assert cards[0] == queries.DeputyCard(first, cast.zhou_min.id, "周敏", cast.xu_ke.id, "许可", TODAY, WEEK, "年假")
    assert [card.id for card in queries.deputyships(deputy_id=cast.xu_ke.id)] == [first, later]
    assert queries.deputyships(staff_id=cast.lin_xiao.id) == ()


def test_it_is_written_down_and_announced(cast: Cast) -> None:
    """The ledger says who acts for whom, when and why; others may react."""
    heard: list[Event] = []
    with listening(DeputyAppointed, heard.append), listening(DeputyEnded, heard.append):
        made = stand_in(cast.zhou_min, cast.xu_ke)
        EndDeputy(actor=cast.zhou_min.actor, deputyship_id=made).run()
    assert heard == [
        DeputyAppointed(made, cast.zhou_min.id, cast.xu_ke.id),
        DeputyEnded(made, cast.zhou_min.id, cast.xu_ke.id),
    ]
    entries = Entry.objects.order_by("-id")[:2]
    assert [entry.action for entry in entries] == ["org.end_deputy", "org.appoint_deputy"]
    assert [entry.subject_id for entry in entries] == [str(cast.zhou_min.id)] * 2


def test_one_that_is_ended_is_over_at_once(cast: Cast) -> None:
    """周敏 comes back on the same day: 许可 does not act for her any more, and somebody else may."""
    made = stand_in(cast.zhou_min, cast.xu_ke)
    EndDeputy(actor=cast.zhou_min.actor, deputyship_id=made).run()
    assert queries.stands_in_for(cast.xu_ke.id) == frozenset()
    assert Deputy.objects.get(pk=made).until == TODAY - timedelta(days=1)
    stand_in(cast.zhou_min, cast.lin_xiao)
    assert queries.stands_in_for(cast.lin_xiao.id) == {cast.zhou_min.id}


def test_an_administrator_names_a_deputy_for_somebody_ill(cast: Cast, only_guan_li: None) -> None:
    """管理 may do it for 周敏; 林晓 may not."""
    AppointDeputy(actor=cast.guan_li.actor, staff_id=cast.zhou_min.id, deputy_id=cast.xu_ke.id, reason="病假").run()
    assert queries.stands_in_for(cast.xu_ke.id) == {cast.zhou_min.id}
    before = (Deputy.objects.count(), Entry.objects.count())
    with pytest.raises(Refused) as refusal:
        AppointDeputy(actor=cast.lin_xiao.actor, staff_id=cast.zhao_qi.id, deputy_id=cast.xu_ke.id).run()
    assert refusal.value.code == "not_permitted"
    assert (Deputy.objects.count(), Entry.objects.count()) == before


def test_only_oneself_or_an_administrator_ends_it(cast: Cast, only_guan_li: None) -> None:
    """林晓 may not end what 周敏 has arranged."""
    made = stand_in(cast.zhou_min, cast.xu_ke)
    with pytest.raises(Refused) as refusal:
        EndDeputy(actor=cast.lin_xiao.actor, deputyship_id=made).run()
    assert refusal.value.code == "not_permitted"
    assert queries.stands_in_for(cast.xu_ke.id) == {cast.zhou_min.id}


@pytest.mark.parametrize(
    ("code", "deputy", "since", "until"),
    [
        ("org.own_deputy", "zhou_min", TODAY, WEEK),
        ("org.closed_deputy", "fang_ming", TODAY, WEEK),
        ("org.deputy_since", "xu_ke", TODAY - timedelta(days=1), WEEK),
        ("org.until", "xu_ke", WEEK, TODAY),
        ("org.deputy_taken", "lin_xiao", TODAY + timedelta(days=20), None),
        ("org.deputy_circle", "zhao_qi", TODAY, WEEK),
    ],
)
def test_what_cannot_be(cast: Cast, code: str, deputy: str, since: date, until: date | None) -> None:
    """Oneself, somebody who left, the past, an end before the beginning, two at a time, a circle: nothing changes."""
    SetActive(actor=SYSTEM, staff_id=cast.fang_ming.id, active=False).run()
    stand_in(cast.zhou_min, cast.xu_ke, since=TODAY + timedelta(days=30), until=None)
    stand_in(cast.zhao_qi, cast.lin_xiao)
    stand_in(cast.lin_xiao, cast.zhou_min)
    before = (Deputy.objects.count(), Entry.objects.count())
    with pytest.raises(Refused) as refusal:
        stand_in(cast.zhou_min, getattr(cast, deputy), since, until)
    assert refusal.value.code == code
    assert refusal.value.fields
    assert (Deputy.objects.count(), Entry.objects.count()) == before


def test_a_reason_is_short(cast: Cast) -> None:
    """At most 200 characters."""
    with pytest.raises(Refused) as refusal:
        AppointDeputy(
            actor=cast.zhou_min.actor, staff_id=cast.zhou_min.id, deputy_id=cast.xu_ke.id, reason="事" * 201
        ).run()
    assert refusal.value.code == "org.deputy_reason"
    assert Deputy.objects.count() == 0


def test_what_is_over_or_unknown_is_not_ended(cast: Cast) -> None:
    """Neither one that nobody knows, nor one twice."""
    made = stand_in(cast.zhou_min, cast.xu_ke)
    clock.advance(timedelta(days=10))
    before = Entry.objects.count()
    for deputyship_id, code in [(made, "org.deputy_over"), (10**9, "org.no_deputy")]:
        with pytest.raises(Refused) as refusal:
            EndDeputy(actor=cast.zhou_min.actor, deputyship_id=deputyship_id).run()
        assert refusal.value.code == code
    assert Deputy.objects.get(pk=made).until == WEEK
    assert Entry.objects.count() == before
