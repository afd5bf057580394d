"""Whatever is done in whatever order, nobody ever has two of the three in hand, nor roles that exclude each other."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from random import Random
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from keguan.runtime import clock
from keguan.runtime.access.viewer import system_viewer
from keguan.runtime.departures.actions import Leave, Reinstate
from keguan.runtime.departures.models import Departure
from keguan.runtime.ledger import permission
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.org import queries, role_rules
from keguan.runtime.org.actions import (
    Appoint,
    AppointDeputy,
    ConfirmAppointment,
    EndAppointment,
    EndDeputy,
    ProposeAppointment,
)
from keguan.runtime.org.models import Appointment, Deputy, Proposal
from keguan.runtime.org.role_rules import RoleRules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tests.cast import Cast

TODAY = date(2026, 11, 21)
THREE = ("system_administrator", "security_administrator", "auditor")
ROLES = (*THREE, "cashier", "accountant")
APART = frozenset(map(frozenset, combinations(THREE, 2))) | {frozenset({"cashier", "accountant"})}
DAYS = 8

DEEDS = 25


@pytest.fixture
def rules(afternoon: datetime, cast: Cast) -> Iterator[None]:
    """The rules, and nobody to ask for permission."""
    before = role_rules.install(lambda: RoleRules(apart=APART, confirmed=True))
    guard = permission.install(lambda _actor, _operation: True)
    yield
    permission.install(guard)
    role_rules.install(before)


@settings(max_examples=6, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_nobody_ever_has_both_in_hand(seed: int, rules: None, cast: Cast) -> None:
    """On no day from today on, by no chain of deputies; and what is refused leaves everything as it was."""
    random = Random(seed)
    people = [cast.lin_xiao.id, cast.zhao_qi.id, cast.zhou_min.id]
    undo = transaction.savepoint()
    try:
        for staff_id, role in zip(people, ("system_administrator", "auditor", "cashier"), strict=True):
            Appoint(actor=SYSTEM, staff_id=staff_id, role=role).run()
        for deed in (_deed(random) for _ in range(DEEDS)):
            before = _rows()
            try:
                _do(people, deed)
            except Refused:
                assert _rows() == before
            _assert_apart(people)
    finally:
        transaction.savepoint_rollback(undo)


def _deed(random: Random) -> tuple[object, ...]:
    """Anything that anybody may try, what matters more often than what clears the table."""
    who, number = random.randrange(3), random.randrange(4)
    span = (random.randrange(4), random.choice((None, None, 3, 5, DAYS)))
    role = random.choice(ROLES)
    tries: list[tuple[object, ...]] = [
        *[("appoint", who, role, span)] * 3,
        *[("propose", who, role, span)] * 2,
        *[("confirm", number)] * 2,
        ("end", number, random.randrange(-1, DAYS)),
        *[("deputy", who, random.randrange(3), span)] * 2,
        ("end deputy", number),
        (random.choice(("leave", "return")), who),
    ]
    return random.choice(tries)


def _do(people: list[int], deed: tuple[object, ...]) -> None:
    match deed:
        case ("appoint", int(who), str(role), (int(since), until)):
            Appoint(actor=SYSTEM, staff_id=people[who], role=role, since=_day(since), until=_day(until)).run()
        case ("propose", int(who), str(role), (int(since), until)):
            days = {"since": _day(since), "until": _day(until)}
            row = ProposeAppointment(actor=SYSTEM, staff_id=people[who], role=role, **days).run()
            assert row
        case ("confirm", int(number)):
            ConfirmAppointment(actor=SYSTEM, proposal_id=_nth(Proposal, number)).run()
        case ("end", int(number), int(day)):
            EndAppointment(actor=SYSTEM, appointment_id=_nth(Appointment, number), until=_day(day)).run()
        case ("deputy", int(who), int(by), (int(since), until)):
            days = {"since": _day(since), "until": _day(until)}
            AppointDeputy(actor=SYSTEM, staff_id=people[who], deputy_id=people[by], **days).run()
        case ("end deputy", int(number)):
            EndDeputy(actor=SYSTEM, deputyship_id=_nth(Deputy, number)).run()
        case ("leave", int(who)):
            Leave(viewer=system_viewer(), staff_id=people[who], reason="本人辞职").run()
        case ("return", int(who)):
            gone = Departure.objects.filter(staff_id=people[who]).order_by("-id").values_list("id", flat=True).first()
            Reinstate(viewer=system_viewer(), departure_id=gone or 0, reason="返聘上岗").run()


def _assert_apart(people: list[int]) -> None:
    """As pages and guards see it: day by day, what each holds and what those hold for whom they act."""
    for offset in range(DAYS + 2):
        day = clock.today() + timedelta(days=offset)
        for staff_id in people:
            whose = {staff_id, *queries.stands_in_for(staff_id, day)}
            roles = {card.role for each in whose for card in queries.appointments_of(each, day)}
            assert not any(pair <= roles for pair in APART), (offset, staff_id, roles)


def _rows() -> list[object]:
    return [list(model.objects.order_by("id").values()) for model in (Appointment, Deputy, Proposal, Departure)]


def _nth(model: type[Appointment | Deputy | Proposal], number: int) -> int:
    found = list(model.objects.order_by("-id").values_list("id", flat=True)[: number + 1])
    return found[number] if number < len(found) else 0


def _day(offset: object) -> date | None:
    return TODAY + timedelta(days=offset) if isinstance(offset, int) else None
