"""What moves of people have in common: the case that they hold, by one of its steps or by itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from keguan.runtime.processes.acting import CaseAction, Moved
from keguan.runtime.processes.seating import in_whose_stead, share_for
from keguan.runtime.processes.standing import held, held_by_task

if TYPE_CHECKING:
    from keguan.runtime.processes.models import Share, Task
    from keguan.runtime.processes.standing import Standing


@dataclass(frozen=True, kw_only=True)
class TaskMove(CaseAction[Moved]):
    """A move on one step by whoever handles it. ``version`` is the case's that the person saw."""

    task_id: int
    version: int

    @cached_property
    def held(self) -> tuple[Standing, Task]:
        """The case and the step. Raises ``Refused`` as ``standing.held`` does."""
        standing, task = held_by_task(self.viewer, self.task_id, self.version)
        standing.happened.by = self.viewer.name
        return self.follow(standing), task

    @cached_property
    def share(self) -> Share:
        """The viewer's open share of the step. Raises ``Refused`` as ``seating.share_for`` does."""
        return share_for(*self.held, self.viewer)

    @cached_property
    def stead(self) -> int | None:
        """In whose stead the viewer acts on it (代理)."""
        return in_whose_stead(self.held[0], self.share, self.viewer)

    def take(self) -> Share:
        """The share, become the viewer's own (or that of whom they stand in for) when it was a role's."""
        if self.share.staff_id is None:
            self.share.staff_id = self.viewer.staff_id if self.stead is None else self.stead
            self.share.save(update_fields=["staff_id"])
        return self.share


@dataclass(frozen=True, kw_only=True)
class WholeMove(CaseAction[Moved]):
    """A move on a case as a whole. ``version`` is the case's that the person saw."""

    case_id: int
    version: int

    @cached_property
    def held(self) -> Standing:
        """The case. Raises ``Refused`` as ``standing.held`` does."""
        standing = held(self.viewer, self.case_id, self.version)
        standing.happened.by = self.viewer.name
        return self.follow(standing)
