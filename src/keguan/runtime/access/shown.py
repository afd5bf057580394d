"""What a person gets to see of one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from keguan.runtime.access.sealed_values import Value

State = Literal["plain", "masked", "hidden", "empty"]


@dataclass(frozen=True, slots=True)
class Shown:
    """``text`` is ready for the screen. ``value`` is the stored value, given only when ``state`` is ``plain``."""

    text: str
    state: State
    value: Value | None = None


EMPTY = Shown("", "empty")
HIDDEN = {"zh": Shown("无权查看", "hidden"), "en": Shown("Not permitted", "hidden")}
CHANGED = {"zh": Shown("已修改", "hidden"), "en": Shown("Changed", "hidden")}
