"""Constants in generated Python, and what the generated code may call."""

from __future__ import annotations

from datetime import date

from keguan.language.feel.rounding import coarser, divide

NOTHING = float("nan")
"""Stands for a null number that is only ever compared with numbers: every comparison with it is false, ``!=`` true."""


def constant(value: int | str | bool | date | None) -> str:
    """A constant as Python source; a day is the name of a module constant (see ``days``)."""
    if isinstance(value, date):
        return f"DAY_{value:%Y%m%d}" if value.year >= 1000 else f"DAY_{value.year:04}{value:%m%d}"
    return repr(value)


def days(body: list[str], values: set[date]) -> list[str]:
    """The lines that define the days used in ``body``."""
    text = "\n".join(body)
    return [
        f"{constant(value)} = date({value.year}, {value.month}, {value.day})"
        for value in sorted(values)
        if constant(value) in text
    ]


def surroundings() -> dict[str, object]:
    """The global names that generated code runs with."""
    return {"__builtins__": {}, "NOTHING": NOTHING, "date": date, "len": len, "divide": divide, "coarser": coarser}
