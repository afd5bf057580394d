"""What a roster means once it is linked."""

from __future__ import annotations

from keguan.language.model.actors import Party, PartyKind
from keguan.language.model.roster import Coverage, Days
from keguan.language.model.timing import Length, Unit
from tests.language.blocks.golden_models import good

ROSTERS = good("rosters/counter").blocks.rosters


def test_shifts() -> None:
    """A shift has a post, a role, its minutes from midnight, its people and its days."""
    full, early, weekend, _ = ROSTERS["counter_roster"].shifts
    assert (full.post, full.role, full.name, full.start, full.end, full.people) == (
        "窗口",
        "teller",
        "全天",
        510,
        1050,
        2,
    )
    assert (full.days, full.skills, full.minutes) == ((Days.WORKING,), ("现金业务",), 540)
    assert (early.start, early.end) == (540, 660)
    assert weekend.days == (Days.RESTING,)
    assert weekend.skills == ("现金业务", "挂失业务")


def test_a_shift_past_midnight_ends_on_the_next_day() -> None:
    """次日08:30 lies beyond the 1,440 minutes of its day; without days it is worked every day."""
    night = ROSTERS["power_room"].shifts[2]
    assert (night.start, night.end, night.minutes) == (1410, 1950, 540)
    assert night.days == (Days.EVERY,)


def test_coverage_and_limits() -> None:
    """What must be covered, how long anyone may work, the rest between shifts and who approves an exchange."""
    roster = ROSTERS["counter_roster"]
    week = (Days.MONDAY, Days.TUESDAY, Days.WEDNESDAY, Days.THURSDAY, Days.FRIDAY)
    assert roster.coverage == (
        Coverage(week, 510, 1050, 1),
        Coverage((Days.WORKING,), 540, 660, 3),
        Coverage((Days.RESTING,), 540, 960, 1),
    )
    assert (roster.most, roster.rest) == (Length(10, Unit.HOUR), Length(11, Unit.HOUR))
    assert roster.swaps == Party(PartyKind.ROLE, "branch_head")
    assert roster.unit == "城东网点"
