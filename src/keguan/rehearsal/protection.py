"""What people do to protected information: look at it in the clear, ask for rights, have files made, print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.granting import GrantedRight
from keguan.rehearsal.missing import Missing
from keguan.rehearsal.records import denials
from keguan.rehearsal.stored import row, rows
from keguan.runtime.access.actions import Reveal
from keguan.runtime.exports import working
from keguan.runtime.exports.actions import Download, Export, PrintRecord
from keguan.runtime.exports.forms import Form
from keguan.runtime.exports.tracing import trace
from keguan.runtime.jobs.actions import Progress
from keguan.runtime.permits.actions import RequestPermit
from keguan.runtime.permits.selection import Selection
from keguan.runtime.records.queries import Filter, ListQuery, Operator

if TYPE_CHECKING:
    from keguan.language.testing.staged.protected import Chosen, Exported, PermitAsked, Printed, Revealed
    from keguan.rehearsal.scene import Scene

_GRANTED = "granted"


def reveal(event: Revealed, scene: Scene) -> None:
    """Look at one value in the clear. Raises ``Refused``, ``Problem``, and ``Missing`` when it reads otherwise."""
    record_type, record_id = event.record.record_type, scene.record(event.record).id
    viewer = scene.viewer(event.said.by)
    with denials(viewer, {"record_type": record_type, "record_id": record_id, "field": event.field}):
        read = Reveal(
            viewer=viewer, record_type=record_type, id=record_id, field=event.field, reason=event.reason
        ).run()
    if event.expected is not None and read != event.expected:
        raise Missing(event.expected, read)


def ask(event: PermitAsked, scene: Scene) -> None:
    """Ask for a right. Raises ``Refused`` and ``Problem``."""
    form = Form.CSV.value if event.right is GrantedRight.EXPORT else ""
    RequestPermit(
        viewer=scene.viewer(event.said.by),
        right=event.right,
        selection=_selection(event.about, form, scene),
        purpose=event.purpose,
        recipient=event.recipient,
        process=event.process or "",
        values=dict(event.values),
    ).run()


def export(event: Exported, scene: Scene) -> None:
    """Have a file made, wait for it and fetch it. Raises ``Refused``, ``Problem``, and ``Missing`` when it has other
    rows, or when the file does not tell whose it is.
    """
    viewer = scene.viewer(event.said.by)
    made = Export(
        viewer=viewer,
        selection=None
        if event.permitted and not event.about.columns
        else _selection(event.about, Form.CSV.value, scene),
        purpose=event.purpose,
        recipient=event.recipient,
        permit_id=_newest_permit(viewer.staff_id, event, scene) if event.permitted else None,
        address=event.address,
        wake=False,
    ).run()
    working.make(made, Progress(row("exports.Export", made)["job_id"]))
    data = Download(viewer=viewer, export_id=made, address=event.address).run().data()
    stored, say = row("exports.Export", made), scene.words.say
    if event.rows is not None and stored["rows"] != event.rows:
        raise Missing(say(f"{event.rows}行", f"{event.rows} rows"), str(stored["rows"]))
    if made not in [each.export.pk for each in trace(data)]:
        raise Missing(say("文件里有水印", "a mark in the file"), say("没有", "none"))


def print_(event: Printed, scene: Scene) -> None:
    """Print a record. Raises ``Refused``, ``Problem``, and ``Missing`` when the sheet says something else."""
    ref, viewer = event.record, scene.viewer(event.said.by)
    sheet = PrintRecord(viewer=viewer, record_type=ref.record_type, id=scene.record(ref).id).run()
    there = {label: shown.text for label, shown in sheet.lines}
    for label, wanted in event.expected.items():
        if there.get(label) != wanted:
            say = scene.words.say
            raise Missing(f"{label} {wanted or say('没有', 'nothing')}", there.get(label) or say("没有", "nothing"))


def _newest_permit(staff_id: int | None, event: Exported, scene: Scene) -> int:
    wanted = {"staff_id": staff_id, "right": GrantedRight.EXPORT.value, "record_type": event.about.record_type}
    found = rows("permits.Permit", **wanted)
    granted = [each for each in found if each["state"] == _GRANTED] or found
    if not granted:
        say = scene.words.say
        raise Missing(say("一项准予", "a permit"), say("没有申请过", "never asked for"))
    newest: int = granted[-1]["id"]
    return newest


def _selection(about: Chosen, form: str, scene: Scene) -> Selection:
    """What is chosen. Raises ``Problem``."""
    ids = tuple(scene.record(each).id for each in about.records)
    filters = tuple(Filter(code, Operator.IS, (value,)) for code, value in about.filters)
    query = None if ids else ListQuery(filters=filters)
    return Selection(about.record_type, query, ids, about.columns, form)
