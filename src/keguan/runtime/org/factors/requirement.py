"""Who has to have a second factor. What roles mean is known above, so whoever knows installs itself here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_judge: Callable[[int], bool] | None = None


def install(judge: Callable[[int], bool] | None) -> Callable[[int], bool] | None:
    """Make ``judge(staff_id)`` the one who says, and return the one before. Called in ``AppConfig.ready``."""
    global _judge
    before, _judge = _judge, judge
    return before


def required(staff_id: int) -> bool:
    """Whether this person may do nothing before they have proven themselves with a second factor."""
    return _judge is not None and _judge(staff_id)
