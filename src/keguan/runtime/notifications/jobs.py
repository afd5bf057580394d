"""The jobs of notifications: what is urgent does not wait for the next minute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keguan.runtime.jobs.registry import job
from keguan.runtime.notifications.outbox import deliver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.runtime.jobs.progress import Progress

DELIVER = "notifications.deliver"


@job(DELIVER)
def deliver_now(_arguments: Mapping[str, Any], _progress: Progress) -> None:
    """Plan and send what is due."""
    deliver()
