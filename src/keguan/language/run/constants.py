"""Constants in generated Python, and what the generated code may call."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from keguan.language.feel import functions
from keguan.language.feel.rounding import coarser, divide
from keguan.language.run.room import too_large

if TYPE_CHECKING:
    from keguan.language.run.parameters import Value

NOTHING = float("nan")
"""Stands for a null number that is only ever compared with numbers: every comparison with it is false, ``!=`` true."""


def constant(value: Value) -> str:
    """A constant as Python source; a day, a time or a moment is the name of a module constant (see ``days``)."""
    if isinstance(value, datetime):
        return f"MOMENT_{_day(value)}_{_clock(value.time())}"
    if isinstance(value, date):
        return f"DAY_{_day(value)}"
    return f"TIME_{_clock(value)}" if isinstance(value, time) else repr(value)


def days(body: list[str], values: set[date | time]) -> list[str]:
    """The lines that define the days, times and moments used in ``body``."""
    text = "\n".join(body)
    named = {constant(value): value for value in values}
    return [f"{name} = {_made(named[name])}" for name in sorted(named) if name in text]


def surroundings() -> dict[str, object]:
    """The global names that generated code runs with."""
    plain = {"NOTHING": NOTHING, "date": date, "time": time, "datetime": datetime, "len": len, "abs": abs, "set": set}
    own = {function.__name__: function for function in (divide, coarser, *_CALLED)}
    return {"__builtins__": {}, "combine": datetime.combine, "too_large": too_large, **plain, **own}


_CALLED = (
    functions.substring,
    functions.substring_before,
    functions.substring_after,
    functions.has_mobile,
    functions.upper,
    functions.lower,
    functions.text_of,
    functions.number_text,
    functions.modulo,
    functions.half_up,
    functions.half_down,
    functions.away,
    functions.towards,
    functions.day_of_year,
    functions.make_date,
    functions.add_days,
    functions.add_seconds,
    functions.add_months,
    functions.seconds_between,
    functions.months_between,
)


def _day(value: date) -> str:
    return f"{value.year:04}{value.month:02}{value.day:02}"


def _clock(value: time) -> str:
    return f"{value.hour:02}{value.minute:02}{value.second:02}"


def _made(value: date | time) -> str:
    if isinstance(value, time):
        return f"time({value.hour}, {value.minute}, {value.second})"
    if isinstance(value, datetime):
        clock = f"{value.hour}, {value.minute}, {value.second}"
        return f"datetime({value.year}, {value.month}, {value.day}, {clock})"
    return f"date({value.year}, {value.month}, {value.day})"
