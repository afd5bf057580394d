"""What a proof finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter

FAULTS_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was written: which entry or block, and a sentence about it. ``near``: the entry by
    which it stands in the ledger's order.
    """

    entry_id: int | None
    block_id: int | None
    sentence: str
    near: int = 0


@dataclass
class Faults:
    """What was found so far; each entry is named once, and beyond the first 1,000 they are counted only."""

    kept: list[Fault] = field(default_factory=list)
    omitted: int = 0
    named: set[int] = field(default_factory=set)

    def entry(self, entry_id: int, block_id: int | None, sentence: str) -> None:
        """An entry is not as it was written."""
        if entry_id not in self.named:
            self._add(Fault(entry_id, block_id, sentence % {"id": entry_id}, entry_id))
            if len(self.named) < FAULTS_KEPT:
                self.named.add(entry_id)

    def other(self, block_id: int | None, sentence: str, near: int = 0) -> None:
        """Something about a block, a counter or an anchor."""
        self._add(Fault(None, block_id, sentence, near))

    @property
    def count(self) -> int:
        """How many were found."""
        return len(self.kept) + self.omitted

    def in_order(self) -> tuple[Fault, ...]:
        """Those kept, in the ledger's order."""
        return tuple(sorted(self.kept, key=attrgetter("near")))

    def _add(self, fault: Fault) -> None:
        if len(self.kept) < FAULTS_KEPT:
            self.kept.append(fault)
        else:
            self.omitted += 1
