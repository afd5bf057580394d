"""Functions of dates, times, moments and durations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import writing
from keguan.language.feel import nodes
from keguan.language.feel.moments import called, moment, moments
from keguan.language.feel.scalars import WHOLE, taken
from keguan.language.feel.temporal import parse_date, parse_moment, parse_months, parse_seconds, parse_time
from keguan.language.feel.typed import Binary, Function, If, Literal, Operator
from keguan.language.feel.types import (
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAY_DURATION,
    MONTH_DURATION,
    TEXT,
    TIME,
    Date,
    DateTime,
    Time,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from keguan.language.diagnostics.diagnostic import Entry
    from keguan.language.feel.context import Context
    from keguan.language.feel.scalars import Arguments, Handler
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type

_DAY_LIKE = re.compile(r"[0-9]+-[0-9]+-[0-9]+")
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def written(context: Context, node: nodes.AtNode) -> Typed | None:
    """``@"…"``: a time, a moment or a duration (a day has a node of its own)."""
    found = _moment(node.text) if "T" in node.text.removeprefix("-").removeprefix("P") else None
    found = found or _duration(node.text) or _time(node.text)
    entry = writing.BAD_DATE if _DAY_LIKE.fullmatch(node.text) else writing.BAD_LITERAL
    return found or context.report(entry, node.span, found=node.text)


def _moment(text: str) -> Literal | None:
    value = parse_moment(text) if text[:1].isdigit() else None
    return None if value is None else Literal(value, DATE_TIME)


def _time(text: str) -> Literal | None:
    value = parse_time(text)
    return None if value is None else Literal(value, TIME)


def _duration(text: str) -> Literal | None:
    months, seconds = parse_months(text), parse_seconds(text)
    if months is not None:
        return Literal(months, MONTH_DURATION)
    return None if seconds is None else Literal(seconds, DAY_DURATION)


def _constant(
    context: Context, function: str, node: nodes.Node, read: Callable[[str], Literal | None], entry: Entry
) -> Typed | None:
    """What constant text means."""
    if not isinstance(node, nodes.TextNode):
        return context.report(writing.CONSTANT_TEXT, node.span, function=function)
    return read(node.value) or context.report(entry, node.span, found=node.value)


def _day(text: str) -> Literal | None:
    value = parse_date(text)
    return None if value is None else Literal(value, DATE)


def _date(context: Context, arguments: Arguments, _: Type | None) -> Typed | None:
    if len(arguments) > 1:
        parts = [taken(context, node, WHOLE) for node in arguments]
        sound = tuple(part for part in parts if part is not None)
        if len(sound) < len(parts):
            return None
        made = called(Function.MAKE_DATE, sound, DATE)
        return made if made != Literal(None, DATE) else _no_such_day(context, arguments, sound)
    if isinstance(arguments[0], nodes.TextNode):
        return _constant(context, "date", arguments[0], _day, writing.BAD_DATE)
    value = context.value(arguments[0])
    if value is None or isinstance(value.type, Date):
        return value
    if isinstance(value.type, DateTime):
        return called(Function.DATE_OF, (value,), DATE)
    return context.report(writing.CONSTANT_TEXT, arguments[0].span, function="date")


def _no_such_day(context: Context, arguments: Arguments, parts: tuple[Typed, ...]) -> Typed | None:
    values = [part.value for part in parts if isinstance(part, Literal)]
    if None in values:
        return Literal(None, DATE)
    return context.report(writing.BAD_DATE, arguments[-1].span, found="-".join(map(str, values)))


def _clock(context: Context, arguments: Arguments, _: Type | None) -> Typed | None:
    if len(arguments) > 1:
        parts = [taken(context, node, WHOLE) for node in arguments]
        values = [part.value for part in parts if isinstance(part, Literal) and isinstance(part.value, int)]
        text = ":".join(f"{value:02}" for value in values)
        found = _time(text) if len(values) == len(parts) else None
        return found or (context.report(writing.BAD_LITERAL, arguments[0].span, found=text) if all(parts) else None)
    if isinstance(arguments[0], nodes.TextNode):
        return _constant(context, "time", arguments[0], _time, writing.BAD_LITERAL)
    value = context.value(arguments[0])
    if value is None or isinstance(value.type, Time):
        return value
    if isinstance(value.type, DateTime):
        return called(Function.TIME_OF, (value,), TIME)
    return context.report(writing.CONSTANT_TEXT, arguments[0].span, function="time")


def _date_and_time(context: Context, arguments: Arguments, _: Type | None) -> Typed | None:
    if len(arguments) > 1:
        day, at = context.value(arguments[0], DATE), taken(context, arguments[1], TIME)
        if day is not None and isinstance(day.type, DateTime):
            day = called(Function.DATE_OF, (day,), DATE)
        elif day is not None:
            day = taken(context, arguments[0], DATE)
        return None if day is None or at is None else called(Function.DATE_TIME, (day, at), DATE_TIME)
    if isinstance(arguments[0], nodes.TextNode):
        return _constant(context, "date and time", arguments[0], _moment, writing.BAD_LITERAL)
    value = context.value(arguments[0])
    if value is None or isinstance(value.type, DateTime):
        return value
    if isinstance(value.type, Date):
        return moment(value)
    return context.report(writing.CONSTANT_TEXT, arguments[0].span, function="date and time")


def _length(context: Context, arguments: Arguments, _: Type | None) -> Typed | None:
    return _constant(context, "duration", arguments[0], _duration, writing.BAD_DURATION)


def _months_between(context: Context, arguments: Arguments, _: Type | None) -> Typed | None:
    start, end = (_day_or_moment(context, node) for node in arguments)
    if start is None or end is None:
        return None
    return called(Function.MONTHS_BETWEEN, moments(start, end), MONTH_DURATION)


def _day_or_moment(context: Context, node: nodes.Node) -> Typed | None:
    value = context.value(node)
    if value is not None and isinstance(value.type, DateTime):
        return value
    return None if value is None else taken(context, node, DATE)


def _part(function: Function, names: tuple[str, ...] | None) -> Handler:
    def handler(context: Context, arguments: Arguments, _: Type | None) -> Typed | None:
        value = _day_or_moment(context, arguments[0])
        if value is None:
            return None
        part = called(function, (value,), WHOLE)
        return part if names is None else _named(part, names)

    return handler


def _named(part: Typed, names: tuple[str, ...]) -> Typed:
    """The name of a number from 1."""
    if isinstance(part, Literal):
        return Literal(names[int(part.value) - 1] if part.value is not None else None, TEXT)  # type: ignore[arg-type]  # a number
    chosen: Typed = Literal(None, TEXT)
    for at in range(len(names), 0, -1):
        chosen = If(
            Binary(Operator.EQUAL, part, Literal(at, WHOLE), BOOLEAN), Literal(names[at - 1], TEXT), chosen, TEXT
        )
    return chosen


CALENDAR: Mapping[str, Handler] = {
    "date": _date,
    "time": _clock,
    "date and time": _date_and_time,
    "duration": _length,
    "years and months duration": _months_between,
    "day of year": _part(Function.DAY_OF_YEAR, None),
    "day of week": _part(Function.WEEKDAY, _WEEK),
    "month of year": _part(Function.MONTH, _MONTHS),
}
"""How each function of dates is typed; the number of its arguments has been checked."""
