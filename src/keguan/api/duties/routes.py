"""Duties over HTTP: boxes, what is late, one duty, and what people do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from ninja import Query, Router

from keguan.api.authentication import viewer
from keguan.api.duties import schemas
from keguan.api.errors import OF_RECORD, PROBLEMS, require_unmerged
from keguan.api.shown import cell
from keguan.runtime.duties import actions
from keguan.runtime.duties import queries as duties
from keguan.runtime.tokens.scopes import Scope

if TYPE_CHECKING:
    from keguan.runtime.duties.queries import DutyRow, Page

router = Router()


@router.get("/boxes", response={200: list[schemas.BoxCount], **PROBLEMS}, summary="How many there are in each box")
def list_boxes(request: HttpRequest) -> list[schemas.BoxCount]:
    """Counted up to a hundred."""
    found = duties.counts(viewer(request, Scope.DUTIES))
    return [
        schemas.BoxCount(box=name, label=str(duties.Box(name).label), count=each.value, exact=each.exact)
        for name, each in found.items()
    ]


@router.get("/boxes/{box}", response={200: schemas.DutyPage, **PROBLEMS}, summary="A page of a box")
def read_box(request: HttpRequest, box: str, asked: Query[schemas.BoxQuery]) -> schemas.DutyPage:
    """The boxes late, today, week, all and claimable come by due moment; done newest first."""
    return _page(duties.mine(viewer(request, Scope.DUTIES), box, asked.after, asked.size))


@router.get("/overdue", response={200: schemas.DutyPage, **PROBLEMS}, summary="What is late")
def overdue(request: HttpRequest, asked: Query[schemas.OverdueQuery]) -> schemas.DutyPage:
    """Late duties about records within the caller's reach, of all, of a unit or of a person; the longest first."""
    caller = viewer(request, Scope.DUTIES)
    return _page(duties.overdue(caller, asked.unit_id, asked.staff_id, asked.after, asked.size))


@router.get(
    "/of/{record_type}/{record_id}",
    response={200: list[schemas.DutyRow], **OF_RECORD},
    summary="The duties of a record",
)
def of_record(request: HttpRequest, record_type: str, record_id: int) -> list[schemas.DutyRow]:
    """What is and was owed about a record, the open ones first."""
    caller = viewer(request, Scope.DUTIES)
    require_unmerged(caller, record_type, record_id)
    return [_row(each) for each in duties.duties_of(caller, record_type, record_id)]


@router.get("/{duty_id}", response={200: schemas.Duty, **PROBLEMS}, summary="One duty")
def read(request: HttpRequest, duty_id: int) -> schemas.Duty:
    """One duty in full, as far as the caller may see it, and what they may do about it."""
    found = duties.duty_view(viewer(request, Scope.DUTIES), duty_id)
    return schemas.Duty(
        row=_row(found.row),
        period_start=found.period_start,
        period_end=found.period_end,
        frequency=found.frequency,
        evidence_kind=found.evidence_kind,
        evidence=found.evidence,
        evidence_label=found.evidence_label,
        via=found.via,
        items=[
            schemas.Item(code=each.code, label=each.label, standard=each.standard, veto=each.veto, met=each.met)
            for each in found.items
        ],
        passed=found.passed,
        filled={code: cell(each) for code, each in found.filled.items()},
        proofs=[record_id for _type, record_id in found.proofs],
        happenings=[schemas.Happening(at=each.at, by=each.by, action=each.action) for each in found.happenings],
        may=sorted(found.may),
    )


@router.post("/{duty_id}/discharge", response={200: schemas.Discharged, **PROBLEMS}, summary="Discharge a duty")
def discharge(request: HttpRequest, duty_id: int, given: schemas.DischargeIn) -> schemas.Discharged:
    """Say that it was done, with what its evidence asks for. A checklist that is not passed leaves it open."""
    result = actions.DischargeDuty(
        viewer=viewer(request, Scope.DUTIES),
        duty_id=duty_id,
        values=given.values,
        checked=given.checked,
        evidence_id=given.evidence_id,
        note=given.note,
    ).run()
    judged = None if result.checked is None else result.checked.result
    return schemas.Discharged(
        done=result.done,
        seen=result.seen,
        needed=result.needed,
        passed=None if judged is None else judged.passed,
        failed=[] if judged is None else list(judged.failed),
    )


@router.post("/{duty_id}/claim", response={200: schemas.Done, **PROBLEMS}, summary="Take a duty of one's role")
def claim(request: HttpRequest, duty_id: int) -> schemas.Done:
    """It is the caller's alone then."""
    actions.ClaimDuty(viewer=viewer(request, Scope.DUTIES), duty_id=duty_id).run()
    return schemas.Done(id=duty_id)


@router.post("/{duty_id}/release", response={200: schemas.Done, **PROBLEMS}, summary="Put a duty back")
def release(request: HttpRequest, duty_id: int) -> schemas.Done:
    """For the other holders of the role."""
    actions.ReleaseDuty(viewer=viewer(request, Scope.DUTIES), duty_id=duty_id).run()
    return schemas.Done(id=duty_id)


@router.post("/{duty_id}/hand_over", response={200: schemas.Done, **PROBLEMS}, summary="Give a duty to somebody else")
def hand_over(request: HttpRequest, duty_id: int, given: schemas.HandOverIn) -> schemas.Done:
    """By who owes it, or those above them."""
    caller = viewer(request, Scope.DUTIES)
    actions.HandOverDuty(viewer=caller, duty_id=duty_id, staff_id=given.staff_id, note=given.note).run()
    return schemas.Done(id=duty_id)


@router.post("/{duty_id}/exempt", response={200: schemas.Done, **PROBLEMS}, summary="Exempt from a duty")
def exempt(request: HttpRequest, duty_id: int, given: schemas.ReasonIn) -> schemas.Done:
    """By those above, with a reason."""
    actions.ExemptDuty(viewer=viewer(request, Scope.DUTIES), duty_id=duty_id, reason=given.reason).run()
    return schemas.Done(id=duty_id)


@router.post("/{duty_id}/cancel", response={200: schemas.Done, **PROBLEMS}, summary="Call a duty off")
def cancel(request: HttpRequest, duty_id: int, given: schemas.ReasonIn) -> schemas.Done:
    """By those above, with a reason."""
    actions.CancelDuty(viewer=viewer(request, Scope.DUTIES), duty_id=duty_id, reason=given.reason).run()
    return schemas.Done(id=duty_id)


def _page(page: Page) -> schemas.DutyPage:
    return schemas.DutyPage(rows=[_row(each) for each in page.rows], next=page.next)


def _row(each: DutyRow) -> schemas.DutyRow:
    return schemas.DutyRow(
        id=each.id,
        duty=each.duty,
        label=each.label,
        task=each.task,
        clause=each.clause,
        record_type=each.record_type,
        record_id=each.record_id,
        title=cell(each.title),
        state=each.state,
        due_at=each.due_at,
        late=each.late,
        needed=each.needed,
        seen=each.seen,
        person=each.person,
        role=each.role,
        stead=each.stead,
        claimed=each.claimed,
        claimable=each.claimable,
        done_at=each.done_at,
        done_by=each.done_by,
        note=each.note,
    )
