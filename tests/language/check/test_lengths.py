"""Which times certainly take longer than others."""

from __future__ import annotations

import pytest

from keguan.language.check.lengths import longer
from keguan.language.model.timing import Length, Unit

DAY, WORK, MONTH, HOUR = Unit.DAY, Unit.WORKING_DAY, Unit.MONTH, Unit.HOUR


@pytest.mark.parametrize(
    ("lengths", "total", "expected"),
    [
        ([(24, HOUR)], (1, DAY), False),
        ([(25, HOUR)], (1, DAY), True),
        ([(8, WORK)], (7, DAY), True),  # eight working days are more than seven days, whatever the calendar
        ([(7, WORK)], (7, DAY), False),
        ([(9, DAY)], (1, WORK), False),  # a working day may lie behind a long holiday
        ([(3, WORK), (3, WORK)], (5, WORK), True),
        ([(3, WORK), (99, HOUR)], (5, WORK), False),
        ([(31, DAY)], (1, MONTH), False),
        ([(32, DAY)], (1, MONTH), True),
        ([(1, Unit.QUARTER)], (2, MONTH), True),
        ([(1, Unit.QUARTER)], (3, MONTH), False),
        ([(1, MONTH)], (27, DAY), True),
        ([(1, MONTH)], (28, DAY), False),
    ],
)
def test_only_what_is_certain_is_longer(
    lengths: list[tuple[int, Unit]], total: tuple[int, Unit], *, expected: bool
) -> None:
    """Lengths that need a calendar to compare are never said to be longer."""
    assert longer([Length(*each) for each in lengths], Length(*total)) is expected
