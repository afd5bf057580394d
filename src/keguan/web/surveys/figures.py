"""Figures in words and drawn: the score, its margin, and how many answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.model.survey import Measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.calculators.satisfaction import Figure
    from keguan.runtime.surveys.queries import Group, Measured

WIDE, TALL = 120.0, 100.0
"""Units of the drawings: of a bar's width, and of a trend's height."""

_STEP = 60.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure on a page. ``left``, ``width`` and ``point`` are its margin and value on a bar ``WIDE`` wide."""

    n: int
    score: str
    margin: str
    enough: bool
    left: float
    width: float
    point: float


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: what the answers have in common, their figure, and the address of their list."""

    label: str
    drawn: Drawn
    url: str


@dataclass(frozen=True, slots=True)
class Point:
    """A month of a trend: where it stands, and where its margin ends, in units from the top left."""

    label: str
    x: float
    y: float
    high: float
    low: float
    text: str


@dataclass(frozen=True, slots=True)
class Trend:
    """Months in order, joined."""

    points: tuple[Point, ...]
    width: float
    path: str
    top: str
    bottom: str


def drawn(question: Measured, figure: Figure) -> Drawn:
    """A figure of a question."""
    low = _place(question, figure.low, figure.value)
    high = _place(question, figure.high, figure.value)
    return Drawn(
        figure.n,
        words(question.measure, figure.value),
        margin(question.measure, figure),
        figure.enough,
        round(low * WIDE, 1),
        round(max(high - low, 0.01) * WIDE, 1),
        round(_place(question, figure.value, figure.value) * WIDE, 1),
    )


def trend(question: Measured, months: Sequence[Group]) -> Trend | None:
    """The months as a line; None of fewer than two."""
    if len(months) < 2:
        return None
    points = tuple(_point(question, place, month) for place, month in enumerate(months))
    path = " ".join(f"{each.x:g},{each.y:g}" for each in points)
    least, most = _ends(question)
    ends = words(question.measure, most), words(question.measure, least)
    return Trend(points, len(months) * _STEP, path, *ends)


def words(measure: str, value: float | None) -> str:
    """A score as it is read: ``85.0%``, ``+30.0``, ``6.1``; a dash without any."""
    if value is None:
        return "–"
    if measure == Measure.SATISFACTION:
        return f"{100 * value:.1f}%"
    return f"{value:+.1f}" if measure == Measure.RECOMMENDATION else f"{value:.1f}"


def margin(measure: str, figure: Figure) -> str:
    """Between which scores the true one lies, with 95 % confidence; empty where nothing is known of that."""
    if figure.low is None or figure.high is None:
        return ""
    return f"{words(measure, figure.low)} ~ {words(measure, figure.high)}"


def _point(question: Measured, place: int, month: Group) -> Point:
    figure = month.figure
    value, low, high = (
        (1 - _place(question, each, figure.value)) * TALL for each in (figure.value, figure.low, figure.high)
    )
    text = f"{month.label} {words(question.measure, figure.value)} n={figure.n}"
    x = (place + 0.5) * _STEP
    return Point(month.label[2:], x, round(value, 1), round(high, 1), round(low, 1), text)


def _place(question: Measured, value: float | None, otherwise: float | None) -> float:
    """Where a value stands between the ends of its scale, 0 to 1."""
    known = value if value is not None else otherwise
    if known is None:
        return 0.0
    least, most = _ends(question)
    return min(1.0, max(0.0, (known - least) / (most - least)))


def _ends(question: Measured) -> tuple[float, float]:
    if question.measure == Measure.SATISFACTION:
        return 0.0, 1.0
    return (-100.0, 100.0) if question.measure == Measure.RECOMMENDATION else (question.low, question.high)
