"""Consequences over HTTP: boxes, one in full, deciding, objecting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from ninja import Query, Router

from keguan.api.authentication import viewer
from keguan.api.consequences import schemas
from keguan.api.errors import OF_RECORD, PROBLEMS, require_unmerged
from keguan.api.shown import cell
from keguan.language.model.consequence import Measure
from keguan.runtime.consequences import actions
from keguan.runtime.consequences import queries as consequences
from keguan.runtime.tokens.scopes import Scope

if TYPE_CHECKING:
    from keguan.runtime.consequences.queries import ProposalRow

router = Router()


@router.get("/boxes/{box}", response={200: schemas.ConsequencePage, **PROBLEMS}, summary="A page of a box")
def read_box(request: HttpRequest, box: str, asked: Query[schemas.BoxQuery]) -> schemas.ConsequencePage:
    """todo: what waits for the caller's decision; mine: what fell on them; decided: what they decided. Newest first."""
    page = consequences.box(viewer(request, Scope.DUTIES), box, asked.after, asked.size)
    return schemas.ConsequencePage(rows=[_row(each) for each in page.rows], next=page.next)


@router.get(
    "/of/{record_type}/{record_id}",
    response={200: list[schemas.ConsequenceRow], **OF_RECORD},
    summary="The consequences about a record",
)
def of_record(request: HttpRequest, record_type: str, record_id: int) -> list[schemas.ConsequenceRow]:
    """The newest fifty of which the caller may know."""
    caller = viewer(request, Scope.DUTIES)
    require_unmerged(caller, record_type, record_id)
    return [_row(each) for each in consequences.about_record(caller, record_type, record_id)]


@router.get("/{proposal_id}", response={200: schemas.Consequence, **PROBLEMS}, summary="One consequence")
def read(request: HttpRequest, proposal_id: int) -> schemas.Consequence:
    """One in full, its amount as it is now, and what the caller may do about it."""
    found = consequences.proposal_view(viewer(request, Scope.DUTIES), proposal_id)
    return schemas.Consequence(
        row=_row(found.row),
        case=found.case,
        days_overdue=found.days_overdue,
        duty_id=found.duty_id,
        case_id=found.case_id,
        candidates=found.candidates,
        open_amount=found.open_amount,
        limits=found.limits,
        may=sorted(found.may),
    )


@router.post("/{proposal_id}/approve", response={200: schemas.Decided, **PROBLEMS}, summary="Put it into force")
def approve(request: HttpRequest, proposal_id: int, given: schemas.ApproveIn) -> schemas.Decided:
    """Refused outside the limits, about oneself, and when somebody has decided since `version`."""
    caller = viewer(request, Scope.DUTIES)
    amount = None
    if given.amount.strip():
        measure = Measure(consequences.proposal_view(caller, proposal_id).row.measure)
        amount = consequences.read_amount(measure, given.amount)
    actions.ApproveConsequence(
        viewer=caller,
        proposal_id=proposal_id,
        version=given.version,
        amount=amount,
        staff_id=given.staff_id,
        opinion=given.opinion,
    ).run()
    return schemas.Decided(id=proposal_id)


@router.post(
    "/{proposal_id}/reject", response={200: schemas.Decided, **PROBLEMS}, summary="Decide that nothing follows"
)
def reject(request: HttpRequest, proposal_id: int, given: schemas.RejectIn) -> schemas.Decided:
    """With a reason."""
    actions.RejectConsequence(
        viewer=viewer(request, Scope.DUTIES), proposal_id=proposal_id, version=given.version, opinion=given.opinion
    ).run()
    return schemas.Decided(id=proposal_id)


@router.post("/{proposal_id}/object", response={200: schemas.Decided, **PROBLEMS}, summary="Object to it")
def object_to(request: HttpRequest, proposal_id: int, given: schemas.ObjectIn) -> schemas.Decided:
    """By the person on whom it fell, once; it is decided again."""
    actions.ObjectToConsequence(
        viewer=viewer(request, Scope.DUTIES), proposal_id=proposal_id, version=given.version, reason=given.reason
    ).run()
    return schemas.Decided(id=proposal_id)


def _row(each: ProposalRow) -> schemas.ConsequenceRow:
    return schemas.ConsequenceRow(
        id=each.id,
        version=each.version,
        label=each.label,
        measure=each.measure,
        measure_label=each.measure_label,
        people=each.people,
        subject=each.subject,
        record_type=each.record_type,
        record_id=each.record_id,
        title=cell(each.title),
        amount=each.amount,
        times=each.times,
        state=each.state,
        clause=each.clause,
        reference=each.reference,
        proposed_at=each.proposed_at,
        late=each.late,
        decided_by=each.decided_by,
        opinion=each.opinion,
        objection=each.objection,
        round=each.round,
    )
