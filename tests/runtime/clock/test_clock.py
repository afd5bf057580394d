"""The one clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from keguan.runtime import clock


def test_a_held_clock_stands_still_and_goes_on_afterwards() -> None:
    """Inside the block every reading is the same moment; after it the clock runs again."""
    moment = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    with clock.hold(moment):
        assert (clock.now(), clock.now()) == (moment, moment)
    assert clock.now() != moment


def test_today_is_the_companys_day() -> None:
    """At 17:00 UTC it is already the next day in Shanghai."""
    with clock.hold(datetime(2026, 11, 21, 17, 0, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 22)
        assert clock.local(clock.now()).hour == 1


def test_a_held_clock_can_be_advanced() -> None:
    """Twenty-five hours later is the day after."""
    with clock.hold(datetime(2026, 11, 21, 4, 0, tzinfo=UTC)):
        assert clock.advance(timedelta(hours=25)) == datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
        assert clock.today() == date(2026, 11, 22)


def test_holds_nest() -> None:
    """An inner hold gives the outer one back."""
    outer = datetime(2026, 1, 1, tzinfo=UTC)
    with clock.hold(outer):
        with clock.hold(datetime(2020, 1, 1, tzinfo=UTC)):
            assert clock.today() == date(2020, 1, 1)
        assert clock.now() == outer


def test_a_running_clock_cannot_be_advanced() -> None:
    """Only tests and scenarios move time, and only while they hold it."""
    with pytest.raises(RuntimeError):
        clock.advance(timedelta(hours=1))


def test_a_moment_without_a_zone_is_refused() -> None:
    """A naive moment could be eight hours off, so it is not taken."""
    with pytest.raises(ValueError, match="time zone"), clock.hold(datetime(2026, 1, 1)):  # noqa: DTZ001 - the point
        pytest.fail("held")
