"""A record on its way into its table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.runtime.access.sealed_values import Value


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record to be created, with values in storage form by field code. Without an owner and a unit it takes those of
    the record that it belongs to, or else of whoever creates it.
    """

    values: Mapping[str, Value | None]
    owner_id: int | None = None
    unit_id: int | None = None
    import_row: int | None = None


@dataclass(slots=True)
class Draft:
    """A new record with its id and its place; period fields are still to be filled in."""

    id: int
    owner_id: int | None
    unit_id: int | None
    import_row: int | None = None
    values: dict[str, Value | None] = field(default_factory=dict)
