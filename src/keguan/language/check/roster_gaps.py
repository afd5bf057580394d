"""Hours that a roster must cover and does not.

The shifts are laid over a plain week — five working days, two days of rest — and a public holiday; a shift past
midnight also covers the beginning of the next day.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from keguan.language.blocks.hours import DAYS, WEEK, show_moment
from keguan.language.diagnostics.catalogue import rosters as entries
from keguan.language.model.roster import DAY_MINUTES, Days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.check.subject import Subject
    from keguan.language.model.roster import Coverage, Roster

_WORKING = frozenset({Days.EVERY, Days.WORKING, Days.TRADING})
_RESTING = frozenset({Days.EVERY, Days.RESTING})
_KINDS: tuple[frozenset[Days], ...] = (
    *(_WORKING | {day} for day in WEEK[:5]),
    *(_RESTING | {day} for day in WEEK[5:]),
    frozenset({Days.EVERY, Days.HOLIDAY}),
)
"""What each sample day counts as: Monday to Sunday, then a public holiday."""


def roster_gaps(subject: Subject) -> None:
    """Report each stretch with too few people once, with the days on which that is so."""
    for roster in subject.model.blocks.rosters.values():
        for coverage in roster.coverage:
            found: dict[tuple[int, int, int], list[int]] = {}
            for day in _days(roster, coverage):
                for gap in _gaps(roster, coverage, day):
                    found.setdefault(gap, []).append(day)
            for (start, end, there), days in found.items():
                values = {"hours": f"{show_moment(start)}-{show_moment(end)}", "needed": coverage.people}
                zh, en = _named(days)
                subject.findings.add(
                    entries.GAP, roster.span, label=roster.label.zh, days=zh, days_en=en, there=there, **values
                )


def _days(roster: Roster, coverage: Coverage) -> list[int]:
    """The sample days on which there must be coverage."""
    wanted = set(coverage.days) or {day for shift in roster.shifts for day in shift.days}
    return [number for number, kinds in enumerate(_KINDS) if kinds & wanted]


def _gaps(roster: Roster, coverage: Coverage, day: int) -> list[tuple[int, int, int]]:
    """(from, to, how many are there) of every stretch of the day with too few people."""
    last = len(_KINDS) - 1
    before, after = (day if day == last else (day + step) % last for step in (-1, 1))
    edges = {coverage.start, coverage.end}
    worked: list[tuple[int, int, int]] = []
    for offset, number in ((-DAY_MINUTES, before), (0, day), (DAY_MINUTES, after)):
        for shift in roster.shifts:
            if _KINDS[number] & set(shift.days):
                worked.append((shift.start + offset, shift.end + offset, shift.people))
                edges |= {edge for edge in worked[-1][:2] if coverage.start < edge < coverage.end}
    moments = sorted(edges)
    stretches = [
        (start, end, sum(people for first, until, people in worked if first <= start and end <= until))
        for start, end in pairwise(moments)
    ]
    return _joined([stretch for stretch in stretches if stretch[2] < coverage.people])


def _joined(stretches: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Neighbouring stretches with as many people as one."""
    joined: list[tuple[int, int, int]] = []
    for start, end, there in stretches:
        if joined and joined[-1][1] == start and joined[-1][2] == there:
            joined[-1] = (joined[-1][0], end, there)
        else:
            joined.append((start, end, there))
    return joined


def _named(days: Sequence[int]) -> tuple[str, str]:
    """Sample days in words: 周一至周五, 周日, 节假日."""
    names = {day: word for word, day in DAYS.items() if not word.isascii()}
    zh, en = [], []
    for _, run in groupby(enumerate(days), lambda each: (each[1] - each[0], each[1] == len(WEEK))):
        numbers = [number for _, number in run]
        first, last = (WEEK[numbers[0]], WEEK[numbers[-1]]) if numbers[0] < len(WEEK) else (Days.HOLIDAY, Days.HOLIDAY)
        if first is last:
            zh.append("节假日" if first is Days.HOLIDAY else names[first])
            en.append("holidays" if first is Days.HOLIDAY else first.value.capitalize())
        else:
            zh.append(f"{names[first]}至{names[last]}")
            en.append(f"{first.value.capitalize()} to {last.value.capitalize()}")
    return "、".join(zh), ", ".join(en)
