"""Values as people write them and as they are kept."""

from __future__ import annotations

from datetime import date

import pytest

from keguan.language.feel.types import BOOLEAN, DATE, TEXT, Number, Text
from keguan.language.model.model import FieldKind
from keguan.language.model.values import infer, read_value, show_value


@pytest.mark.parametrize(
    ("text", "scale", "units"),
    [
        ("5000万", 2, 5_000_000_000),
        ("12,860,000.00", 2, 1_286_000_000),
        ("¥1,234.5", 2, 123_450),
        ("1.5亿", 0, 150_000_000),
        ("15%", 4, 1_500),
        ("-3", 0, -3),
        ("１２．５", 1, 125),
        ("8元", 2, 800),
    ],
)
def test_numbers_are_read_exactly(text: str, scale: int, units: int) -> None:
    """A number in any usual spelling becomes whole units of its scale."""
    assert read_value(text, Number(scale)) == units


@pytest.mark.parametrize("text", ["", "五千万", "1.005", "1e5", "--1", "9" * 50, "万"])
def test_what_is_no_number_of_that_scale_is_refused(text: str) -> None:
    """Nothing is guessed and nothing is rounded."""
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the text itself
        read_value(text, Number(2))


def test_other_kinds() -> None:
    """Yes/no, days, texts and choices are read as their type says."""
    assert read_value("是", BOOLEAN) is True
    assert read_value("No", BOOLEAN) is False
    assert read_value("2026-03-02", DATE) == date(2026, 3, 2)
    assert read_value("甲", TEXT) == "甲"
    assert read_value("甲", Text(("甲", "乙"))) == "甲"
    for text, type_ in (("丙", Text(("甲", "乙"))), ("2026-02-30", DATE), ("2026-3-2", DATE), ("也许", BOOLEAN)):
        with pytest.raises(ValueError):  # noqa: PT011 - the message is the text itself
            read_value(text, type_)


def test_the_type_of_a_parameter_is_told_from_its_value() -> None:
    """Whole numbers, decimals, percentages, days, yes/no and texts are told apart."""
    assert infer("800万") == (Number(0), FieldKind.INTEGER)
    assert infer("2.50") == (Number(1), FieldKind.NUMBER)
    assert infer("15%") == (Number(4), FieldKind.PERCENT)
    assert infer("2026-01-01") == (DATE, FieldKind.DATE)
    assert infer("是") == (BOOLEAN, FieldKind.BOOLEAN)
    assert infer("甲") == (TEXT, FieldKind.TEXT)


def test_values_are_shown_as_people_write_them() -> None:
    """Money has a sign and two places, percentages a sign, yes/no a word, nothing a word."""
    assert show_value(1_286_000_000, Number(2), FieldKind.MONEY) == "¥12,860,000.00"
    assert show_value(-50, Number(2), FieldKind.MONEY) == "-¥0.50"
    assert show_value(250, Number(4), FieldKind.PERCENT) == "2.5%"
    assert show_value(1_050, Number(2), None) == "10.5"
    assert show_value(True, BOOLEAN, None, "en") == "yes"
    assert show_value(None, TEXT, None) == "空"
    assert show_value(date(2026, 3, 2), DATE, None) == "2026-03-02"
