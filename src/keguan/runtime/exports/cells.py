"""A value as a cell of a file: figures as figures, everything else as the text that the viewer may see."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from keguan.language.model.model import FieldKind
from keguan.runtime.access.formatting import scale_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.shown import Shown

_FIGURES = frozenset({FieldKind.INTEGER, FieldKind.NUMBER, FieldKind.MONEY})
_LIVE = frozenset("=+-@\t\r\n＝＋－＠")
"""What spreadsheets take for the beginning of a formula, also in full width."""


class Figure(str):
    """A number in digits, exact: ``-1234.50``."""

    __slots__ = ()


def reader(column: Column) -> Callable[[Shown], str]:
    """How cells of a column are read from what is shown."""
    if column.kind in _FIGURES:
        return partial(_figure, scale_of(column.type) or 0)
    return _text


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula: with an apostrophe before it where it could. Figures are safe."""
    return f"'{text}" if text[:1] in _LIVE and not isinstance(text, Figure) else text


def _text(shown: Shown) -> str:
    return shown.text


def _figure(scale: int, shown: Shown) -> str:
    value = shown.value
    if shown.state != "plain" or not isinstance(value, int) or isinstance(value, bool):
        return shown.text
    if scale == 0:
        return Figure(value)
    digits = f"{abs(value):0{scale + 1}d}"
    return Figure(f"{'-' if value < 0 else ''}{digits[:-scale]}.{digits[-scale:]}")
