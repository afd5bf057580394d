"""A trend as a small line: drawn to the smallest and the largest value, and said in words for who cannot see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.runtime.metrics.queries import Point

WIDTH, HEIGHT, _EDGE = 120, 28, 4


@dataclass(frozen=True, slots=True)
class Trend:
    """The line's pieces in a box of ``WIDTH`` by ``HEIGHT``, its last point, and the same in words.

    A period without a value leaves a gap.
    """

    lines: tuple[str, ...]
    last: tuple[float, float] | None
    words: str


def trend(points: Sequence[Point]) -> Trend | None:
    """The trend of these periods, newest first; None of fewer than two that have a value."""
    told = [each for each in reversed(points) if each.shown]
    values = [each.value for each in told if each.value is not None]
    if len(values) < 2:
        return None
    low, high = min(values), max(values)
    places = [
        None if each.value is None else _place(at, len(told), each.value, low, high) for at, each in enumerate(told)
    ]
    pieces: list[list[tuple[float, float]]] = [[]]
    for place in places:
        if place is None:
            pieces.append([])
        else:
            pieces[-1].append(place)
    lines = tuple(" ".join(f"{x:.1f},{y:.1f}" for x, y in piece) for piece in pieces if len(piece) > 1)
    words = _("、").join(_("%(period)s %(value)s") % {"period": each.period, "value": each.text} for each in told)
    return Trend(lines, places[-1], words)


def _place(at: int, count: int, value: int, low: int, high: int) -> tuple[float, float]:
    across = _EDGE + (WIDTH - 2 * _EDGE) * at / max(1, count - 1)
    part = 0.5 if high == low else (value - low) / (high - low)
    return round(across, 1), round(HEIGHT - _EDGE - part * (HEIGHT - 2 * _EDGE), 1)
