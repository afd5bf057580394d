"""Allocations over HTTP: runs for those who share out, pools for those who claim."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.http import HttpRequest
from ninja import Query, Router

from keguan.api.allocations import schemas
from keguan.api.authentication import viewer
from keguan.api.errors import PROBLEMS
from keguan.api.shown import cell
from keguan.runtime.allocations import actions, queries
from keguan.runtime.tokens.scopes import Scope

if TYPE_CHECKING:
    from keguan.runtime.allocations.queries import RunCard

router = Router()


@router.get("/runs", response={200: schemas.Runs, **PROBLEMS}, summary="Runs, newest first")
def runs(request: HttpRequest) -> schemas.Runs:
    """The newest fifty."""
    _cards, found = queries.overview(viewer(request, Scope.RECORDS_READ))
    return schemas.Runs(rows=[_run(each) for each in found])


@router.post("/runs", response={200: schemas.Made, **PROBLEMS}, summary="Work an allocation out")
def begin(request: HttpRequest, given: schemas.BeginIn) -> schemas.Made:
    """For the period of today. Nobody gets anything before it is confirmed."""
    made = actions.BeginRun(viewer=viewer(request, Scope.RECORDS_WRITE), allocation=given.allocation).run()
    return schemas.Made(id=made)


@router.get("/runs/{run_id}", response={200: schemas.RunWhole, **PROBLEMS}, summary="One run")
def run(request: HttpRequest, run_id: int) -> schemas.RunWhole:
    """Its rows, and how evenly records are spread before and after."""
    found = queries.run_view(viewer(request, Scope.RECORDS_READ), run_id)
    rows = [schemas.Row(**{name: row[name] for name in schemas.Row.model_fields}) for row in found.rows]
    figures = {name: schemas.Even.model_validate(each) for name, each in found.figures.items()}
    return schemas.RunWhole(
        run=_run(found.card),
        rows=rows,
        figures=figures,
        taking=found.taking,
        spared=found.spared,
        case_id=found.case_id,
    )


@router.get("/runs/{run_id}/recipients", response={200: schemas.RecipientPage, **PROBLEMS}, summary="Who gets how many")
def recipients(request: HttpRequest, run_id: int, asked: Query[schemas.After]) -> schemas.RecipientPage:
    """Those who get most first, fifty at a time; those who take no part with the reason."""
    found, following = queries.recipients(viewer(request, Scope.RECORDS_READ), run_id, asked.after)
    rows = [
        schemas.Recipient(
            id=each.id,
            name=each.name,
            unit=each.unit,
            score=None if each.score is None else cell(each.score),
            excluded=each.excluded,
            before=each.before,
            got=each.got,
            after=each.after,
            counts=list(each.counts),
        )
        for each in found
    ]
    return schemas.RecipientPage(rows=rows, next=following)


@router.get("/runs/{run_id}/lines", response={200: schemas.LinePage, **PROBLEMS}, summary="Each record and why")
def lines(request: HttpRequest, run_id: int, asked: Query[schemas.LinesIn]) -> schemas.LinePage:
    """Fifty at a time; the `id` of the last is the next page's `after`."""
    found = queries.line_page(viewer(request, Scope.RECORDS_READ), run_id, asked.recipient, asked.after)
    rows = [
        schemas.Line(id=each.line_id, record_id=each.record_id, title=cell(each.title), to=each.to, reason=each.reason)
        for each in found
    ]
    return schemas.LinePage(rows=rows)


@router.post("/runs/{run_id}/confirm", response={200: schemas.Made, **PROBLEMS}, summary="Hand a run over")
def confirm(request: HttpRequest, run_id: int) -> schemas.Made:
    """Gives the job that does it. Refused where the policy wants a process to approve it."""
    return schemas.Made(id=actions.ConfirmRun(viewer=viewer(request, Scope.RECORDS_WRITE), run_id=run_id).run())


@router.post("/runs/{run_id}/submit", response={200: schemas.Made, **PROBLEMS}, summary="Ask for approval")
def submit(request: HttpRequest, run_id: int, given: schemas.ReasonIn) -> schemas.Made:
    """Gives the case that decides."""
    caller = viewer(request, Scope.RECORDS_WRITE)
    return schemas.Made(id=actions.SubmitRun(viewer=caller, run_id=run_id, opinion=given.reason).run())


@router.post("/runs/{run_id}/withdraw", response={204: None, **PROBLEMS}, summary="Give a run up")
def withdraw(request: HttpRequest, run_id: int, given: schemas.ReasonIn) -> tuple[int, None]:
    """Before anybody has got anything."""
    actions.WithdrawRun(viewer=viewer(request, Scope.RECORDS_WRITE), run_id=run_id, reason=given.reason).run()
    return 204, None


@router.get("/pools", response={200: schemas.Pools, **PROBLEMS}, summary="Pools that are open to the caller")
def pools(request: HttpRequest) -> schemas.Pools:
    """By code."""
    return schemas.Pools(codes=[each.code for each in queries.pool_cards(viewer(request, Scope.RECORDS_READ))])


@router.get("/pools/{code}", response={200: schemas.Pool, **PROBLEMS}, summary="What waits in a pool")
def pool(request: HttpRequest, code: str, asked: Query[schemas.PoolIn]) -> schemas.Pool:
    """Newest first, thirty at a time, as far as it may be seen before it is claimed."""
    found = queries.pool_page(viewer(request, Scope.RECORDS_READ), code, asked.row, asked.after)
    codes = [column.code for column in found.columns]
    rows = [
        schemas.Waiting(
            id=each.id,
            row=each.row,
            title=cell(each.title),
            cells={name: cell(shown) for name, shown in zip(codes, each.cells, strict=True)},
        )
        for each in found.rows
    ]
    standing = found.card.standing
    return schemas.Pool(
        code=found.card.code,
        label=found.card.label,
        record_type=found.card.record_type,
        held=standing.held,
        capacity=standing.capacity,
        claimed=standing.claimed,
        most=standing.most,
        refusal=standing.refusal,
        rows=rows,
        next=found.after,
    )


@router.post("/pools/{code}/{record_id}/claim", response={200: schemas.Made, **PROBLEMS}, summary="Claim a record")
def claim(request: HttpRequest, code: str, record_id: int) -> schemas.Made:
    """It is the caller's from now on; of two who claim it one gets it."""
    caller = viewer(request, Scope.RECORDS_WRITE)
    return schemas.Made(id=actions.ClaimRecord(viewer=caller, pool=code, id=record_id).run())


@router.post("/pools/{code}/{record_id}/return", response={204: None, **PROBLEMS}, summary="Give a record back")
def give_back(request: HttpRequest, code: str, record_id: int, given: schemas.ReasonIn) -> tuple[int, None]:
    """A record of one's own; whoever had it cannot claim it again at once where the policy says so."""
    caller = viewer(request, Scope.RECORDS_WRITE)
    actions.ReturnRecord(viewer=caller, pool=code, id=record_id, reason=given.reason).run()
    return 204, None


def _run(card: RunCard) -> schemas.Run:
    told = asdict(card)
    return schemas.Run(**{name: told[name] for name in schemas.Run.model_fields})
