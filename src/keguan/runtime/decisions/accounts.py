"""A decision on a record in one go: why it is what it is, and how it came to be so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.decisions.explaining import explained_of
from keguan.runtime.decisions.histories import step_of
from keguan.runtime.decisions.sight import found_at
from keguan.runtime.decisions.stored_history import outcomes
from keguan.runtime.policies.queries import current

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.decisions.explaining import Explained
    from keguan.runtime.decisions.histories import Step


@dataclass(frozen=True, slots=True)
class Account:
    """The newest outcome explained, and the newest changes, newest first."""

    explained: Explained
    steps: tuple[Step, ...]


def account(viewer: Viewer, record_type: str, record_id: int, decision: str, limit: int = 20) -> Account | None:
    """Explanation and history together; None when the record was never decided. The queries of the history alone.

    Raises ``Refused`` as ``sight.place_of`` does.
    """
    model = current().model
    place, row = found_at(viewer, record_type, record_id, decision, model)
    found = outcomes(decision, record_id, limit)
    if not found:
        return None
    steps = tuple(step_of(viewer, place, outcome, model) for outcome in found)
    return Account(explained_of(viewer, place, found[0], model, row), steps)
