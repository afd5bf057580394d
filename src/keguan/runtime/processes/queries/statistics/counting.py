"""Cases counted by one value (a breakdown) or by two (a heat map)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext as _

from keguan.runtime import clock
from keguan.runtime.access.shown import Shown
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.models import CaseState
from keguan.runtime.processes.queries.statistics.dimensions import TIME
from keguan.runtime.processes.queries.statistics.labels import labels
from keguan.runtime.processes.queries.statistics.selecting import Statement, joined, read_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.queries.statistics.dimensions import Dimension, Key
    from keguan.runtime.processes.queries.statistics.selecting import Joined, Selection

MOST_VALUES = 20
"""Values of one dimension that are named; what is left is counted together."""

_MOST_LOOKED_AT = 4
"""Dimensions looked at for one that says something."""

_MOST_READ = 1000
"""Values that are read at all: a reference may have as many as there are customers."""


@dataclass(frozen=True, slots=True)
class Part:
    """So many cases have this value, of which so many are late. ``key`` None with ``rest``: all values not named."""

    key: Key
    label: Shown
    count: int
    late: int
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The cases by one value, the most frequent first; those without a value, and the rest, last. ``total`` is how many
    cases were told apart: those on which the viewer may see the value.
    """

    of: Dimension
    parts: tuple[Part, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Heat:
    """Counts by two values: ``rows`` and ``columns`` with their labels, and the cases of each pair that has any.
    ``left_out`` are cases whose values are too rare to be shown.
    """

    down: Dimension
    across: Dimension
    rows: tuple[tuple[Key, Shown], ...]
    columns: tuple[tuple[Key, Shown], ...]
    counts: Mapping[tuple[Key, Key], int]
    left_out: int

    @property
    def largest(self) -> int:
        """The largest of the counts; 0 for none."""
        return max(self.counts.values(), default=0)


def breakdown(viewer: Viewer, selection: Selection, of: Dimension) -> Breakdown:
    """The cases of a selection by one value. Two queries at most."""
    model = policies.current().model
    found = joined(viewer, model, selection, (of,))
    if found is None:
        return Breakdown(of, (), 0)
    counted: dict[Key, tuple[int, int]] = {}
    for stored, count, late in _grouped(found, (of,)):
        key = read_key(of, stored)
        before = counted.get(key, (0, 0))
        counted[key] = (before[0] + count, before[1] + late)
    return _ranked(viewer, selection, of, counted)


def telling(viewer: Viewer, selection: Selection, among: Iterable[Dimension]) -> Dimension:
    """What these cases are best told apart by: of what has the most choices, the first that any of them has filled in.
    Two queries for each that is looked at, of which there are few.
    """
    most = sorted(among, key=lambda each: -len(each.choices))[:_MOST_LOOKED_AT]
    filled = (each for each in most if any(part.key is not None for part in breakdown(viewer, selection, each).parts))
    return next(filled, most[0])


def heat(viewer: Viewer, selection: Selection, down: Dimension, across: Dimension) -> Heat:
    """The cases of a selection by two values: the most frequent values first, along the time in its order. Three
    queries at most.
    """
    model = policies.current().model
    found = joined(viewer, model, selection, (down, across))
    counts: dict[tuple[Key, Key], int] = {}
    for first, second, count, _late in () if found is None else _grouped(found, (down, across)):
        pair = (read_key(down, first), read_key(across, second))
        counts[pair] = counts.get(pair, 0) + count
    rows = _axis(viewer, selection, down, [(pair[0], count) for pair, count in counts.items()])
    columns = _axis(viewer, selection, across, [(pair[1], count) for pair, count in counts.items()])
    shown = {key for key, _label in rows}, {key for key, _label in columns}
    kept = {pair: count for pair, count in counts.items() if pair[0] in shown[0] and pair[1] in shown[1]}
    return Heat(down, across, rows, columns, kept, sum(counts.values()) - sum(kept.values()))


def _grouped(found: Joined, by: Sequence[Dimension]) -> list[tuple[Any, ...]]:
    columns = [found.column(of) for of in by]
    shown = ", ".join(f"{sql} AS g{place}" for place, (sql, _bound) in enumerate(columns))
    named = ", ".join(f"g{place}" for place in range(len(columns)))
    late = "CASE WHEN c.late OR (c.state = %s AND c.paused_at IS NULL AND c.due_at < %s) THEN 1 ELSE 0 END"
    bound: list[Any] = [each for _sql, more in columns for each in more]
    bound += [CaseState.OPEN.value, connection.ops.adapt_datetimefield_value(clock.now())]
    inner = f"SELECT {shown}, {late} AS late {found.source}"
    sql = (
        f"SELECT {named}, COUNT(*), SUM(late) FROM ({inner}) AS told GROUP BY {named}"
        f" ORDER BY COUNT(*) DESC, {named} LIMIT {_MOST_READ}"
    )
    return Statement(sql, [*bound, *found.bound]).rows()


def _ranked(viewer: Viewer, selection: Selection, of: Dimension, counted: Mapping[Key, tuple[int, int]]) -> Breakdown:
    given = [each for each in counted.items() if each[0] is not None]
    ranked = sorted(given, key=lambda each: _rank(of, each[0], each[1][0]))
    kept, beyond = ranked[:MOST_VALUES], ranked[MOST_VALUES:]
    named = labels(viewer, policies.current().model, of, [key for key, _counts in kept], selection.span)
    parts = [Part(key, named[key], *counts) for key, counts in kept]
    if None in counted:
        parts.append(Part(None, Shown(_("（未填）"), "empty"), *counted[None]))
    if beyond:
        counts = (sum(each[0] for _key, each in beyond), sum(each[1] for _key, each in beyond))
        parts.append(Part(None, Shown(_("其余"), "empty"), *counts, rest=True))
    return Breakdown(of, tuple(parts), sum(part.count for part in parts))


def _axis(
    viewer: Viewer, selection: Selection, of: Dimension, counted: Sequence[tuple[Key, int]]
) -> tuple[tuple[Key, Shown], ...]:
    """The values along one side. Along the time every slice, whether anything fell into it or not."""
    model = policies.current().model
    if of.code == TIME:
        keys: list[Key] = list(range(len(selection.span.slices())))
    else:
        totals: dict[Key, int] = {}
        for key, count in counted:
            totals[key] = totals.get(key, 0) + count
        keys = sorted(totals, key=lambda key: _rank(of, key, totals[key]))[:MOST_VALUES]
    named = labels(viewer, model, of, keys, selection.span)
    return tuple((key, named[key]) for key in keys)


def _rank(of: Dimension, key: Key, count: int) -> tuple[bool, int, int]:
    """The most frequent first, of equals in the policy's order; no value last."""
    return (key is None, -count, of.choices.index(str(key)) if key in of.choices else 0)
