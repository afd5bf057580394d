"""Working time: deadlines a second, beside the same sums by a walk over days and over quarter hours.

The walks are the obvious way, and they are as coarse as they can be for this calendar's hours. The figure to hold: a
sum of 250 working days or 500 working hours takes at most 100 microseconds.

    python -m benchmarks.working_time
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

from chinese_calendar import constants

from keguan.calculators.working_time.calendar import Calendar, Day
from keguan.calculators.working_time.elapsing import add_working
from keguan.calculators.working_time.hours import read_hours
from keguan.calculators.working_time.lengths import add_working_days

CEILING = 100e-6
QUARTER = timedelta(minutes=15)


def office() -> Calendar:
    """Monday to Friday with a lunch break and the real days off."""
    days = {day: Day(working=False, name=name) for day, name in constants.holidays.items()}
    days |= {day: Day(working=True, name=name) for day, name in constants.workdays.items()}
    return Calendar(ZoneInfo("Asia/Shanghai"), (read_hours("09:00-12:00, 13:30-18:00"),) * 5 + ((), ()), days)


def walk_days(calendar: Calendar, moment: datetime, count: int) -> datetime:
    """A day at a time."""
    local = calendar.local(moment)
    while count:
        local += timedelta(days=1)
        count -= calendar.is_working(local.date())
    return local.astimezone(UTC)


def walk_hours(calendar: Calendar, moment: datetime, time: timedelta) -> datetime:
    """A quarter of an hour at a time."""
    at = moment.astimezone(UTC)
    while time:
        local = calendar.local(at)
        clock = local.hour * 60 + local.minute
        at += QUARTER
        if any(begin <= clock < end for begin, end in calendar.hours_on(local.date())):
            time -= QUARTER
    return at


def seconds(times: int, sum_up: Callable[[], datetime]) -> float:
    """For one sum."""
    begun = perf_counter()
    for _time in range(times):
        sum_up()
    return (perf_counter() - begun) / times


def main() -> None:
    """Print a line for each length."""
    calendar = office()
    since = datetime(2024, 9, 30, 10, tzinfo=calendar.zone)
    print(f"{'length':<20}{'µs':>8}{'walking':>12}{'ratio':>8}")
    slowest = 0.0
    for count in (1, 10, 250):
        hours = 2 * count * timedelta(hours=1)
        sums = {
            f"{count} working days": (
                lambda count=count: add_working_days(calendar, since, count),
                lambda count=count: walk_days(calendar, since, count),
            ),
            f"{2 * count} working hours": (
                lambda hours=hours: add_working(calendar, since, hours),
                lambda hours=hours: walk_hours(calendar, since, hours),
            ),
        }
        for name, (ours, walk) in sums.items():
            if ours() != walk():
                sys.exit(f"{name}: the walk ends elsewhere")
            took, walked = seconds(5_000, ours), seconds(20, walk)
            slowest = max(slowest, took)
            print(f"{name:<20}{took * 1e6:>8.1f}{walked * 1e6:>12.1f}{walked / took:>8.1f}")
    print(f"slowest {slowest * 1e6:.1f} µs; to hold: {CEILING * 1e6:.0f}")
    if slowest > CEILING:
        sys.exit(1)


if __name__ == "__main__":
    main()
