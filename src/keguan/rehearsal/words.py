"""What is told of a scenario that did not come true, in two languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime import clock

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Words:
    """Words in ``zh`` or ``en``."""

    language: str

    def say(self, zh: str, en: str) -> str:
        """One of the two."""
        return zh if self.language == "zh" else en

    def listed(self, items: Iterable[str]) -> str:
        """Several things in a row; a word for none."""
        found = list(items)
        if not found:
            return self.say("无", "none")
        return self.say("、", ", ").join(found)

    def yes(self, value: bool) -> str:
        """是 or 否."""
        return self.say("是" if value else "否", "yes" if value else "no")

    def moment(self, at: datetime | None) -> str:
        """A moment in the company's time; a word for none."""
        return self.say("无", "none") if at is None else clock.local(at).strftime("%Y-%m-%d %H:%M")

    def now(self) -> str:
        """The moment by the clock."""
        return self.moment(clock.now())

    def given(self, what: str) -> str:
        """What something is about, and when."""
        return self.say(f"{what}（{self.now()}）", f"{what} ({self.now()})")
