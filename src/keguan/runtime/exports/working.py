"""Making the file. It may be killed at any line and be called again: it then begins anew, over what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from keguan.runtime import clock
from keguan.runtime.access.columns import columns
from keguan.runtime.access.formatting import moment
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.exports import asked, rights
from keguan.runtime.exports.actions.finish import Finish, Made
from keguan.runtime.exports.files import SealedFile, destroy
from keguan.runtime.exports.forms import Cover, Form, delimited, paper, spreadsheet
from keguan.runtime.exports.models import OVER, Export, ExportState
from keguan.runtime.exports.reading import Reading
from keguan.runtime.jobs.actions import Cancelled
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.permits.telling import type_label
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.runtime.exports.forms import Writer
    from keguan.runtime.exports.reading import Cells
    from keguan.runtime.jobs.actions import Progress

WRITERS: dict[Form, Writer] = {Form.XLSX: spreadsheet.write, Form.CSV: delimited.write, Form.PDF: paper.write}
_LANGUAGES = {"zh": "zh-hans", "en": "en"}


def make(export_id: int, progress: Progress) -> str:
    """Make the file; the sentence that says so. Raises ``Cancelled``, ``Refused`` and what breaks."""
    export = Export.objects.get(pk=export_id)
    with override(_LANGUAGES[export.language]):
        if export.state not in OVER:
            Export.objects.filter(pk=export_id, state=ExportState.WAITING).update(state=ExportState.WORKING)
            try:
                made = _made(export, progress)
            except Cancelled:
                Finish(actor=SYSTEM, export_id=export_id, state=ExportState.CANCELLED).run()
                raise
            except Exception as error:
                sentence = error.message if isinstance(error, Refused) else _("导出意外中断。请重新导出。")
                Finish(actor=SYSTEM, export_id=export_id, state=ExportState.FAILED, error=sentence).run()
                raise
            Finish(actor=SYSTEM, export_id=export_id, state=ExportState.READY, made=made).run()
            export.refresh_from_db()
            if export.state != ExportState.READY:  # called off at the very end: nobody will fetch it
                destroy(made.file)
        return _("共 %(rows)s 行。") % {"rows": export.rows}


def _made(export: Export, progress: Progress) -> Made:
    """The file, with the rights and under the policy of now: what was lost since it was asked for does not leave."""
    with policies.pinned():
        viewer, model, about = (
            viewer_for(export.staff_id, "system"),
            policies.current().model,
            asked.selection_of(export),
        )
        approved = export.permit_id is not None
        rights.require_columns(viewer, model, about.record_type, about.columns, approved=approved)
        reading = Reading(viewer, model, about, approved)
        total = reading.count()
        known = columns(model, about.record_type)
        headings = tuple(known[code].label.text(export.language) for code in about.columns)
        cover = Cover(type_label(export.record_type, export.language), words(export), export.token, headings, total)
        name = f"{export.token:016x}"
        with SealedFile(name) as sink:
            rows = WRITERS[Form(export.form)](sink, cover, _watched(reading.pages(), total, progress))
        return Made(name, rows, sink.size, sink.digest)


def words(export: Export) -> str:
    """What stands on every sheet and page: number, who, when, what for, for whom."""
    parts = [export.number, export.staff_name, moment(clock.now(), export.language), export.purpose]
    if export.recipient:
        parts.append(_("给：%(recipient)s") % {"recipient": export.recipient})
    return " ".join(part for part in parts if part)


def _watched(pages: Iterator[list[Cells]], total: int, progress: Progress) -> Iterator[list[Cells]]:
    done = 0
    for page in pages:
        yield page
        done += len(page)
        progress.check_cancelled()
        progress.step(min(done, total), total)
