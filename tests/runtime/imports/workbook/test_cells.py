"""Cells as text."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from keguan.runtime.imports.workbook.cells import Cell, FormulaError, text_of


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("　林知远 ", "林知远"),
        (13900000001.0, "13900000001"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (1234567.89, "1234567.89"),
        (True, "是"),
        (False, "否"),
        (date(2026, 3, 2), "2026-03-02"),
        (datetime(2026, 3, 2), "2026-03-02"),  # noqa: DTZ001
        (datetime(2026, 3, 2, 9, 30), "2026-03-02 09:30:00"),  # noqa: DTZ001
        (time(9, 30), "09:30:00"),
        (FormulaError("#N/A"), "#N/A"),
        (float("nan"), ""),
    ],
)
def test_a_cell_reads_as_the_person_meant_it(cell: Cell, text: str) -> None:
    """No exponent, no binary noise, no time of day where only the day was meant."""
    assert text_of(cell) == text
