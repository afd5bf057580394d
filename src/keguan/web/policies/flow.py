"""The flow picture of a trial: from today's outcomes (left) to tomorrow's (right), a band per pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH, BAR, LEFT, RIGHT, GAP, BODY, TOP = 372, 10, 48, 286, 8, 240, 8
"""The picture's measures in its own units: width, bar width, x of both bars, gap between nodes, height of all bars."""

LEAST = 3.0
"""The least height of a band, so that one moved customer among a million is still seen."""


@dataclass(frozen=True, slots=True)
class Movement:
    """How many records go from one outcome to another (the same one when they stay)."""

    before: str
    after: str
    count: int


@dataclass(frozen=True, slots=True)
class Node:
    """An outcome's bar on one side, with its label's place."""

    label: str
    count: int
    x: float
    y: float
    height: float
    text_x: float
    text_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Band:
    """A band between two bars. ``moves`` is False for those who stay."""

    movement: Movement
    path: str
    moves: bool
    text_y: float


@dataclass(frozen=True, slots=True)
class Flow:
    """The whole picture."""

    width: int
    height: float
    nodes: tuple[Node, ...]
    bands: tuple[Band, ...]


def flow(movements: Iterable[Movement], order: Sequence[str]) -> Flow:
    """Lay the movements out. ``order`` is the outcomes from top to bottom; others follow in their own order."""
    kept = [movement for movement in movements if movement.count > 0]
    labels = list(dict.fromkeys([*order, *(m.before for m in kept), *(m.after for m in kept)]))
    rank = {label: index for index, label in enumerate(labels)}
    kept.sort(key=lambda m: (rank[m.before], rank[m.after]))
    total = sum(m.count for m in kept) or 1
    height = {m: max(LEAST, BODY * m.count / total) for m in kept}
    left, starts = _side(kept, labels, height, before=True)
    right, ends = _side(sorted(kept, key=lambda m: (rank[m.after], rank[m.before])), labels, height, before=False)
    bands = tuple(_band(m, starts[m], ends[m], height[m]) for m in sorted(kept, key=lambda m: m.before != m.after))
    bottom = max((node.y + node.height for node in (*left, *right)), default=0.0)
    return Flow(WIDTH, round(bottom + TOP, 1), (*left, *right), bands)


def _side(
    kept: Sequence[Movement], labels: Sequence[str], height: dict[Movement, float], *, before: bool
) -> tuple[list[Node], dict[Movement, float]]:
    """The bars of one side, and where each band begins on it."""
    nodes, places, y = [], {}, float(TOP)
    for label in labels:
        mine = [m for m in kept if (m.before if before else m.after) == label]
        if not mine:
            continue
        top = y
        for movement in mine:
            places[movement] = y
            y += height[movement]
        nodes.append(_node(label, sum(m.count for m in mine), top, y - top, before=before))
        y += GAP
    return nodes, places


def _node(label: str, count: int, y: float, height: float, *, before: bool) -> Node:
    x = LEFT if before else RIGHT
    text_x, anchor = (LEFT - 6, "end") if before else (RIGHT + BAR + 6, "start")
    return Node(label, count, x, round(y, 1), round(height, 1), text_x, round(y + height / 2 + 4, 1), anchor)


def _band(movement: Movement, start: float, end: float, height: float) -> Band:
    x1, x2 = LEFT + BAR, RIGHT
    bend = (x1 + x2) / 2
    path = (
        f"M{x1} {start:.1f}C{bend} {start:.1f} {bend} {end:.1f} {x2} {end:.1f}"
        f"V{end + height:.1f}C{bend} {end + height:.1f} {bend} {start + height:.1f} {x1} {start + height:.1f}Z"
    )
    return Band(movement, path, movement.before != movement.after, round((start + end + height) / 2 + 4, 1))
