"""Try an import: everything is read and judged, nothing is written but the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.imports.mapping.mapping import Mapping, check
from keguan.runtime.imports.mapping.targets import targets
from keguan.runtime.imports.models import Import, State
from keguan.runtime.imports.standing import owned, require_writable
from keguan.runtime.jobs.actions import enqueue
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.access.viewer import Viewer

TRIAL_JOB = "imports.try"


@dataclass(frozen=True, kw_only=True)
class StartTrial(ViewerAction[int]):
    """Start the dry run as a job and return the job's id. ``on_duplicate`` is ``skip`` or ``update``."""

    name: ClassVar[str] = "imports.try"
    import_id: int
    on_duplicate: str = "skip"
    wake: bool = True

    def check(self) -> None:
        """Refuse an import that has started, and mappings that cannot work."""
        stored = owned(self.viewer, self.import_id, lock=True)
        if stored.state not in (State.READY, State.CHECKED, State.CHECKING):
            raise Refused("imports.started", _("导入已经开始，不用再试。"))
        require_mapping(self.viewer, stored)

    def do(self) -> int:
        """Put the job in the queue."""
        job = enqueue(TRIAL_JOB, {"import_id": self.import_id}, self.viewer.staff_id, wake=self.wake)
        Import.objects.filter(pk=self.import_id).update(
            state=State.CHECKING, job_id=job, on_duplicate=self.on_duplicate, error=""
        )
        return job

    def log(self, result: int) -> Iterable[Record]:
        """That it is tried."""
        yield Record(self.name, "import", self.import_id, data={"job": result})


def require_mapping(viewer: Viewer, stored: Import) -> None:
    """Raises ``Refused`` when the stored mapping cannot work or uses what the viewer may not write."""
    model = policies.current().model
    every = targets(model, model.record_types[stored.record_type])
    mapping = Mapping.from_json(stored.mapping)
    check(mapping, every)
    require_writable(viewer, stored.record_type, mapping.columns, every)
