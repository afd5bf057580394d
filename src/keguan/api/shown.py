"""A value as the API gives it: what the one choke point let through, and how far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ninja import Schema
from pydantic import Field

if TYPE_CHECKING:
    from keguan.runtime.access.shown import Shown


class Cell(Schema):
    """One value."""

    text: str = Field(description="Ready to be read by a person.")
    state: Literal["plain", "masked", "hidden", "empty"]
    value: Any = Field(
        None, description="As stored, only when plain: money in fen, percent in basis points, dates ISO."
    )


def cell(shown: Shown) -> Cell:
    """The API's form of a shown value."""
    return Cell(text=shown.text, state=shown.state, value=shown.value)
