"""Moves that change nothing that somebody else could have overlooked: they do not count towards the case's version."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from keguan.runtime.processes.acting import CaseAction, Moved
from keguan.runtime.processes.models import CaseState, Move
from keguan.runtime.processes.seating import in_sight
from keguan.runtime.processes.standing import closed, entry, not_found, standing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.runtime.processes.moves import MoveKind
    from keguan.runtime.processes.standing import Standing


@dataclass(frozen=True, kw_only=True)
class Remark(CaseAction[Moved]):
    """A word on a case, for whoever may see it. ``version`` is accepted and not looked at, as in no other move: who is
    filling in a long form is not to be refused because somebody has left a remark.
    """

    case_id: int
    version: int = 0

    @cached_property
    def held(self) -> Standing:
        """The case. Raises ``Refused`` (``cases.not_found``) when it is out of sight."""
        found = standing(self.case_id)
        if not in_sight(self.viewer, found):
            raise not_found()
        found.happened.by = self.viewer.name
        return self.follow(found)

    def refuse_closed(self) -> None:
        """Raise ``Refused`` (``cases.closed``) when the case is over."""
        if self.held.case.state != CaseState.OPEN:
            raise closed(self.held)

    def note(
        self, kind: MoveKind, *, opinion: str = "", to: int | None = None, data: Mapping[str, object] | None = None
    ) -> Move:
        """Write the move and its entry for the ledger down."""
        held, facts = self.held, dict(data or {})
        move = Move.objects.create(
            case_id=held.case.pk,
            kind=kind,
            at=held.now,
            by_id=self.viewer.staff_id,
            by_name=self.viewer.name,
            to_id=to,
            opinion=opinion,
            data=facts,
        )
        held.happened.records.append(entry(held, kind, facts | ({} if to is None else {"to": to})))
        return move
