"""Proving a decision of the past: the inputs kept with it, run again through the policy of its day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.decisions.stored_history import outcomes
from keguan.runtime.policies.language_door import decided_again

if TYPE_CHECKING:
    from keguan.runtime.decisions.stored_history import Outcome, Value


@dataclass(frozen=True, slots=True)
class Replay:
    """A row of the history, as the table gave it, and what its inputs give when decided again: what quotas cut of that
    needs all records of a group. Not for people: nothing here is presented.
    """

    history_id: int
    publication_id: int
    stored: tuple[Value, ...]
    stored_rule: int | str | None
    replayed: tuple[Value, ...]
    replayed_rule: int | str | None

    @property
    def same(self) -> bool:
        """Whether the past comes out as it was written."""
        return (self.stored, self.stored_rule) == (self.replayed, self.replayed_rule)


def replay(decision: str, record_id: int, limit: int = 100) -> tuple[Replay, ...]:
    """The newest outcomes of a record, newest first, each decided again by the version and parameters of its day."""
    return tuple(_replayed(row) for row in outcomes(decision, record_id, limit))


def _replayed(row: Outcome) -> Replay:
    values, rule = decided_again(row.model, row.decision, row.inputs, row.decided_on)
    return Replay(row.id, row.publication_id, row.by_table, row.rule, values, rule)
