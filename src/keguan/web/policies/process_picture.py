"""A process as a small picture: its steps from top to bottom, a line for every way from one to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.language.model.routing import End

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.utils.functional import Promise

    from keguan.language.model.process import Process

WIDTH, STEP, BOX, LEFT, RIGHT, TOP = 420, 46, 26, 130, 290, 6
"""The picture's measures in its own units: width, a step's height, its box's height, the boxes' sides, the margin."""

SWING = 16
"""How far out a line swings for each step that it passes."""

FARTHEST = 88

ENDS: dict[End, Promise] = {
    End.ARCHIVED: _("归档"),
    End.COMPLETED: _("办结"),
    End.ENDED: _("结束"),
    End.CANCELLED: _("作废"),
}


@dataclass(frozen=True, slots=True)
class Box:
    """A step, or an end of the process."""

    label: str
    y: int
    text_y: int
    end: bool


@dataclass(frozen=True, slots=True)
class Way:
    """A line from one box to another, with what must be decided for it to be taken; ``back`` goes up again."""

    path: str
    label: str
    x: float
    y: float
    anchor: str
    back: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    ways: tuple[Way, ...]


def picture(process: Process, language: str) -> Picture:
    """Lay a process out: steps in the order written, then the ends that are reached."""
    ends = [
        end for end in End if any(outcome.destination.end is end for step in process.steps for outcome in step.outcomes)
    ]
    places = {step.code: place for place, step in enumerate(process.steps)}
    last = {end: len(places) + place for place, end in enumerate(ends)}
    labels = [*(step.label.text(language) for step in process.steps), *(str(ENDS[end]) for end in ends)]
    boxes = tuple(
        Box(label, TOP + place * STEP, TOP + place * STEP + 18, place >= len(places))
        for place, label in enumerate(labels)
    )
    ways = tuple(_ways(process, places, last))
    return Picture(WIDTH, TOP * 2 + len(boxes) * STEP - (STEP - BOX), boxes, ways)


def _ways(process: Process, places: dict[str, int], last: dict[End, int]) -> Iterator[Way]:
    for step in process.steps:
        start = places[step.code]
        for outcome in step.outcomes:
            goal = outcome.destination
            targets = [places[code] for code in goal.steps]
            if goal.end is not None:
                targets.append(last[goal.end])
            for target in targets:
                yield _way(start, target, outcome.label)


def _way(start: int, target: int, label: str) -> Way:
    """Down to the next box in a straight line; farther down on the right, and up on the left, in a bow."""
    middle = (LEFT + RIGHT) // 2
    if target == start + 1:
        y1, y2 = TOP + start * STEP + BOX, TOP + target * STEP
        return Way(f"M{middle} {y1}V{y2}", label, middle + 6, y1 + 14, "start", back=False)
    back = target <= start
    from_y, to_y = (TOP + place * STEP + BOX // 2 for place in (start, target))
    side = LEFT if back else RIGHT
    out = min(FARTHEST, SWING * (1 + abs(target - start)))
    bow = side - out if back else side + out
    lifted = from_y - 5 if back else from_y + 5
    path = f"M{side} {lifted}C{bow} {lifted} {bow} {to_y} {side} {to_y}"
    x = side - 6 if back else side + 6
    return Way(path, label, x, lifted - 4 if back else lifted + 13, "end" if back else "start", back=back)
