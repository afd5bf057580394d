"""Call an export off."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.exports.actions.begin import entry
from keguan.runtime.exports.models import OVER, Export, ExportState
from keguan.runtime.exports.standing import owned
from keguan.runtime.jobs.actions import CancelJob
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.permits.standing import give_back

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, kw_only=True)
class CancelExport(ViewerAction[int]):
    """Stop one's own export before its file is there. A permit that it was to use stands again."""

    name: ClassVar[str] = "exports.cancel"
    export_id: int

    def check(self) -> None:
        """Refuse somebody else's, and one that is over."""
        if owned(self.viewer, self.export_id, lock=True).state in OVER:
            raise Refused("exports.over", _("这次导出已经结束，不用取消。"))

    def do(self) -> int:
        """Over at once; a worker that is at it stops at its next page."""
        export = Export.objects.get(pk=self.export_id)
        if export.job_id is not None:
            with suppress(Refused):  # it has just ended by itself, and finds the export cancelled
                CancelJob(actor=self.actor, job_id=export.job_id).run()
        Export.objects.filter(pk=export.pk).update(state=ExportState.CANCELLED)
        if export.permit_id is not None:
            give_back(export.permit_id)
        return export.pk

    def log(self, result: int) -> Iterable[Record]:
        """Which."""
        yield entry(Export.objects.get(pk=result), self.name)
