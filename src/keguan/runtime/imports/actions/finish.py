"""An import comes to its end: all rows settled, called off, or stopped by an error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.imports.actions.cancel import end
from keguan.runtime.imports.models import Import, State
from keguan.runtime.ledger.actions import Record

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, kw_only=True)
class Finish(ViewerAction[None]):
    """Close the import and destroy the uploaded file. A failed one keeps its file, to be started again."""

    name: ClassVar[str] = "imports.finish"
    import_id: int
    state: State
    error: str = ""

    def do(self) -> None:
        """Set the state."""
        stored = Import.objects.select_for_update().get(pk=self.import_id)
        if self.state is State.FAILED:
            stored.state, stored.error = State.FAILED, self.error
            stored.save(update_fields=["state", "error"])
        elif stored.state not in (State.DONE, State.CANCELLED):
            end(stored, self.state)

    def log(self, result: None) -> Iterable[Record]:
        """The counts it ended with."""
        del result
        stored = Import.objects.get(pk=self.import_id)
        data = {
            "state": str(self.state),
            "created": stored.created,
            "updated": stored.updated,
            "rejected": stored.rejected,
        }
        yield Record(self.name, "import", self.import_id, data=data)
