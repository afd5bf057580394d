"""Times of day and kinds of days as rosters write them: 08:30, 次日06:00, 工作日, 周一至周五, 09:00-11:00 3人."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from keguan.language.blocks.block import split_list
from keguan.language.blocks.routing import parts
from keguan.language.diagnostics.catalogue import rosters as entries
from keguan.language.model.roster import DAY_MINUTES, Coverage, Days

if TYPE_CHECKING:
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Written

WEEK = (Days.MONDAY, Days.TUESDAY, Days.WEDNESDAY, Days.THURSDAY, Days.FRIDAY, Days.SATURDAY, Days.SUNDAY)
DAYS = {
    "每日": Days.EVERY, "每天": Days.EVERY, "every day": Days.EVERY,
    "工作日": Days.WORKING, "working days": Days.WORKING,
    "周末": Days.RESTING, "休息日": Days.RESTING, "weekends": Days.RESTING,
    "节假日": Days.HOLIDAY, "holidays": Days.HOLIDAY,
    "交易日": Days.TRADING, "trading days": Days.TRADING,
    **{f"周{name}": day for name, day in zip("一二三四五六日", WEEK, strict=True)},
    **{day.value: day for day in WEEK},
}  # fmt: skip
_TIME = r"(?:(?P<{0}next>次日|next day)\s*)?(?P<{0}hour>[0-9]{{1,2}}):(?P<{0}minute>[0-9]{{2}})"
_MOMENT = re.compile(_TIME.format(""))
_RANGE = re.compile(r"(?P<first>\S+?)\s*(?:至|到|-|—|~|\sto\s)\s*(?P<last>\S+)")
_COVERAGE = re.compile(
    rf"(?:(?P<days>[^0-9:]+?)\s+)?{_TIME.format('from_')}\s*(?:-|—|~|至|到|to)\s*{_TIME.format('to_')}"
    rf"(?:\s+(?P<people>[0-9]{{1,3}})\s*(?:人|people|person))?"
)


def read_moment(written: Written, findings: Findings) -> int | None:
    """A time of day in minutes from midnight, beyond 1440 on the next day; None after a diagnostic."""
    found = _MOMENT.fullmatch(_plain(written.text))
    minutes = _minutes(found, "") if found else None
    if minutes is None:
        findings.add(entries.TIME, written.span, value=written.text)
    return minutes


def read_days(written: Written, findings: Findings) -> tuple[Days, ...]:
    """The kinds of days that a cell lists; what is none is reported and left out."""
    made: list[Days] = []
    for item in split_list(written):
        days = _days(item.text)
        if days is None:
            findings.add(entries.DAYS, item.span, value=item.text)
        else:
            made.extend(days)
    return tuple(dict.fromkeys(made))


def read_coverage(written: Written, findings: Findings) -> tuple[Coverage, ...]:
    """The hours that must be covered; what cannot be read is reported and left out."""
    made = []
    for item in parts(written):
        found = _COVERAGE.fullmatch(_plain(item.text))
        days = _days(found["days"]) if found and found["days"] else ()
        start, end = (_minutes(found, which) if found else None for which in ("from_", "to_"))
        if found is None or days is None or start is None or end is None or not start < end:
            findings.add(entries.COVERAGE, item.span, value=item.text)
            continue
        made.append(Coverage(days, start, end, int(found["people"] or 1)))
    return tuple(made)


def show_moment(minutes: int) -> str:
    """``08:30``, ``24:00``; what lies on the next day as hours beyond 24 (``30:00``)."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()


def _minutes(found: re.Match[str], which: str) -> int | None:
    minutes = int(found[f"{which}hour"]) * 60 + int(found[f"{which}minute"])
    if minutes > DAY_MINUTES or int(found[f"{which}minute"]) >= 60:
        return None
    return minutes + (DAY_MINUTES if found[f"{which}next"] else 0)


def _days(text: str) -> tuple[Days, ...] | None:
    """One kind of days, or the days of a week from one to another."""
    word = _plain(text)
    if word in DAYS:
        return (DAYS[word],)
    found = _RANGE.fullmatch(word)
    ends = [DAYS.get(found[which]) for which in ("first", "last")] if found else []
    first, last = (WEEK.index(day) if day in WEEK else -1 for day in ends) if len(ends) == 2 else (-1, -1)
    return WEEK[first : last + 1] if 0 <= first < last else None
