"""去向: where a case goes from a step."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class End(StrEnum):
    """How a case, or one of its parallel branches, ends."""

    ARCHIVED = "archived"  # 归档: done, and filed for keeping
    COMPLETED = "completed"  # 完成, 办结: done
    ENDED = "ended"  # 结束: over without having been done (not founded, refused)
    CANCELLED = "cancelled"  # 作废: as if it had never begun


@dataclass(frozen=True, slots=True)
class Destination:
    """The steps that begin next (several begin at once and run side by side), or the end.

    ``join`` is the step at which side-by-side steps meet: it begins when all of them have come to it. None when they
    never meet; the case is then over when the last of them has ended. Going to a step outside the side-by-side ones
    before that (a return) cancels the others.
    """

    steps: tuple[str, ...] = ()
    end: End | None = None
    join: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way out of a step: what was decided there (empty: nothing is) and where that leads.

    ``otherwise`` (否则) stands for every option of the form's outcome field that no other outcome names.
    """

    label: str
    destination: Destination
    otherwise: bool = False
