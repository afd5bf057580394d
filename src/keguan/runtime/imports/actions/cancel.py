"""Call an import off. What is in stays in, and is said so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.imports import uploads
from keguan.runtime.imports.models import Import, State
from keguan.runtime.imports.standing import owned
from keguan.runtime.jobs.actions import CancelJob
from keguan.runtime.jobs.queries import job as job_card
from keguan.runtime.ledger.actions import SYSTEM, Record, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

_RUNNING = "running"


@dataclass(frozen=True, kw_only=True)
class Cancel(ViewerAction[None]):
    """Stop an import at its next batch, or at once when no worker is at it."""

    name: ClassVar[str] = "imports.cancel"
    import_id: int

    def check(self) -> None:
        """Refuse an import that is over."""
        stored = owned(self.viewer, self.import_id, lock=True)
        if stored.state in (State.DONE, State.CANCELLED):
            raise Refused("imports.over", _("这次导入已经结束，不用取消。"))

    def do(self) -> None:
        """Ask the job to stop; where none runs, the import is over now and its file destroyed."""
        stored = Import.objects.get(pk=self.import_id)
        card = job_card(stored.job_id) if stored.job_id is not None else None
        if card is not None and not card.over:
            CancelJob(actor=SYSTEM, job_id=card.id).run()
        if card is None or card.state != _RUNNING:
            end(stored, State.CANCELLED)

    def log(self, result: None) -> Iterable[Record]:
        """Where it stood."""
        del result
        stored = Import.objects.get(pk=self.import_id)
        yield Record(self.name, "import", self.import_id, data={"position": stored.position, "rows": stored.rows})


def end(stored: Import, state: State) -> None:
    """The import is over: destroy its file once that is sure."""
    name, stored.file = stored.file, ""
    stored.state, stored.finished_at = state, clock.now()
    stored.save(update_fields=["file", "state", "finished_at"])
    transaction.on_commit(lambda: uploads.destroy(name))
