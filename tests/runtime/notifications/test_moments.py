"""When something goes out: rhythm, quiet hours, urgency."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keguan.runtime.notifications.models import Digest
from keguan.runtime.notifications.moments import NIGHT, Quiet, goes_out

SHANGHAI = ZoneInfo("Asia/Shanghai")
NONE = Quiet(time(0), time(0))


def at(text: str) -> datetime:
    """A moment on the company's clocks."""
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=SHANGHAI).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "digest", "out"),
    [
        ("23 10:20", Digest.AT_ONCE, "23 10:20"),
        ("23 10:20", Digest.HOURLY, "23 11:00"),
        ("23 11:00", Digest.HOURLY, "23 12:00"),
        ("23 08:29", Digest.DAILY, "23 08:30"),
        ("23 08:30", Digest.DAILY, "24 08:30"),
        ("23 21:59", Digest.AT_ONCE, "23 21:59"),
        ("23 22:00", Digest.AT_ONCE, "24 07:00"),
        ("24 06:59", Digest.AT_ONCE, "24 07:00"),
        ("24 07:00", Digest.AT_ONCE, "24 07:00"),
        ("23 21:30", Digest.HOURLY, "24 07:00"),
    ],
)
def test_when_it_goes_out(now: str, digest: str, out: str) -> None:
    """At once, with the next full hour or at the next 08:30, and never at night."""
    assert goes_out(at(now), digest, NIGHT, urgent=False) == at(out)


def test_what_is_urgent_waits_for_no_digest() -> None:
    """It waits for the morning, unless the person wants to be woken for it."""
    for digest in Digest.values:
        assert goes_out(at("23 10:20"), digest, NIGHT, urgent=True) == at("23 10:20")
    assert goes_out(at("23 23:00"), Digest.AT_ONCE, NIGHT, urgent=True) == at("24 07:00")
    woken = Quiet(time(22), time(7), urgent_too=True)
    assert goes_out(at("23 23:00"), Digest.DAILY, woken, urgent=True) == at("23 23:00")
    assert goes_out(at("23 23:00"), Digest.AT_ONCE, woken, urgent=False) == at("24 07:00")


def test_hours_within_a_day() -> None:
    """Quiet hours need not span midnight; hours that begin when they end are none."""
    noon = Quiet(time(12), time(14))
    assert goes_out(at("23 12:00"), Digest.AT_ONCE, noon, urgent=False) == at("23 14:00")
    assert goes_out(at("23 23:00"), Digest.AT_ONCE, noon, urgent=False) == at("23 23:00")
    assert goes_out(at("23 00:00"), Digest.AT_ONCE, NONE, urgent=False) == at("23 00:00")


@given(
    minutes=st.integers(0, 60 * 24 * 60),
    since=st.times().map(lambda each: each.replace(second=0, microsecond=0)),
    until=st.times().map(lambda each: each.replace(second=0, microsecond=0)),
    digest=st.sampled_from(Digest.values),
    urgent=st.booleans(),
)
def test_it_is_never_early_and_never_in_quiet(
    minutes: int, since: time, until: time, digest: str, urgent: bool
) -> None:
    """Whatever somebody prefers: not before now, not in their quiet hours, and within two days."""
    now = at("01 00:00") + timedelta(minutes=minutes)
    quiet = Quiet(since, until)
    out = goes_out(now, digest, quiet, urgent=urgent)
    assert now <= out <= now + timedelta(days=2)
    assert quiet.after(out) == out
