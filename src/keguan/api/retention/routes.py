"""Retention over HTTP: what is due, batches, holds, and the list of destruction.

Witnessing is not here: a witness confirms in their own session, with their own password, on the page.
"""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest
from ninja import Query, Router

from keguan.api.authentication import viewer
from keguan.api.errors import OF_RECORD, PROBLEMS
from keguan.api.retention import schemas
from keguan.api.shown import cell
from keguan.runtime.retention import actions
from keguan.runtime.retention import queries as retention
from keguan.runtime.tokens.scopes import Scope

router = Router()


@router.get("/due", response={200: schemas.Due, **PROBLEMS}, summary="What is due and what waits")
def due(request: HttpRequest) -> schemas.Due:
    """By block what is due and in no batch yet, and the batches that are under way."""
    found = retention.overview(viewer(request, Scope.RECORDS_READ))
    return schemas.Due(
        due=[schemas.Pile(**asdict(each)) for each in found.piles],
        batches=[schemas.BatchRow(**asdict(each)) for each in found.batches],
        held=found.held,
        stored=found.stored,
    )


@router.get("/batches", response={200: schemas.BatchPage, **PROBLEMS}, summary="Batches of disposal, newest first")
def batches(request: HttpRequest, asked: Query[schemas.After]) -> schemas.BatchPage:
    """Fifty at a time."""
    rows, following = retention.batches(viewer(request, Scope.RECORDS_READ), asked.after)
    return schemas.BatchPage(rows=[schemas.BatchRow(**asdict(each)) for each in rows], next=following)


@router.get("/batches/{batch_id}", response={200: schemas.Batch, **PROBLEMS}, summary="One batch")
def batch(request: HttpRequest, batch_id: int, asked: Query[schemas.After]) -> schemas.Batch:
    """With fifty of the things in it; values come masked as on the page."""
    found = retention.batch_view(viewer(request, Scope.RECORDS_READ), batch_id, asked.after)
    items = [
        schemas.Item(
            id=each.id,
            record_id=each.record_id,
            information_class=each.part,
            cells={code: cell(shown) for code, shown in each.cells.items()},
            due_on=each.due_on,
            why=each.why,
            clause=each.clause,
            state=each.state,
            reason=each.reason,
        )
        for each in found.items
    ]
    return schemas.Batch(
        row=schemas.BatchRow(**asdict(found.row)),
        items=items,
        next=found.next,
        approvers=list(found.approvers),
        witnesses=[name for name, _at in found.witnesses],
        wanted=found.wanted,
        may=sorted(found.may),
    )


@router.post("/batches/{batch_id}/strike", response={200: schemas.Counted, **PROBLEMS}, summary="Strike things out")
def strike(request: HttpRequest, batch_id: int, given: schemas.StrikeIn) -> schemas.Counted:
    """They are not disposed of this time; `back` puts them in again."""
    count = actions.StrikeOut(
        viewer=viewer(request, Scope.RECORDS_WRITE),
        batch_id=batch_id,
        item_ids=tuple(given.items),
        reason=given.reason,
        back=given.back,
    ).run()
    return schemas.Counted(count=count)


@router.post("/batches/{batch_id}/submit", response={200: schemas.Submitted, **PROBLEMS}, summary="Ask for approval")
def submit(request: HttpRequest, batch_id: int, given: schemas.ReasonIn) -> schemas.Submitted:
    """Begins a case of the process that the policy names."""
    case_id = actions.SubmitBatch(
        viewer=viewer(request, Scope.RECORDS_WRITE), batch_id=batch_id, opinion=given.reason
    ).run()
    return schemas.Submitted(case_id=case_id)


@router.get("/holds", response={200: schemas.HoldPage, **PROBLEMS}, summary="Holds, newest first")
def holds(request: HttpRequest, asked: Query[schemas.After]) -> schemas.HoldPage:
    """Fifty at a time."""
    rows, following = retention.holds(viewer(request, Scope.RECORDS_READ), asked.after)
    return schemas.HoldPage(rows=[schemas.Hold(**asdict(each)) for each in rows], next=following)


@router.post("/holds", response={200: schemas.Counted, **PROBLEMS}, summary="Hold records")
def hold(request: HttpRequest, given: schemas.HoldIn) -> schemas.Counted:
    """Held records are not changed, merged or destroyed; `everything` holds all that refers to them too."""
    count = actions.HoldRecords(
        viewer=viewer(request, Scope.RECORDS_WRITE),
        record_type=given.record_type,
        ids=tuple(given.ids),
        reason=given.reason,
        everything=given.everything,
        until=given.until,
    ).run()
    return schemas.Counted(count=count)


@router.post("/holds/{hold_id}/lift", response={204: None, **PROBLEMS}, summary="Lift a hold")
def lift(request: HttpRequest, hold_id: int, given: schemas.ReasonIn) -> tuple[int, None]:
    """Refused to whoever put it."""
    actions.LiftHold(viewer=viewer(request, Scope.RECORDS_WRITE), hold_id=hold_id, reason=given.reason).run()
    return 204, None


@router.get("/stored", response={200: schemas.StoredPage, **PROBLEMS}, summary="Records that are only stored")
def stored(request: HttpRequest, asked: Query[schemas.After]) -> schemas.StoredPage:
    """Newest first, fifty at a time; for those who dispose and auditors."""
    rows, following = retention.asides(viewer(request, Scope.RECORDS_READ), asked.after)
    return schemas.StoredPage(rows=[schemas.Stored(**asdict(each)) for each in rows], next=following)


@router.get("/stored/{record_type}/{record_id}", response={200: schemas.StoredOne, **PROBLEMS}, summary="One of them")
def stored_one(request: HttpRequest, record_type: str, record_id: int) -> schemas.StoredOne:
    """With its values as far as the caller may see them."""
    found = retention.aside_view(viewer(request, Scope.RECORDS_READ), record_type, record_id)
    cells = {each.code: cell(found.record.cells[each.code]) for each in found.columns}
    return schemas.StoredOne(row=schemas.Stored(**asdict(found.row)), cells=cells)


@router.post("/stored/{record_type}/{record_id}/take_back", response={204: None, **PROBLEMS}, summary="Bring one back")
def take_back(request: HttpRequest, record_type: str, record_id: int, given: schemas.ReasonIn) -> tuple[int, None]:
    """It stands among the others again. What a term is over for is held first; what a person asked to be erased is
    brought back by somebody else than whoever erased it.
    """
    caller = viewer(request, Scope.RECORDS_WRITE)
    actions.TakeBack(viewer=caller, record_type=record_type, id=record_id, reason=given.reason).run()
    return 204, None


@router.get("/list", response={200: schemas.DestroyedPage, **PROBLEMS}, summary="The list of destruction")
def destroyed(request: HttpRequest, asked: Query[schemas.ListIn]) -> schemas.DestroyedPage:
    """Newest first; of one batch in its order."""
    rows, following = retention.destroyed(viewer(request, Scope.RECORDS_READ), asked.batch, asked.after)
    return schemas.DestroyedPage(rows=[schemas.Destroyed(**asdict(each)) for each in rows], next=following)


@router.get(
    "/of/{record_type}/{record_id}",
    response={200: list[schemas.Kept], **OF_RECORD},
    summary="How long a record is kept",
)
def of_record(request: HttpRequest, record_type: str, record_id: int) -> list[schemas.Kept]:
    """A sentence for the record or each class of it, with its clause. Refused for a record out of sight."""
    from keguan.runtime.records import queries as records

    caller = viewer(request, Scope.RECORDS_READ)
    records.get(caller, record_type, record_id)
    return [schemas.Kept(**asdict(each)) for each in retention.kept_lines(caller, record_type, record_id)]
