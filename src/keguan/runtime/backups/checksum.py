"""What is kept, as counts and checksums: two systems hold the same if these are equal."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sum:
    """The rows of one table and the SHA-256 over them in the order of their key."""

    rows: int
    digest: str


@dataclass(slots=True)
class Sums:
    """The sums of all tables."""

    tables: dict[str, Sum] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Rows in all."""
        return sum(each.rows for each in self.tables.values())

    @property
    def digest(self) -> str:
        """One checksum over all of them."""
        text = "".join(f"{name} {each.rows} {each.digest}\n" for name, each in sorted(self.tables.items()))
        return hashlib.sha256(text.encode()).hexdigest()


class Summing:
    """Sums up one table while its rows pass."""

    def __init__(self) -> None:
        self._rows, self._digest = 0, hashlib.sha256()

    def add(self, row: str) -> None:
        """One row."""
        self._rows += 1
        self._digest.update(row.encode())
        self._digest.update(b"\n")

    @property
    def sum(self) -> Sum:
        """So far."""
        return Sum(self._rows, self._digest.hexdigest())
