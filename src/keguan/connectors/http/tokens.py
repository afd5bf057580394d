"""Access tokens that outside systems hand out for a while: asked for once, kept until shortly before they end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from keguan.runtime import clock

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

EARLY = 300
"""Seconds before its end at which a token is not used any more."""

_held: dict[tuple[str, ...], tuple[datetime, str]] = {}


def token(whose: tuple[str, ...], ask: Callable[[], tuple[str, int]]) -> str:
    """The token of these credentials; ``ask`` gives a new one with its life in seconds."""
    now = clock.now()
    held = _held.get(whose)
    if held is None or (now - held[0]).total_seconds() >= 0:
        text, lives = ask()
        held = _held[whose] = (now + timedelta(seconds=max(lives - EARLY, 0)), text)
    return held[1]


def forget(whose: tuple[str, ...]) -> None:
    """Ask anew next time: the other side does not take it any more."""
    _held.pop(whose, None)
