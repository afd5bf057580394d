"""The first and the last day of weeks, months, quarters and years."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from keguan.language.feel.typed import Literal
from keguan.language.feel.types import DATE
from keguan.language.model.evaluate import Values, evaluate
from tests.language.feel.names import typed

if TYPE_CHECKING:
    from collections.abc import Callable


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


SPANS: dict[tuple[str, str], Callable[[date], tuple[date, date]]] = {
    ("周初", "周末日"): lambda day: (
        day - timedelta(days=day.weekday()),
        day - timedelta(days=day.weekday()) + timedelta(days=6),
    ),
    ("月初", "月末"): lambda day: _month(day.year, day.month),
    ("季初", "季末"): lambda day: (
        _month(day.year, (day.month - 1) // 3 * 3 + 1)[0],
        _month(day.year, (day.month - 1) // 3 * 3 + 3)[1],
    ),
    ("年初", "年末"): lambda day: (date(day.year, 1, 1), date(day.year, 12, 31)),
}
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 26))


@pytest.mark.parametrize("names", SPANS)
@given(day=DAYS)
@example(day=date(2024, 2, 29))
@example(day=date(1900, 2, 28))
@example(day=date(2026, 3, 31))
@example(day=date(2026, 12, 31))
@example(day=date(9999, 12, 26))
def test_a_day_is_in_its_period(names: tuple[str, str], day: date) -> None:
    """Of every day, worked out at once for constants and from the day otherwise."""
    expected = SPANS[names](day)
    for name, wanted in zip(names, expected, strict=True):
        assert typed(f'{name}(@"{day.isoformat()}")') == Literal(wanted, DATE)
        assert evaluate(typed(f"{name}(today())"), Values(today=day)) == wanted


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("start of week", "周初"), ("end of week", "周末日"), ("start of month", "月初"), ("end of month", "月末"),
        ("start of quarter", "季初"), ("end of quarter", "季末"), ("start of year", "年初"), ("end of year", "年末"),
    ],
)  # fmt: skip
def test_each_has_a_name_in_both_languages(english: str, chinese: str) -> None:
    """The English name, also with the argument named, is the same function."""
    assert typed(f"{english}(today())") == typed(f"{chinese}(today())") == typed(f"{english}(date: today())")


@pytest.mark.parametrize("name", [name for names in SPANS for name in names])
def test_no_day_has_no_period(name: str) -> None:
    """Null gives null."""
    assert evaluate(typed(f"{name}(null)"), Values()) is None


def test_a_moment_counts_as_its_day() -> None:
    """The time of day does not matter."""
    assert typed('月末(@"2024-02-05T23:59:59")') == Literal(date(2024, 2, 29), DATE)
