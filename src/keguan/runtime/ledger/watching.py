"""Is the account itself being kept? Sealing and anchoring stop without a word when the worker does: so it is asked
here, by the page that auditors look at and by a command that machines can run.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.ledger import anchors
from keguan.runtime.ledger.digest import moment
from keguan.runtime.ledger.models import Anchorage, Block, Entry

if TYPE_CHECKING:
    from datetime import datetime

LONGEST_UNSEALED = timedelta(minutes=10)
"""An entry older than this should be in a block: the sealer comes every minute."""


@dataclass(frozen=True, slots=True)
class Target:
    """One anchor target: how far it got and when, why it last failed (empty: it did not), whether it is overdue."""

    name: str
    block: int
    at: datetime | None
    failure: str
    late: bool


@dataclass(frozen=True, slots=True)
class Watch:
    """How the account is kept: the newest block, when it was sealed, since when an entry waits for its block (None:
    none does), whether that is too long, and the anchor targets.
    """

    block: int
    last: int  # the last sealed entry, 0 before the first
    sealed_at: datetime | None
    waiting_since: datetime | None
    sealing_late: bool
    targets: tuple[Target, ...]

    @property
    def fine(self) -> bool:
        """Whether nothing is overdue."""
        return not self.sealing_late and not any(target.late or target.failure for target in self.targets)


def watch() -> Watch:
    """How the account is kept. Three queries."""
    now = clock.now()
    newest = Block.objects.order_by("-id").values_list("id", "last", "sealed_at").first()
    block, last, sealed_at = newest or (0, None, None)
    open_ones = Entry.objects.order_by("id") if last is None else Entry.objects.filter(pk__gt=last).order_by("id")
    oldest = open_ones.values_list("at", flat=True).first()
    waiting = None if oldest is None else moment(oldest)
    sealed = None if sealed_at is None else moment(sealed_at)
    known = {row.target: row for row in Anchorage.objects.all()}
    return Watch(
        block=block,
        last=last or 0,
        sealed_at=sealed,
        waiting_since=waiting,
        sealing_late=waiting is not None and now - waiting > LONGEST_UNSEALED,
        targets=tuple(_target(name, known.get(name[:200]), block, sealed, now) for name in anchors.targets()),
    )


def _target(name: str, row: Anchorage | None, newest: int, sealed_at: datetime | None, now: datetime) -> Target:
    behind = newest > (row.block_id if row else 0)
    since = row.anchored_at if row and row.anchored_at else sealed_at
    late = behind and since is not None and now - since > 2 * anchors.every()
    return Target(
        anchors.shown(name),
        row.block_id if row else 0,
        row.anchored_at if row else None,
        row.failure if row else "",
        late,
    )
