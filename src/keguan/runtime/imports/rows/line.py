"""One row of a sheet on its way to become a record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keguan.runtime.access.sealed_values import Value
    from keguan.runtime.access.viewer import Place
    from keguan.runtime.imports.workbook.cells import Cell


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be taken: the target and the heading of its column as in the file (both empty: the row as a
    whole), the cell as typed (masked where the field is sensitive), and a sentence that says what to do.
    """

    code: str
    column: str
    value: str
    sentence: str

    def to_json(self) -> dict[str, str]:
        """Plain data for storage."""
        return {"code": self.code, "column": self.column, "value": self.value, "sentence": self.sentence}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Problem:
        """The problem stored by ``to_json``."""
        return cls(*(str(data[name]) for name in ("code", "column", "value", "sentence")))


@dataclass(slots=True)
class Line:
    """A row as read so far. ``number`` is Excel's row number; ``keys`` are the keys by which it names other records,
    by reference and key field; ``owner`` is what stands in the column of the owner; ``parent`` is where the record
    stands that this one belongs to.
    """

    number: int
    cells: Sequence[Cell]
    values: dict[str, Value | None] = field(default_factory=dict)
    keys: dict[str, dict[str, Value]] = field(default_factory=dict)
    owner: str = ""
    owner_id: int | None = None
    unit_id: int | None = None
    parent: Place | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether nothing is wrong with it so far."""
        return not self.problems
