"""检查: what is looked at, item by item, and when that is good enough."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import ClauseRef, Label
    from keguan.language.source import Span

_WHOLE = 10_000  # basis points

POINTS_SCALE = 2
"""Points are integers of hundredths: half points are common in inspections."""


class Mode(StrEnum):
    """How an item is checked."""

    SYSTEM = "system"  # 系统: by its condition over the record; null counts as not met
    PERSON = "person"  # 人工: a person says met or not met
    SAMPLE = "sample"  # 抽查: by a person, on the share of records that the checklist draws


class Bar(StrEnum):
    """What it takes to pass. A vetoed item (否决) that is not met fails the whole in any case."""

    ALL = "all"  # 全部: every item is met
    POINTS = "points"  # >= 90分: the points of the items that are met
    SHARE = "share"  # >= 90%: their share in the points of all items checked (in their number when none has points)


@dataclass(frozen=True, slots=True)
class Item:
    """One item. ``points`` in hundredths, None where the checklist counts none."""

    code: str
    label: Label
    standard: str
    mode: Mode
    condition: Typed | None  # SYSTEM only
    points: int | None
    veto: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist about a record of one type. ``least`` is in hundredths of a point (POINTS) or basis points (SHARE);
    ``sample`` the share of records that is drawn for the items checked by sample, in basis points.
    """

    code: str
    label: Label
    record_type: str
    bar: Bar
    least: int
    sample: int | None
    information_class: str
    items: tuple[Item, ...]
    clause: ClauseRef
    span: Span

    @property
    def only_sampled(self) -> bool:
        """Whether every item is checked on the drawn records only."""
        return all(item.mode is Mode.SAMPLE for item in self.items)


@dataclass(frozen=True, slots=True)
class Judged:
    """How a checklist came out. ``points`` and ``most`` are in hundredths (numbers of items, where none has points);
    ``failed`` are the codes of the items that were checked and not met.
    """

    passed: bool
    points: int
    most: int
    failed: tuple[str, ...]


def judged(checklist: Checklist, met: Mapping[str, bool]) -> Judged:
    """The result over the items that were checked, by code; the others do not count. Over none it is not passed."""
    checked = [item for item in checklist.items if item.code in met]
    counts = any(item.points is not None for item in checked)
    worth = {item.code: (item.points or 0) if counts else 1 for item in checked}
    points = sum(worth[item.code] for item in checked if met[item.code])
    most = sum(worth.values())
    failed = tuple(item.code for item in checked if not met[item.code])
    vetoed = any(item.veto and not met[item.code] for item in checked)
    match checklist.bar:
        case Bar.ALL:
            enough = not failed
        case Bar.POINTS:
            enough = points >= checklist.least
        case Bar.SHARE:
            enough = points * _WHOLE >= checklist.least * most
    return Judged(bool(checked) and enough and not vetoed, points, most, failed)
