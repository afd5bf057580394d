"""Bars with the line of Pareto, and a heat map: drawn as tables, so that every number can be read, reached by keyboard
and printed. Colour only repeats what the number in the cell says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.processes.queries.statistics import Figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.runtime.access.shown import Shown
    from keguan.runtime.processes.queries.statistics import Breakdown, Heat, Key
    from keguan.web.statistics.asked import Asked

LEVELS = 5
"""Shades of the heat map."""

_VITAL = 80
"""Per cent up to which Pareto's few causes are counted."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One value with its share and the share of all up to it, in per cent; ``line`` is its piece of Pareto's line, in a
    box of 100 by 100 with its point at ``reached``; ``few`` says that it is one of the few that make up four fifths.
    """

    label: Shown
    url: str
    count: int
    before: int
    late: int
    late_url: str
    width: float
    share: float
    reached: float
    line: str
    few: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the heat map: ``level`` from 0 (nothing) to ``LEVELS``."""

    count: int
    level: int
    url: str
    column: Shown


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the heat map with its sum over the columns shown."""

    label: Shown
    cells: tuple[Cell, ...]
    total: int


def bars(asked: Asked, now: Breakdown, before: Breakdown) -> tuple[Bar, ...]:
    """The bars of a breakdown beside the counts of the period before."""
    if not now.total:
        return ()
    earlier = {part.key: part.count for part in before.parts if not part.rest}
    largest = max((part.count for part in now.parts if not part.rest), default=1)
    reached = [100 * sum(part.count for part in now.parts[: place + 1]) / now.total for place in range(len(now.parts))]
    return tuple(
        Bar(
            label=part.label,
            url="" if part.rest else asked.list(at=((now.of, part.key),)),
            count=part.count,
            before=0 if part.rest else earlier.get(part.key, 0),
            late=part.late,
            late_url="" if part.rest else asked.list(Figure.LATE, ((now.of, part.key),)),
            width=round(min(100, 100 * part.count / largest), 2),
            share=100 * part.count / now.total,
            reached=reached[place],
            line=_line(reached, place),
            few=_is_vital(now, reached, place),
        )
        for place, part in enumerate(now.parts)
    )


def heat_rows(asked: Asked, heat: Heat) -> tuple[Row, ...]:
    """The rows of a heat map."""
    return tuple(_row(asked, heat, key, label) for key, label in heat.rows)


def column_totals(heat: Heat) -> tuple[int, ...]:
    """The sums of the columns over the rows shown."""
    return tuple(sum(heat.counts.get((row, column), 0) for row, _label in heat.rows) for column, _label in heat.columns)


def _row(asked: Asked, heat: Heat, key: Key, label: Shown) -> Row:
    cells = []
    for column, shown in heat.columns:
        count = heat.counts.get((key, column), 0)
        at = ((heat.down, key),) if heat.down == heat.across else ((heat.down, key), (heat.across, column))
        url = asked.list(at=at) if count else ""
        cells.append(Cell(count, _level(count, heat.largest), url, shown))
    return Row(label, tuple(cells), _total(heat.counts, key))


def _total(counts: Mapping[tuple[Key, Key], int], row: Key) -> int:
    return sum(count for (key, _column), count in counts.items() if key == row)


def _level(count: int, largest: int) -> int:
    return -(-LEVELS * count // largest) if largest else 0


def _is_vital(now: Breakdown, reached: list[float], place: int) -> bool:
    """Whether it is one of few named values that make up four fifths together: no more than half of them."""
    named = [reached[at] for at, part in enumerate(now.parts) if part.key is not None]
    few = sum(each < _VITAL for each in named) + 1
    return now.parts[place].key is not None and place < few <= (len(named) + 1) // 2


def _line(reached: list[float], place: int) -> str:
    """The piece of the line in one row: from the middle towards the row above, through its point, to the row below."""
    here = reached[place]
    points = [(here, 50.0)]
    if place:
        points.insert(0, ((reached[place - 1] + here) / 2, 0.0))
    if place + 1 < len(reached):
        points.append(((here + reached[place + 1]) / 2, 100.0))
    return " ".join(f"{x:.2f},{y:.0f}" for x, y in points)
