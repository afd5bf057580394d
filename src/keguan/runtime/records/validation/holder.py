"""What a value is read for: a field, or the column of a fact or an outcome in a filter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from keguan.language.feel.types import Type
    from keguan.language.model.model import FieldKind


class Holder(Protocol):
    """The part of a field that decides how its values are read."""

    @property
    def kind(self) -> FieldKind:
        """What it holds."""

    @property
    def type(self) -> Type:
        """The type of its values: choices, scale."""

    @property
    def max_length(self) -> int | None:
        """The longest text, in characters."""

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles (codes) of which a person has to hold one to stand in it; none: anybody may."""
