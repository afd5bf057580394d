"""Values as people read them."""

from __future__ import annotations

from datetime import date

import pytest

from keguan.language.model.model import FieldKind
from keguan.runtime.access.formatting import formatted, money


@pytest.mark.parametrize(
    ("fen", "full", "short"),
    [
        (123450, "¥1,234.50", "¥1,234.50"),
        (5_000_000_000, "¥50,000,000.00", "5,000 万"),
        (799_999_900, "¥7,999,999.00", "799.9999 万"),
        (799_999_950, "¥7,999,999.50", "¥7,999,999.50"),
        (1_000_000, "¥10,000.00", "1 万"),
        (999_900, "¥9,999.00", "¥9,999.00"),
        (-1_000_000, "-¥10,000.00", "-1 万"),
        (0, "¥0.00", "¥0.00"),
    ],
)
def test_money(fen: int, full: str, short: str) -> None:
    """Lists write whole amounts in 万 and never round one across a boundary."""
    assert (money(fen), money(fen, short=True)) == (full, short)


@pytest.mark.parametrize(
    ("kind", "scale", "value", "zh", "en"),
    [
        (FieldKind.BOOLEAN, 0, True, "是", "Yes"),
        (FieldKind.BOOLEAN, 0, False, "否", "No"),
        (FieldKind.DATE, 0, date(2026, 11, 21), "2026-11-21 周六", "2026-11-21 Sat"),
        (FieldKind.INTEGER, 0, 12345, "12,345", "12,345"),
        (FieldKind.NUMBER, 2, -150, "-1.50", "-1.50"),
        (FieldKind.PERCENT, 4, 1500, "15%", "15%"),
        (FieldKind.PERCENT, 4, 1250, "12.5%", "12.5%"),
        (FieldKind.PERCENT, 4, 10000, "100%", "100%"),
        (FieldKind.TEXT, 0, "林晓", "林晓", "林晓"),
    ],
)
def test_both_languages(kind: FieldKind, scale: int, value: bool | int | str | date, zh: str, en: str) -> None:
    """Each kind has one form in Chinese and one in English."""
    assert (formatted(kind, scale, value, "zh"), formatted(kind, scale, value, "en")) == (zh, en)
