"""The English of times: 3 working days, 15 days before expiry, next working day, first Monday of every month.

The text comes in lower case with single blanks; what cannot be read is None.
"""

from __future__ import annotations

import re

from keguan.language.blocks.timing.place import placed
from keguan.language.model.timing import Deadline, Frequency, Length, Point, Unit

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_UNITS = {
    "minute": Unit.MINUTE, "working hour": Unit.WORKING_HOUR, "hour": Unit.HOUR, "working day": Unit.WORKING_DAY,
    "business day": Unit.WORKING_DAY, "trading day": Unit.TRADING_DAY, "calendar day": Unit.DAY, "day": Unit.DAY,
    "week": Unit.WEEK, "month": Unit.MONTH, "quarter": Unit.QUARTER, "year": Unit.YEAR,
}  # fmt: skip
_HALVES = {"hour": Length(30, Unit.MINUTE), "month": Length(15, Unit.DAY), "year": Length(6, Unit.MONTH)}
_N = rf"(?:[0-9]{{1,5}}|{'|'.join(NUMBERS)})"
_UNIT = rf"(?P<unit>{'|'.join(_UNITS)})s?"
_HALF = r"half(?:[ -]an?)?[ -](?P<half>hour|month|year)"
_LENGTH = re.compile(rf"(?:{_N} ?(?:to|-) ?)?(?P<n>{_N}|an?) {_UNIT}|(?:a )?{_HALF}")
_BY = "(?:within |no later than |at most |in )?(?:the )?"
_EVENT = r"(?P<event>[^\W\d][\w -]{0,39})"
_AFTER = re.compile(rf"{_BY}(?P<length>.+?)(?: (?:after|of|from) (?:the )?{_EVENT})?")
_AHEAD = re.compile(rf"{_BY}(?P<length>.+?) (?:before (?:the )?{_EVENT}|ahead|in advance|before)")
_POINTS = (
    ("at once|immediately", Point.AT_ONCE),
    ("same (?:working|business) day", Point.SAME_WORKING_DAY),
    ("before the market opens", Point.NEXT_TRADING_OPENING),
    ("before the next opening|next opening", Point.NEXT_OPENING),
    ("next (?:working|business) day", Point.NEXT_WORKING_DAY),
    ("next day", Point.NEXT_DAY),
    ("same day", Point.SAME_DAY),
)
_POINT = tuple((re.compile(rf"{_BY}(?:{word})(?: (?:as|after|of) (?:the )?{_EVENT})?"), at) for word, at in _POINTS)
_ENDS = {
    "week": Point.END_OF_WEEK,
    "month": Point.END_OF_MONTH,
    "quarter": Point.END_OF_QUARTER,
    "year": Point.END_OF_YEAR,
}
_END = re.compile(rf"(?:by |before )?(?:the )?end of (?:the )?(?P<unit>{'|'.join(_ENDS)})")

_COUNT = re.compile(
    rf"(?:(?P<limit>at least|at most) )?(?:(?P<word>once|twice)|(?:(?P<low>{_N}) ?(?:to|-) ?)?(?P<count>{_N}) times?)"
    rf"|(?P<bare>at least|at most) (?P<number>{_N})(?! {_UNIT.replace('?P<unit>', '?:')})"
)
_ADVERBS = {
    "daily": Length(1, Unit.DAY), "weekly": Length(1, Unit.WEEK), "monthly": Length(1, Unit.MONTH),
    "quarterly": Length(1, Unit.QUARTER), "half-yearly": Length(6, Unit.MONTH), "yearly": Length(1, Unit.YEAR),
    "annually": Length(1, Unit.YEAR),
}  # fmt: skip
_EVERY = rf"(?:(?:every|each|an?|per|in)(?: (?P<n>{_N}))? {_UNIT}|every {_HALF}|(?P<adverb>{'|'.join(_ADVERBS)}))"
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
_NTH = (
    rf"(?:on )?(?:the )?(?P<ordinal>{'|'.join(_ORDINALS)}|last|[0-9]{{1,2}}(?:st|nd|rd|th)) (?:{_WEEKDAY}|working day)"
)
_DAY = (
    rf"by (?:the )?(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?|(?P<end>end|last day))"
    rf"(?: (?:of )?(?:(?P<name>{'|'.join(MONTHS)})|(?:its |the )?month (?P<month>[0-9]{{1,2}})))?"
)
_PLACES = (rf"on {_WEEKDAY}", _NTH, _DAY)
_FREQUENCY = tuple(
    re.compile(pattern)
    for pattern in (
        _EVERY,
        rf"(?:on )?(?:every|each) {_WEEKDAY}",
        *(rf"{_EVERY},? {place}" for place in _PLACES),
        *(rf"{place},?(?: of)? {_EVERY}" for place in _PLACES),
    )
)


def length(text: str) -> Length | None:
    """An amount of time."""
    found = _LENGTH.fullmatch(text)
    if found is None:
        return None
    if found["half"]:
        return _HALVES[found["half"]]
    amount = 1 if found["n"] in {"a", "an"} else _number(found["n"])
    return Length(amount, _UNITS[found["unit"]]) if amount else None


def deadline(text: str) -> Deadline | None:
    """A deadline."""
    if found := _END.fullmatch(text):
        return Deadline(text, point=_ENDS[found["unit"]])
    for pattern, point in _POINT:
        if found := pattern.fullmatch(text):
            return Deadline(text, point=point, event=found["event"] or "")
    for pattern, sign in ((_AHEAD, -1), (_AFTER, 1)):
        found = pattern.fullmatch(text)
        amount = length(found["length"]) if found else None
        if found and amount:
            return Deadline(text, Length(sign * amount.amount, amount.unit), event=found["event"] or "")
    return None


def frequency(text: str) -> Frequency | None:
    """A frequency."""
    low, high = 1, None
    counted = _COUNT.search(text)
    if counted:
        low, high = _count(counted)
        text = " ".join((text[: counted.start()] + text[counted.end() :]).split()).removeprefix(", ")
    text = text.removeprefix("at least ")
    found = next((found for pattern in _FREQUENCY if (found := pattern.fullmatch(text))), None)
    if found is None:
        return None
    parts = found.groupdict()
    weekday, ordinal, day, month = _place(parts)
    return placed(Frequency(text, _every(parts), low, high, weekday, ordinal, day, month))


def _number(text: str) -> int:
    return NUMBERS.index(text) + 1 if text in NUMBERS else int(text)


def _count(found: re.Match[str]) -> tuple[int, int | None]:
    limit = found["limit"] or found["bare"]
    written = found["count"] or found["number"]
    count = _number(written) if written else 1 + (found["word"] == "twice")
    if limit == "at most":
        return 0, count
    if found["low"]:
        return _number(found["low"]), None if limit else count
    return count, None


def _every(parts: dict[str, str | None]) -> Length:
    if adverb := parts.get("adverb"):
        return _ADVERBS[adverb]
    if half := parts.get("half"):
        return _HALVES[half]
    if unit := parts.get("unit"):
        return Length(_number(parts["n"] or "1"), _UNITS[unit])
    return Length(1, Unit.WEEK)


def _place(parts: dict[str, str | None]) -> tuple[int | None, int | None, int | None, int | None]:
    """(weekday, ordinal, day, month)."""
    named, nth = parts.get("weekday"), parts.get("ordinal")
    weekday = WEEKDAYS.index(named) + 1 if named else None
    ordinal = None
    if nth:
        ordinal = -1 if nth == "last" else _ORDINALS.index(nth) + 1 if nth in _ORDINALS else int(nth[:-2])
    day, name, month = parts.get("day"), parts.get("name"), parts.get("month")
    return (
        weekday,
        ordinal,
        int(day) if day else -1 if parts.get("end") else None,
        MONTHS.index(name) + 1 if name else int(month) if month else None,
    )
