"""What an explanation is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.language.model.model import ClauseRef


@dataclass(frozen=True, slots=True)
class Line:
    """One input of one row: its value, the row's test of it (``-``: none) and whether it is met.

    Of an input that the reader may not see neither value nor test is told.
    """

    rule: int
    label: str
    value_text: str
    test_text: str
    met: bool


@dataclass(frozen=True, slots=True)
class Nearer:
    """The row that came closest to another outcome: what it would have given and the tests that were not met."""

    rule: int
    outcome: str
    missed: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a decision came out as it did. ``rules`` are the rows that counted (one, for first and unique hits)."""

    sentence: str
    clause: ClauseRef
    rule: int | None
    rules: tuple[int, ...]
    outcome: str
    lines: tuple[Line, ...]
    nearer: Nearer | None
