"""Writing the document of a step when it is completed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.access.document_text import DocumentText, seal_document
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.form_sight import FormSight
from keguan.runtime.access.masks import Profile
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.models import Document, ShareState
from keguan.runtime.processes.numbering import counted
from keguan.runtime.processes.places import place_of_case
from keguan.runtime.processes.standing import SIGNING, SYSTEM_NAME
from keguan.runtime.processes.writing.places import Places

if TYPE_CHECKING:
    from keguan.language.model.document import DocumentTemplate
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.models import Share, Task
    from keguan.runtime.processes.standing import Standing

_LONGEST_TITLE = 300


def write(standing: Standing, task: Task, document: str) -> None:
    """Write a document of the case as whoever acted last on the step may see what it says; with nobody, as the policy
    says. The ledger is told of it, by the document's clause.
    """
    template, case = standing.model.blocks.documents[document], standing.case
    share = _last(standing, task)
    viewer = None if share is None else _viewer(share)
    number = _number(template)
    profile = Profile.PAPER if template.waybill else Profile.SCREEN
    text = DocumentText(None if viewer is None else _sight(viewer, standing), template.discloses, profile)
    handler = "" if share is None else share.acted_by_name
    places = Places(standing, template, text, number, handler)
    title, body = places.filled(template.title), places.filled(template.body)
    whole = body.whole if body.whole != body.masked else None
    made = Document.objects.create(
        case_id=case.pk,
        task=task,
        document=document,
        number=number,
        title=title.masked[:_LONGEST_TITLE],
        text=body.masked,
        sealed=None if whole is None else seal_document(case.pk, task.pk, document, whole),
        information_class=template.information_class,
        written_at=standing.now,
        written_by_id=None if share is None else share.acted_by_id,
        written_by_name=handler or SYSTEM_NAME,
    )
    standing.happened.records.append(
        Record(
            action="cases.write_document",
            subject_type="case",
            subject_id=case.pk,
            clause=f"{template.clause.pack}#{template.clause.anchor}",
            data={"document": document, "number": number, "id": made.pk, "step": task.step},
        )
    )


def _last(standing: Standing, task: Task) -> Share | None:
    acted = [
        share
        for share in standing.shares_of(task)
        if share.state == ShareState.DONE and share.kind in SIGNING and share.acted_by_id is not None
    ]
    return max(acted, key=lambda share: (share.acted_at, share.pk), default=None)


def _viewer(share: Share) -> Viewer | None:
    if share.acted_by_id is None:
        return None
    try:
        return viewer_for(share.acted_by_id)
    except Refused:  # they have left since they acted: the others decided the step
        return None


def _sight(viewer: Viewer, standing: Standing) -> FormSight:
    case, model = standing.case, policies.current().model
    place = place_of_case(model, case)
    return FormSight(
        viewer, case.pk, place, given=True, through=Exit.DOCUMENT, model=model, record_type=case.record_type
    )


def _number(template: DocumentTemplate) -> str:
    if template.numbering is None:
        return ""
    day = clock.today()
    while True:
        number = template.numbering.write(day, counted(f"文件:{template.code}"[:80], template.numbering.period(day)))
        if not Document.objects.filter(document=template.code, number=number).exists():
            return number  # an earlier edition may have numbered by another pattern that gives the same text
