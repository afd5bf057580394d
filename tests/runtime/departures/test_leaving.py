"""People leave: the account closes with everything that hangs on it, and what they held is listed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.departures import queries
from keguan.runtime.departures.actions import CancelLeave, Leave, Reinstate
from keguan.runtime.departures.closing import close_due, next_moment
from keguan.runtime.departures.models import Attempt, Departure, DepartureState, HeldRecords
from keguan.runtime.ledger import events
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.ledger.models import Entry
from keguan.runtime.notifications.models import Notification
from keguan.runtime.org import queries as org
from keguan.runtime.org.actions import Appoint, AppointDeputy, NameHead, ProposeAppointment
from keguan.runtime.org.events import DepartedAttempt, Left
from keguan.runtime.org.models import Appointment, Deputy, Proposal, Staff
from keguan.runtime.org.sessions.beginning import begin
from keguan.runtime.org.sessions.models import Session
from keguan.runtime.org.sessions.origin import NOWHERE
from keguan.runtime.records.actions import Create, hand_over_all
from keguan.runtime.tokens.actions import IssueToken
from keguan.runtime.tokens.models import ApiToken
from keguan.runtime.tokens.scopes import Scope
from tests.cast import JIANGNAN

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.runtime.access.viewer import Viewer
    from tests.cast import Cast

TODAY = date(2026, 11, 21)
NEXT_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def guan_li(company: Cast, afternoon: datetime) -> Viewer:
    """管理 takes people out of the house."""
    return viewer_for(company.guan_li.id)


@pytest.fixture
def busy(company: Cast, guan_li: Viewer) -> Cast:
    """林晓 has two customers, a token, a session, a deputy, somebody she acts for, a unit and a proposal."""
    lin_xiao = viewer_for(company.lin_xiao.id)
    for name, phone in (("林知远", "13912345678"), ("江有余", "13912345679")):
        values = {"name": name, "customer_kind": "个人", "phone": phone}
        Create(viewer=lin_xiao, record_type="customer", values=values).run()
    mine = {"staff_id": company.lin_xiao.id, "scopes": frozenset({Scope.RECORDS_READ})}
    IssueToken(actor=company.lin_xiao.actor, label="报表", days=30, **mine).run()
    begin(company.lin_xiao.id, NOWHERE, "password", strong=False)
    AppointDeputy(actor=SYSTEM, staff_id=company.lin_xiao.id, deputy_id=company.zhao_qi.id).run()
    AppointDeputy(actor=SYSTEM, staff_id=company.fang_ming.id, deputy_id=company.lin_xiao.id).run()
    NameHead(actor=SYSTEM, unit_id=company.units[JIANGNAN], staff_id=company.lin_xiao.id).run()
    ProposeAppointment(actor=SYSTEM, staff_id=company.lin_xiao.id, role="sales_manager").run()
    return company


def leave(company: Cast, viewer: Viewer, on: date | None = None) -> int:
    """林晓 resigns."""
    return Leave(viewer=viewer, staff_id=company.lin_xiao.id, on=on, reason="本人辞职").run()


def refused(act: Callable[[], object], code: str) -> None:
    """Assert that an action is refused and changes nothing."""
    before = (list(Departure.objects.values()), list(Staff.objects.values()), Entry.objects.count())
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.code == code
    assert before == (list(Departure.objects.values()), list(Staff.objects.values()), Entry.objects.count())


def test_the_account_closes_with_everything(busy: Cast, guan_li: Viewer) -> None:
    """Today: no account, session, token, role, deputy or proposal is left; what ended is counted."""
    left: list[Left] = []
    with events.listening(Left, left.append):
        departure = leave(busy, guan_li)
    staff_id = busy.lin_xiao.id
    assert not Staff.objects.get(pk=staff_id).is_active
    assert org.appointments_of(staff_id) == ()
    assert not Session.objects.filter(staff=staff_id, ended_at=None).exists()
    assert not ApiToken.objects.filter(staff=staff_id, revoked_at=None).exists()
    assert (org.stands_in_for(staff_id), org.deputies_of(staff_id)) == (frozenset(), frozenset())
    assert Proposal.objects.get(staff_id=staff_id).state == "withdrawn"
    card = queries.departure(guan_li, departure)
    assert card.state == DepartureState.LEFT
    assert card.closed == {
        "records": {"customer": 2},
        "sessions": 1,
        "tokens": 1,
        "appointments": 1,
        "deputies": 2,
        "proposals": 1,
    }
    assert left == [Left(departure, staff_id, TODAY, "本人辞职")]
    entry = Entry.objects.filter(action="departures.leave").get()
    assert (entry.actor_id, entry.subject_id) == (busy.guan_li.id, str(staff_id))


def test_what_they_held_is_listed_and_handed_over(busy: Cast, guan_li: Viewer) -> None:
    """The list of the day stays as it was when 赵启 has taken the customers; what is still held shrinks."""
    departure = leave(busy, guan_li)
    frozen = queries.frozen_ids(guan_li, departure, "customer")
    assert len(frozen) == 2
    held = queries.held(guan_li, busy.lin_xiao.id)
    assert [(each.record_type, each.count, each.capped) for each in held.records] == [("customer", 2, False)]
    assert held.heads == (JIANGNAN,)
    hand_over_all(guan_li, busy.lin_xiao.id, busy.zhao_qi.id, "接替林晓")
    assert queries.held(guan_li, busy.lin_xiao.id).records == ()
    assert queries.frozen_ids(guan_li, departure, "customer") == frozen
    NameHead(actor=SYSTEM, unit_id=busy.units[JIANGNAN], staff_id=None).run()
    assert queries.held(guan_li, busy.lin_xiao.id).nothing


def test_a_plan_for_later_closes_on_its_day(busy: Cast, guan_li: Viewer) -> None:
    """Until then all goes on; on the day the clock closes the account once, and says when it will be next."""
    departure = leave(busy, guan_li, NEXT_WEEK)
    assert viewer_for(busy.lin_xiao.id).grants
    assert close_due() == 0
    assert next_moment() == datetime(2026, 11, 27, 16, 0, tzinfo=UTC)  # midnight in the company's time zone
    with clock.hold(datetime(2026, 11, 27, 16, 1, tzinfo=UTC)):
        assert (close_due(), close_due()) == (1, 0)
        assert not Staff.objects.get(pk=busy.lin_xiao.id).is_active
    assert (Departure.objects.get(pk=departure).state, next_moment()) == ("left", None)
    assert Entry.objects.filter(action="departures.close").count() == 1


def test_a_plan_can_be_cancelled_until_then(busy: Cast, guan_li: Viewer) -> None:
    """She stays: nothing closes on the day. What has happened is not cancelled."""
    departure = leave(busy, guan_li, NEXT_WEEK)
    refused(lambda: CancelLeave(viewer=guan_li, departure_id=departure, reason=" ").run(), "departures.reason")
    CancelLeave(viewer=guan_li, departure_id=departure, reason="本人撤回").run()
    with clock.hold(datetime(2026, 11, 28, 1, 0, tzinfo=UTC)):
        assert close_due() == 0
    refused(
        lambda: CancelLeave(viewer=guan_li, departure_id=departure, reason="再撤一次").run(), "departures.not_planned"
    )


def test_who_comes_back_has_nothing_but_the_account(busy: Cast, guan_li: Viewer) -> None:
    """The account opens, with no role, token or deputy; a second departure is possible then."""
    departure = leave(busy, guan_li)
    Reinstate(viewer=guan_li, departure_id=departure, reason="返聘上岗").run()
    back = viewer_for(busy.lin_xiao.id)
    assert back.grants == ()
    assert not ApiToken.objects.filter(staff=busy.lin_xiao.id, revoked_at=None).exists()
    refused(lambda: Reinstate(viewer=guan_li, departure_id=departure, reason="返聘上岗").run(), "departures.not_left")
    leave(busy, guan_li)
    assert Departure.objects.filter(staff=busy.lin_xiao.id).count() == 2


def test_what_cannot_be(company: Cast, guan_li: Viewer) -> None:
    """Nobody takes themselves out, nor anybody who is out, in the past, without a reason or the operation."""
    staff_id = company.lin_xiao.id
    zhou_min = viewer_for(company.zhou_min.id)
    refused(lambda: leave(company, zhou_min), "not_permitted")
    refused(lambda: Leave(viewer=guan_li, staff_id=company.guan_li.id, reason="本人辞职").run(), "departures.oneself")
    refused(lambda: Leave(viewer=guan_li, staff_id=10**9, reason="本人辞职").run(), "departures.no_staff")
    refused(lambda: leave(company, guan_li, TODAY - timedelta(days=1)), "departures.past")
    refused(lambda: Leave(viewer=guan_li, staff_id=staff_id, reason="辞").run(), "departures.reason")
    leave(company, guan_li, NEXT_WEEK)
    refused(lambda: leave(company, guan_li), "departures.already")


def test_those_who_hand_over_are_told(busy: Cast, guan_li: Viewer) -> None:
    """The head above and whoever handles departures; the sentence names nobody's customers."""
    NameHead(actor=SYSTEM, unit_id=busy.units[JIANGNAN], staff_id=busy.zhao_qi.id).run()
    leave(busy, guan_li)
    told = Notification.objects.filter(kind="departures.left")
    assert {each.staff_id for each in told} == {busy.zhao_qi.id, busy.guan_li.id}
    assert {each.subject for each in told} == {"林晓"}


def test_the_account_of_a_leaver_is_tried(busy: Cast, guan_li: Viewer) -> None:
    """Every attempt is an entry, counted by day; one on an account that is only closed is none of this."""
    attempt = DepartedAttempt(busy.lin_xiao.id, clock.now())
    events.announce(attempt)
    assert not Attempt.objects.exists()
    departure = leave(busy, guan_li)
    for _ in range(3):
        events.announce(attempt)
    assert Attempt.objects.get(departure=departure).times == 3
    assert Entry.objects.filter(action="departures.attempt").count() == 3
    assert queries.departure(guan_li, departure).attempts == 3


def test_looking_is_for_those_who_handle_it(busy: Cast, guan_li: Viewer) -> None:
    """A salesperson neither sees who leaves nor what is left behind; the auditor does, in counts."""
    departure = leave(busy, guan_li)
    stranger = viewer_for(busy.fang_ming.id)
    for ask in (
        lambda: queries.departures(stranger),
        lambda: queries.departure(stranger, departure),
        lambda: queries.held(stranger, busy.lin_xiao.id),
        lambda: queries.frozen_ids(stranger, departure, "customer"),
        lambda: queries.orphan_scan(stranger),
    ):
        with pytest.raises(Refused, match="not_permitted"):
            ask()
    assert [card.name for card in queries.departures(viewer_for(busy.he_shen.id)).cards] == ["林晓"]


def test_orphans_are_found(busy: Cast, guan_li: Viewer) -> None:
    """The leaver's customers and unit, somebody without a role, and accounts nobody ever used."""
    before = queries.orphan_scan(guan_li)
    assert (before.closed_owner, before.units, before.without_role.count) == ((), (), 0)
    leave(busy, guan_li)
    Appointment.objects.filter(staff_id=busy.fang_ming.id).update(until=TODAY - timedelta(days=1))
    begin(busy.fang_ming.id, NOWHERE, "password", strong=False)
    Staff.objects.filter(pk=busy.xu_ke.id).update(added_at=clock.now() - timedelta(days=91))
    found = queries.orphan_scan(guan_li)
    assert [(each.record_type, each.count) for each in found.closed_owner] == [("customer", 2)]
    assert found.units == (JIANGNAN,)
    assert [each.name for each in found.without_role.shown] == ["方明"]
    assert "许可" in {each.name for each in found.unused.shown}
    assert (found.sessions, found.nothing) == (1, False)


def test_the_list_kept_is_complete_however_long(busy: Cast, guan_li: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is written in pieces; together they are everything, once."""
    monkeypatch.setattr("keguan.runtime.departures.closing.CHUNK", 1)
    departure = leave(busy, guan_li)
    assert HeldRecords.objects.filter(departure=departure).count() == 2
    assert len(set(queries.frozen_ids(guan_li, departure, "customer"))) == 2


def test_nobody_else_may_hold_what_only_they_held(busy: Cast, guan_li: Viewer) -> None:
    """A role of which they are the only holder is named before they leave."""
    Appoint(actor=SYSTEM, staff_id=busy.lin_xiao.id, role="planning_contact").run()
    assert queries.held(guan_li, busy.lin_xiao.id).only_holder_of == ("planning_contact",)
    assert Deputy.objects.filter(until=None).count() == 2
