"""The answer to the ledger's question whether an actor may do an operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.access.rights import may
from keguan.runtime.access.viewer import viewer_for

if TYPE_CHECKING:
    from keguan.runtime.ledger.actions import Actor


def permits(actor: Actor, operation: str) -> bool:
    """Whether one of the roles that the actor holds today has the operation."""
    return actor.staff_id is not None and may(viewer_for(actor.staff_id, actor.via), operation)
