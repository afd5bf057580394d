"""A value that cannot be taken, and the kinds of thing that may be offered."""

from __future__ import annotations

from datetime import date, datetime

Typed = str | int | float | bool | date | datetime | None
"""What forms, the API and sheets hand in."""


class Invalid(ValueError):
    """The sentence says what is wrong and what to write instead. It never repeats a sensitive value."""

    @property
    def sentence(self) -> str:
        """The sentence."""
        return str(self.args[0])
