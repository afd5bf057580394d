"""What a password must be, and how long it holds."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keguan.runtime import clock
from keguan.runtime.ledger.actions import SYSTEM, Actor, Refused
from keguan.runtime.ledger.events import listening
from keguan.runtime.ledger.models import Entry
from keguan.runtime.org.actions import AddStaff, SetPassword
from keguan.runtime.org.events import PasswordChanged
from keguan.runtime.org.models import FormerPassword, Session, Staff
from keguan.runtime.org.passwords import figures
from keguan.runtime.org.passwords.queries import password_of
from keguan.runtime.org.passwords.rules import complaints, require_strong
from keguan.runtime.org.passwords.storing import has_to_change
from tests.cast import HEAD_OFFICE, PASSWORD
from tests.runtime.org.signing.factor_world import first_step

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django.fixtures import SettingsWrapper

    from tests.cast import Cast

CONSOLE = Actor(None, "root", "cli")


def said_of(password: str) -> str:
    """What is wrong with a password for 林晓 of 云岭置地; nothing when it will do."""
    try:
        require_strong(password, Staff(username="lin_xiao", name="林晓"))
    except Refused as refusal:
        return refusal.message
    return ""


@pytest.mark.parametrize(
    "password", ["Aa3!xyz8", "correct horse battery", "三月里的小雨淅沥沥下不停啊", "Tz9#" + "q" * 100]
)
def test_these_will_do(cast: Cast, password: str) -> None:
    """Eight characters of four kinds, or twelve of any, in any script, up to 128."""
    assert said_of(password) == ""


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("Aa3!xyz", "至少8个字符"),
        ("aa3!xyz8", "大写字母"),
        ("AAAAAAA!", "小写字母"),
        ("Abcdefgh1", "符号"),
        ("1qaz2wsx3edc", "太常见"),
        ("q1w2e3r4t5y6", "太常见"),
        ("x-lin_xiao-2026", "用户名"),
        ("XX-LinXiao-XX-1", "用户名"),
        ("我是林晓我最喜欢春天呀", "姓名"),
        ("yunlingzhidi-88", "公司"),
        ("Aa3!" + "x" * 125, "最多128"),
    ],
)
def test_these_will_not(cast: Cast, password: str, why: str) -> None:
    """Too short, too simple, too common, too long, or somebody's name, in characters or pinyin."""
    assert why in said_of(password)


@given(st.text(min_size=1, max_size=7))
def test_nothing_short_will_do(password: str) -> None:
    """Whatever it is made of, fewer than eight characters are refused, whoever it is for."""
    before = figures.install(None)
    try:
        assert "密码至少8个字符。" in complaints(password)
    finally:
        figures.install(before)


def test_the_last_five_are_not_taken_again(cast: Cast, settings: SettingsWrapper) -> None:
    """Of the passwords she has had, the five last are refused and nothing changes; the sixth last is taken."""
    names = [f"spring-ridge-{number}-{number}" for number in range(1, 6)]
    for name in names:
        SetPassword(actor=cast.lin_xiao.actor, staff_id=cast.lin_xiao.id, password=name).run()
    before = Staff.objects.get(pk=cast.lin_xiao.id).password
    for name in names:
        with pytest.raises(Refused, match=r"org\.weak_password"):
            SetPassword(actor=cast.lin_xiao.actor, staff_id=cast.lin_xiao.id, password=name).run()
    assert Staff.objects.get(pk=cast.lin_xiao.id).password == before
    SetPassword(actor=cast.lin_xiao.actor, staff_id=cast.lin_xiao.id, password=PASSWORD).run()
    assert FormerPassword.objects.filter(staff=cast.lin_xiao.id).count() == 5


def test_a_given_password_is_to_be_changed(cast: Cast) -> None:
    """What an administrator set, or typed in for a new colleague, is good for choosing another; one's own stays."""
    SetPassword(actor=cast.guan_li.actor, staff_id=cast.lin_xiao.id, password="given-ridge-2026").run()
    assert has_to_change(Staff.objects.get(pk=cast.lin_xiao.id))
    SetPassword(actor=cast.lin_xiao.actor, staff_id=cast.lin_xiao.id, password="chosen-ridge-2026").run()
    assert not has_to_change(Staff.objects.get(pk=cast.lin_xiao.id))
    added = AddStaff(
        actor=CONSOLE,
        username="xin_ren",
        staff_name="辛仁",
        unit_id=cast.units[HEAD_OFFICE],
        password="first-ridge-2026",
    ).run()
    assert password_of(added).owed
    assert not password_of(cast.zhao_qi.id).owed


def test_after_ninety_days_it_is_to_be_changed(cast: Cast, afternoon: datetime, settings: SettingsWrapper) -> None:
    """On the ninetieth day to the second, not before; with no days set, never."""
    settings.SIGN_IN_PASSWORD_DAYS = 90
    SetPassword(actor=cast.lin_xiao.actor, staff_id=cast.lin_xiao.id, password="chosen-ridge-2026").run()
    clock.advance(timedelta(days=90) - timedelta(seconds=1))
    assert not password_of(cast.lin_xiao.id).owed
    clock.advance(timedelta(seconds=1))
    assert password_of(cast.lin_xiao.id).owed
    settings.SIGN_IN_PASSWORD_DAYS = 0
    assert not password_of(cast.lin_xiao.id).owed


def test_the_policy_may_say_the_figures(cast: Cast, afternoon: datetime) -> None:
    """What the policy says is taken in place of the settings, and the rest stays: three failures lock for an hour."""
    before = figures.install(lambda: {"lock_failures": 3, "lock_minutes": 60, "password_length": 14})
    try:
        assert figures.figures() == figures.Figures(0, 14, 3, 60, 10_000_000)
        assert "至少14个字符" in said_of("Aa3!xyz8long")
        for _ in range(3):
            first_step("lin_xiao", "wrong")
        clock.advance(timedelta(minutes=59))
        assert first_step("lin_xiao") == "org.sign_in"
        clock.advance(timedelta(minutes=1))
        assert first_step("lin_xiao") == "in"
    finally:
        figures.install(before)


def test_others_are_asked_for_permission_before_anything(cast: Cast) -> None:
    """赵启 learns nothing of 林晓's passwords by trying to set one: whatever he types, he may not."""
    for password in (PASSWORD, "x", "quite-another-2026"):
        with pytest.raises(Refused, match="not_permitted"):
            SetPassword(actor=cast.zhao_qi.actor, staff_id=cast.lin_xiao.id, password=password).run()
    assert FormerPassword.objects.count() == 0


def test_a_change_is_announced_and_ends_every_session(cast: Cast, afternoon: datetime) -> None:
    """Sessions end with the reason, the owner is to be told by whom, and no password is written down."""
    assert first_step("lin_xiao") == "in"
    told: list[PasswordChanged] = []
    with listening(PasswordChanged, told.append):
        SetPassword(actor=cast.guan_li.actor, staff_id=cast.lin_xiao.id, password="given-ridge-2026").run()
    assert told == [PasswordChanged(cast.lin_xiao.id, cast.guan_li.id)]
    session = Session.objects.get()
    assert (session.ended_at, session.ending) == (afternoon, "password")
    assert "given-ridge" not in json.dumps([list(entry) for entry in Entry.objects.values_list("action", "data")])


def test_data_that_the_system_makes_are_nobodys_gift(cast: Cast) -> None:
    """Sample people sign in with the passwords they were made with."""
    SetPassword(actor=SYSTEM, staff_id=cast.lin_xiao.id, password="sample-ridge-2026").run()
    assert not password_of(cast.lin_xiao.id).owed


def test_a_password_is_taken_as_it_is(cast: Cast) -> None:
    """Every character counts, to the hundred and twentieth: blanks at its ends, the case of a letter, the last one."""
    long = " Tz9#" + "q" * 113 + "x "
    assert len(long) == 120
    SetPassword(actor=cast.lin_xiao.actor, staff_id=cast.lin_xiao.id, password=long).run()
    for other in (long.strip(), long[:-1], long[:72], long.replace("T", "t"), long[:-2] + "y "):
        assert first_step("lin_xiao", other) != "in"
    Staff.objects.filter(pk=cast.lin_xiao.id).update(failed_attempts=0, locked_until=None)
    assert first_step("lin_xiao", long) == "in"
