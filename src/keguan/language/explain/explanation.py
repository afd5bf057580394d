"""What an explanation is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.language.model.model import ClauseRef


@dataclass(frozen=True, slots=True)
class Line:
    """One input of one row: its value, the row's test of it (``-``: none) and whether it is met.

    ``rule`` is the row's number in its own table. Of an input that the reader may not see neither value nor test is
    told.
    """

    rule: int
    label: str
    value_text: str
    test_text: str
    met: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """One line of a score: the row (0: the base), what was looked at and the points, with their sign."""

    rule: int
    grounds: tuple[Line, ...]
    points: str


@dataclass(frozen=True, slots=True)
class Nearer:
    """The row that came closest to another outcome: what it would have given and the tests that were not met.

    ``clause`` is the exception's when the row is one of a labelled exception.
    """

    rule: int
    outcome: str
    missed: tuple[Line, ...]
    clause: ClauseRef | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a decision came out as it did. ``rules`` are the rows that counted (one, unless the table collects), as the
    rule column holds them.

    ``row`` is that one row's number in its own table, and ``clause`` where it stands: the decision's clause, or that of
    a labelled exception; ``exception_to`` is then the clause that it is an exception to. ``scored`` are the lines of a
    scorecard.
    """

    sentence: str
    clause: ClauseRef
    rule: int | None
    rules: tuple[int, ...]
    outcome: str
    lines: tuple[Line, ...]
    nearer: Nearer | None
    row: int | None = None
    exception_to: ClauseRef | None = None
    scored: tuple[Scored, ...] = ()
