"""An export comes to its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from keguan.runtime import clock
from keguan.runtime.exports.actions.begin import entry
from keguan.runtime.exports.models import OVER, Export, ExportState
from keguan.runtime.ledger.actions import Action, Record
from keguan.runtime.notifications import actions as notifications
from keguan.runtime.notifications.actions import Notice
from keguan.runtime.permits.standing import give_back
from keguan.runtime.permits.telling import type_label

if TYPE_CHECKING:
    from collections.abc import Iterable

LIFETIME = timedelta(days=7)
"""So long a file can be fetched."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: the file's name, how many rows, its size in bytes and its SHA-256."""

    file: str
    rows: int
    size: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class Finish(Action[None]):
    """Say that the file is there, or why there is none; then the permit was not used. Done once: an export that is over
    stays as it is.
    """

    name: ClassVar[str] = "exports.finish"
    export_id: int
    state: ExportState
    made: Made | None = None
    error: str = ""

    def do(self) -> None:
        """Set the state and tell whoever asked."""
        export = Export.objects.select_for_update().get(pk=self.export_id)
        if export.state in OVER:
            return
        now = clock.now()
        export.state, export.error = self.state, self.error
        if self.made is not None:
            export.file, export.rows, export.size = self.made.file, self.made.rows, self.made.size
            export.digest, export.ready_at, export.expires_at = self.made.digest, now, now + LIFETIME
        elif export.permit_id is not None:
            give_back(export.permit_id)
        export.save()
        notifications.tell(_told(export))

    def log(self, result: None) -> Iterable[Record]:
        """How it ended, and the digest of the file."""
        del result
        export = Export.objects.get(pk=self.export_id)
        digest = export.digest or None
        yield entry(export, self.name, state=str(export.state), sha256=digest, error=self.error or None)


def _told(export: Export) -> list[Notice]:
    if export.state == ExportState.CANCELLED:
        return []
    ready = export.state == ExportState.READY
    until = {"until": export.expires_at.isoformat()} if ready and export.expires_at is not None else {}
    kind = "exports.ready" if ready else "exports.failed"
    return [
        Notice(
            staff_id=export.staff_id,
            kind=kind,
            key=f"export:{export.pk}:{export.state}",
            subject=type_label(export.record_type),
            facts=until,
        )
    ]
