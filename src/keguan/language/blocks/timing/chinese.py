"""The Chinese of times: 三个工作日内, 到期前15天, 次日开盘前, 每月第一个周一, 每季度至少一次.

The text comes without blanks and in ASCII digits; what cannot be read is None.
"""

from __future__ import annotations

import re

from keguan.language.blocks.timing.place import placed
from keguan.language.markdown.numerals import numeral
from keguan.language.model.timing import Deadline, Frequency, Length, Point, Unit

_D = "[一二两三四五六七八九]"
_N = rf"(?:[0-9]{{1,5}}|{_D}百(?:{_D}十{_D}?|零{_D})?|{_D}?十{_D}?|{_D})"
_TO = "(?:至|到|-|~|—)"
UNITS = {
    "分钟": Unit.MINUTE, "工作小时": Unit.WORKING_HOUR, "小时": Unit.HOUR, "工作日": Unit.WORKING_DAY,
    "工作天": Unit.WORKING_DAY, "交易日": Unit.TRADING_DAY, "自然日": Unit.DAY, "日历日": Unit.DAY, "天": Unit.DAY,
    "日": Unit.DAY, "星期": Unit.WEEK, "周": Unit.WEEK, "季度": Unit.QUARTER, "季": Unit.QUARTER, "月": Unit.MONTH,
    "年度": Unit.YEAR, "年": Unit.YEAR,
}  # fmt: skip
_HALVES = {"小时": Length(30, Unit.MINUTE), "月": Length(15, Unit.DAY), "年": Length(6, Unit.MONTH)}
_SMALLER = {Unit.HOUR: (60, Unit.MINUTE), Unit.YEAR: (12, Unit.MONTH)}
_UNIT = rf"(?P<unit>{'|'.join(UNITS)})"
_HALF = r"半个?(?P<half>小时|月|年)度?"
_LENGTH = re.compile(rf"(?:{_N}{_TO})?(?P<n>{_N})(?:个(?P<odd>半)?)?{_UNIT}(?P<more>半)?|{_HALF}")

_BY = "(?:不超过|不晚于|最长|最多|至多|最迟|至迟|应在|须在|于|在)?"
_IN = "(?:之内|以内|内)?"
_EVENT = r"(?P<event>[^\W\d]{1,20}?)"
_AFTER = re.compile(rf"{_BY}(?:自?{_EVENT}(?:之日起|之日后|起|之后|以后|后){_BY})?(?P<length>.+?){_IN}")
_AHEAD = re.compile(rf"{_BY}(?:提前|{_EVENT}(?:之前|以前|前)(?:提前)?)(?P<length>.+?){_IN}")
_NEXT = "(?:次一?个?|下一?个?)"
_POINTS = (
    ("立即|即时|立刻|即刻|随即", Point.AT_ONCE),
    ("当个?工作日", Point.SAME_WORKING_DAY),
    (
        rf"(?:(?:次日|{_NEXT}工作日|{_NEXT}交易日)(?:开盘|开市)|{_NEXT}交易日(?:上班|营业|开业))",
        Point.NEXT_TRADING_OPENING,
    ),
    (rf"(?:次日|{_NEXT}工作日)(?:上班|营业|开业)", Point.NEXT_OPENING),
    (rf"{_NEXT}工作日", Point.NEXT_WORKING_DAY),
    ("次日|第二天|隔日|下一日", Point.NEXT_DAY),
    ("当日|当天|同日", Point.SAME_DAY),
)
_ENDS = (
    ("[本当]周(?:底|末)?", Point.END_OF_WEEK),
    ("[本当]月(?:底|末)?|月(?:底|末)", Point.END_OF_MONTH),
    ("[本当]季度?(?:底|末)?|每?季度?(?:底|末)", Point.END_OF_QUARTER),
    ("[本当]年度?(?:底|末)?|年度?(?:底|末)", Point.END_OF_YEAR),
)
_BEFORE = "(?:之前|以前|前|之内|以内|内)?"
_POINT = tuple((re.compile(rf"{_BY}(?:{_EVENT}(?:之后|后|的)?)?(?:{word}){_BEFORE}"), at) for word, at in _POINTS)
_END = tuple((re.compile(rf"{_BY}(?:{word}){_BEFORE}"), at) for word, at in _ENDS)

_COUNT = re.compile(
    rf"(?P<limit>至少|不少于|不低于|至多|最多|不超过|不多于)?(?:(?P<low>{_N}){_TO})?(?P<count>{_N})次(?P<up>及?以上)?"
)
_AT_MOST = frozenset({"至多", "最多", "不超过", "不多于"})
_EVERY = rf"(?:每(?:(?P<n>{_N})个?)?|(?P<bare>{_N})个?|每个)(?:{_UNIT})|每?{_HALF}"
_WEEKDAYS = "一二三四五六日"
_WEEKDAY = r"(?:周|星期|礼拜)(?P<{0}>[一二三四五六日天])"
_ORDINAL = rf"的?(?P<ordinal>第(?P<nth>{_N})个?|最后一?个?|首个?)(?:{_WEEKDAY.format('named')}|工作日)"
_DAY = rf"(?:(?P<month>{_N})月份?|(?P<edge>首月|末月))?(?:(?P<day>{_N})[日号]|(?P<end>底|末))"
_SINCE = rf"(?:结束|终了)后(?P<since>{_N})[日天]内"
_FREQUENCY = re.compile(
    rf"(?:至少)?(?:{_EVERY})(?:(?:周|星期|礼拜)?(?P<weekday>[一二三四五六日天])|{_ORDINAL}|{_DAY}|{_SINCE})?(?:下班)?{_BEFORE}"
)


def length(text: str) -> Length | None:
    """An amount of time."""
    found = _LENGTH.fullmatch(text)
    if found is None:
        return None
    if found["half"]:
        return _HALVES[found["half"]]
    amount, unit = numeral(found["n"]), UNITS[found["unit"]]
    if found["odd"] or found["more"]:
        if unit not in _SMALLER:
            return None
        parts, unit = _SMALLER[unit]
        amount = amount * parts + parts // 2
    return Length(amount, unit) if amount else None


def deadline(text: str) -> Deadline | None:
    """A deadline."""
    for pattern, point in _END:
        if pattern.fullmatch(text):
            return Deadline(text, point=point)
    for pattern, point in _POINT:
        if found := pattern.fullmatch(text):
            return Deadline(text, point=point, event=found["event"] or "")
    for pattern, sign in ((_AHEAD, -1), (_AFTER, 1)):
        found = pattern.fullmatch(text)
        amount = length(found["length"]) if found else None
        if found and amount:
            return Deadline(text, Length(sign * amount.amount, amount.unit), event=found["event"] or "")
    return None


def counted(text: str) -> tuple[str, int, int | None]:
    """The text without what it says of how often, and that: at least, at most (None: without limit)."""
    found = _COUNT.search(text)
    return (text, 1, None) if found is None else (text[: found.start()] + text[found.end() :], *_count(found))


def frequency(text: str) -> Frequency | None:
    """A frequency."""
    rest, low, high = counted(text)
    found = _FREQUENCY.fullmatch(rest)
    if found is None or (found["bare"] and rest == text):
        return None
    text = rest
    every = _HALVES[found["half"]] if found["half"] else Length(_every(found), UNITS[found["unit"]])
    weekday, ordinal, day, month = _place(found)
    if every.unit is Unit.WEEK and found["end"]:
        weekday, day = 7, None
    return placed(Frequency(text, every, low, high, weekday, ordinal, day, month))


def _every(found: re.Match[str]) -> int:
    number = found["n"] or found["bare"]
    return numeral(number) if number else 1


def _count(found: re.Match[str]) -> tuple[int, int | None]:
    count = numeral(found["count"])
    if found["limit"] in _AT_MOST:
        return 0, count
    if found["low"]:
        return numeral(found["low"]), None if found["limit"] else count
    return count, None


def _place(found: re.Match[str]) -> tuple[int | None, int | None, int | None, int | None]:
    """(weekday, ordinal, day, month)."""
    day = found["weekday"] or found["named"]
    weekday = _WEEKDAYS.index("日" if day == "天" else day) + 1 if day else None
    if found["ordinal"]:
        return weekday, numeral(found["nth"]) if found["nth"] else 1 if "首" in found["ordinal"] else -1, None, None
    if found["since"]:
        return None, None, numeral(found["since"]), 1
    month = numeral(found["month"]) if found["month"] else 1 if found["edge"] == "首月" else None
    return weekday, None, numeral(found["day"]) if found["day"] else -1 if found["end"] else None, month
