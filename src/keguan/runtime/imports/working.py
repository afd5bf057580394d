"""Doing the work of an import, batch by batch. It may be killed at any line and be called again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from keguan.runtime.imports.actions.batch import MOVED_ON, ImportBatch, keep
from keguan.runtime.imports.actions.finish import Finish
from keguan.runtime.imports.mapping.mapping import Mapping
from keguan.runtime.imports.models import Import, State
from keguan.runtime.imports.rows.duplicates import Purpose
from keguan.runtime.imports.rows.settling import Settler
from keguan.runtime.imports.standing import importer, sheet_of
from keguan.runtime.jobs.actions import Cancelled
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.imports.workbook.cells import Cell
    from keguan.runtime.jobs.actions import Progress

BATCH = 1_000
"""Rows settled in one transaction."""

_OVER = (State.DONE, State.CANCELLED)
_LANGUAGES = {"zh": "zh-hans", "en": "en"}


def run(import_id: int, progress: Progress) -> str:
    """Bring in what is not in yet; the summary. Raises ``Cancelled`` between batches, ``Refused`` and what breaks."""
    stored = Import.objects.get(pk=import_id)
    with override(_LANGUAGES[stored.language]):
        if stored.state not in _OVER:
            viewer = importer(stored)
            try:
                _bring_in(stored, viewer, progress)
            except Cancelled:
                Finish(viewer=viewer, import_id=import_id, state=State.CANCELLED).run()
                progress.say(summary(Import.objects.get(pk=import_id)))
                raise
            except Exception as error:
                sentence = error.message if isinstance(error, Refused) else _("导入意外中断。可以从断点继续。")
                Finish(viewer=viewer, import_id=import_id, state=State.FAILED, error=sentence).run()
                raise
            if stored.state not in _OVER:
                Finish(viewer=viewer, import_id=import_id, state=State.DONE).run()
        return summary(Import.objects.get(pk=import_id))


def try_out(import_id: int, progress: Progress) -> str:
    """Read and judge every row without writing records. The report replaces that of an earlier trial."""
    stored = Import.objects.get(pk=import_id)
    with override(_LANGUAGES[stored.language]):
        if stored.state != State.CHECKING:
            return ""
        viewer = importer(stored)
        counts = {"create": 0, "update": 0, "reject": 0}
        stored.rejections.filter(trial=True).delete()
        with policies.pinned():
            settler = _settler(stored, viewer, trial=True)
            rows = _rows(stored)
            for position in range(0, len(rows), BATCH):
                progress.check_cancelled()
                settled = settler.settle(rows[position : position + BATCH])
                keep(import_id, settled.reject, trial=True)
                counts["create"] += len(settled.create)
                counts["update"] += len(settled.change)
                counts["reject"] += len(settled.reject)
                progress.step(min(position + BATCH, len(rows)), len(rows))
        Import.objects.filter(pk=import_id, state=State.CHECKING).update(state=State.CHECKED, trial=counts)
        return _("试导入：可以新建 %(create)s 条，更新 %(update)s 条，退回 %(reject)s 条。") % counts


def summary(stored: Import) -> str:
    """What an import did, in a sentence."""
    counts = {"created": stored.created, "updated": stored.updated, "rejected": stored.rejected}
    done = _("新建 %(created)s 条，更新 %(updated)s 条，退回 %(rejected)s 条。") % counts
    if stored.state != State.CANCELLED:
        return done
    place = {"settled": stored.position, "rows": stored.rows, "done": done}
    return _("已取消。前 %(settled)s 行（共 %(rows)s 行）已经处理，导入的保留：%(done)s") % place


def _bring_in(stored: Import, viewer: Viewer, progress: Progress) -> None:
    rows = _rows(stored)
    position, publication, settler = stored.position, 0, None
    while position < len(rows):
        progress.check_cancelled()
        if settler is None or policies.current().publication_id != publication:
            publication = policies.current().publication_id
            settler = _settler(stored, viewer)
        batch = ImportBatch(
            viewer=viewer,
            import_id=stored.pk,
            record_type=stored.record_type,
            position=position,
            rows=rows[position : position + BATCH],
            settler=settler,
        )
        try:
            batch.run()
        except Refused as refusal:
            if refusal.code != MOVED_ON:
                raise
            stored.refresh_from_db()
            if stored.state in _OVER:
                return
            if stored.position == position:  # not moved on, but stopped: by an error in the other process
                raise Refused("imports.stopped", stored.error) from None
        else:
            stored.position = position + len(batch.rows)
        position = stored.position
        progress.step(position, len(rows))


def _settler(stored: Import, viewer: Viewer, *, trial: bool = False) -> Settler:
    return Settler(
        policies.current().model,
        stored.record_type,
        viewer,
        Mapping.from_json(stored.mapping),
        stored.headings,
        Purpose(stored.pk, stored.on_duplicate == "update", trial),
    )


def _rows(stored: Import) -> list[tuple[int, Sequence[Cell]]]:
    """The rows below the headings with the numbers that Excel gives them."""
    first = stored.mapping["heading_row"]
    return [(number, cells) for number, cells in enumerate(sheet_of(stored).rows[first:], first + 1)]
