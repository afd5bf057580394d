"""Cases over HTTP: boxes, boards, one case, beginning one, moves, originals."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from keguan.api.authentication import viewer
from keguan.api.cases import schemas, shown
from keguan.api.errors import OF_RECORD, PROBLEMS, require_unmerged
from keguan.runtime.access.exits import Exit
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes import actions
from keguan.runtime.processes import queries as cases
from keguan.runtime.processes.moving import MoveInputs, move
from keguan.runtime.tokens.scopes import Scope

router = Router()


@router.get("/boxes", response={200: list[schemas.BoxCount], **PROBLEMS}, summary="How many there are in each box")
def list_boxes(request: HttpRequest) -> list[schemas.BoxCount]:
    """Counted up to a hundred: what waits for the caller, what they began that is open, and unread copies."""
    caller = viewer(request, Scope.CASES)
    found = cases.counts(caller)
    return [
        schemas.BoxCount(box=name, label=str(cases.Box(name).label), count=each.value, exact=each.exact)
        for name, each in found.items()
    ]


@router.get("/boxes/{box}", response={200: schemas.CasePage, **PROBLEMS}, summary="A page of a box")
def read_box(request: HttpRequest, box: str, asked: Query[schemas.BoxQuery]) -> schemas.CasePage:
    """The boxes todo, claimable, soon, late and returned come by due moment; started, copied and done newest first. A
    page may hold fewer rows than asked for although another follows.
    """
    caller = viewer(request, Scope.CASES)
    page = cases.box(caller, box, asked.after, asked.size)
    return schemas.CasePage(rows=[shown.row(each) for each in page.rows], next=page.next)


@router.get("/boards/{process}", response={200: schemas.Board, **PROBLEMS}, summary="The board of a process")
def read_board(request: HttpRequest, process: str) -> schemas.Board:
    """Open cases by step, at most fifty each, counted up to a hundred."""
    caller = viewer(request, Scope.CASES)
    found = cases.board(caller, process)
    return schemas.Board(
        process=found.process,
        label=found.label,
        columns=[
            schemas.BoardColumn(
                step=column.step,
                label=column.label,
                rows=[shown.row(each) for each in column.rows],
                count=column.count.value,
                count_exact=column.count.exact,
            )
            for column in found.columns
        ],
    )


@router.get(
    "/of/{record_type}/{record_id}", response={200: list[schemas.CaseRow], **OF_RECORD}, summary="The cases of a record"
)
def of_record(request: HttpRequest, record_type: str, record_id: int) -> list[schemas.CaseRow]:
    """The newest fifty cases over a record of which the caller may know."""
    caller = viewer(request, Scope.CASES)
    require_unmerged(caller, record_type, record_id)
    return [shown.row(each) for each in cases.cases_of(caller, record_type, record_id)]


@router.get(
    "/startable/{record_type}/{record_id}",
    response={200: list[schemas.Startable], **OF_RECORD},
    summary="What may be started over a record",
)
def startable(request: HttpRequest, record_type: str, record_id: int) -> list[schemas.Startable]:
    """The processes that the policy lets the caller begin."""
    caller = viewer(request, Scope.CASES)
    require_unmerged(caller, record_type, record_id)
    return [
        schemas.Startable(
            process=each.process, label=each.label, form=each.form, open=each.open, clause=shown.clause(each.clause)
        )
        for each in cases.may_start(caller, record_type, record_id)
    ]


@router.get(
    "/form/{process}/{record_id}", response={200: schemas.Form | None, **PROBLEMS}, summary="The form to start with"
)
def starting_form(request: HttpRequest, process: str, record_id: int) -> schemas.Form | None:
    """What is filled in to begin a case over a record, with what the record gives beforehand; null without a form."""
    caller = viewer(request, Scope.CASES)
    found = cases.starting_form(caller, process, record_id, Exit.API)
    return None if found is None else shown.form(found)


@router.post("/", response={201: schemas.Started, **PROBLEMS}, summary="Begin a case")
def start(request: HttpRequest, given: schemas.StartIn) -> Status[schemas.Started]:
    """Begin a case over a record, and complete its first step where that is the caller's to do."""
    caller = viewer(request, Scope.CASES)
    made = actions.StartCase(
        viewer=caller,
        process=given.process,
        record_id=given.record_id,
        values=given.values,
        checked=given.checked,
        outcome=given.outcome,
        opinion=given.opinion,
        complete=given.complete,
    ).run()
    return Status(201, schemas.Started(id=made))


@router.get("/{case_id}", response={200: schemas.Case, **PROBLEMS}, summary="One case")
def read(request: HttpRequest, case_id: int) -> schemas.Case:
    """One case in full, as far as the caller may see it: its steps, clocks, forms, moves, signatures and buttons."""
    caller = viewer(request, Scope.CASES)
    return shown.case(cases.case_view(caller, case_id, Exit.API))


@router.post("/{case_id}/read", response={200: schemas.Read, **PROBLEMS}, summary="Note that the case was looked at")
def mark_read(request: HttpRequest, case_id: int) -> schemas.Read:
    """What was sent on to the caller can then not be taken back any more; a copy is done with."""
    caller = viewer(request, Scope.CASES)
    return schemas.Read(shares=actions.ReadCase(viewer=caller, case_id=case_id).run())


@router.get("/{case_id}/people", response={200: list[schemas.Person], **PROBLEMS}, summary="Whom a move can be made to")
def people(request: HttpRequest, case_id: int, asked: Query[schemas.PeopleQuery]) -> list[schemas.Person]:
    """At most twenty people for transfer, consult, add_signer, copy or comment, those of the case's unit first."""
    caller = viewer(request, Scope.CASES)
    return [
        schemas.Person(id=each.id, name=each.name, unit=each.unit, near=each.near)
        for each in cases.candidates(caller, case_id, asked.kind, asked.task_id, asked.search)
    ]


@router.post("/{case_id}/moves", response={200: schemas.Moved, **PROBLEMS}, summary="Make a move")
def make_move(request: HttpRequest, case_id: int, given: schemas.MoveIn) -> schemas.Moved:
    """Complete, save, claim, release, transfer, consult, answer, add_signer, remove_signer, return, recall, urge, copy,
    comment, pause, resume, extend, withdraw, terminate, reopen or merge. Refused when somebody else has moved the case
    since `version`.
    """
    caller = viewer(request, Scope.CASES)
    if not 0 < case_id <= schemas.LARGEST_ID:
        raise Refused("cases.not_found", _("没有这个案件，或者它不在您的可见范围内。"))
    inputs = given.model_dump() | {"staff_ids": tuple(given.staff_ids)}
    moved = move(caller, case_id, MoveInputs(**inputs))
    return schemas.Moved(case_id=moved.case_id, state=moved.state, version=moved.version, opened=list(moved.opened))


@router.post("/{case_id}/reveal", response={200: schemas.Revealed, **PROBLEMS}, summary="See an original")
def reveal(request: HttpRequest, case_id: int, asked: schemas.RevealIn) -> schemas.Revealed:
    """One sensitive value of a form, or the whole of a document, for a reason; the ledger keeps who, what and why."""
    caller = viewer(request, Scope.RECORDS_REVEAL)
    if asked.document_id is not None:
        text = actions.RevealDocument(
            viewer=caller, case_id=case_id, document_id=asked.document_id, reason=asked.reason
        ).run()
    else:
        text = actions.RevealValue(
            viewer=caller, case_id=case_id, form=asked.form, field=asked.field, reason=asked.reason
        ).run()
    return schemas.Revealed(text=text)
