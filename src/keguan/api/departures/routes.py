"""Departures over HTTP: open one, what is in hand, hand it over, end it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status

from keguan.api.authentication import viewer
from keguan.api.departures import schemas
from keguan.api.errors import PROBLEMS
from keguan.runtime.departures import handings
from keguan.runtime.departures import queries as departures
from keguan.runtime.departures.actions import CancelLeave, Leave, Reinstate
from keguan.runtime.departures.handing_over import StartHanding
from keguan.runtime.departures.handings import Part
from keguan.runtime.jobs.actions import CancelJob
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.tokens.scopes import Scope

if TYPE_CHECKING:
    from keguan.runtime.departures.handings import HandingCard
    from keguan.runtime.departures.queries import DepartureCard

router = Router()


@router.get("/", response={200: schemas.DeparturePage, **PROBLEMS}, summary="Departures, newest first")
def listing(request: HttpRequest, before: int | None = None) -> schemas.DeparturePage:
    """Fifty at a time; `before` is that of the page before."""
    found = departures.departures(viewer(request, Scope.PEOPLE_READ), None if before is None else _known(before))
    return schemas.DeparturePage(rows=[_out(each) for each in found.cards], before=found.before)


@router.post("/", response={201: schemas.Departure, **PROBLEMS}, summary="Have somebody leave")
def leave(request: HttpRequest, given: schemas.LeaveIn) -> Status[schemas.Departure]:
    """Today at once: the account closes with everything that hangs on it; else on the day."""
    caller = viewer(request, Scope.PEOPLE_WRITE)
    made = Leave(viewer=caller, staff_id=given.staff_id, on=given.on, reason=given.reason).run()
    return Status(201, _out(departures.departure(caller, made)))


@router.get("/{departure_id}", response={200: schemas.Departure, **PROBLEMS}, summary="One departure")
def read(request: HttpRequest, departure_id: int) -> schemas.Departure:
    """With what ended on the day."""
    return _out(departures.departure(viewer(request, Scope.PEOPLE_READ), _known(departure_id)))


@router.get("/{departure_id}/held", response={200: schemas.Held, **PROBLEMS}, summary="What they still have in hand")
def held(request: HttpRequest, departure_id: int) -> schemas.Held:
    """As it is now: it shrinks while it is handed over."""
    caller = viewer(request, Scope.PEOPLE_READ)
    found = departures.held(caller, departures.departure(caller, _known(departure_id)).staff_id)
    return schemas.Held(
        nothing=found.nothing,
        records=[schemas.Owned(record_type=e.record_type, count=e.count, more=e.capped) for e in found.records],
        duties=[schemas.DutyHeld(**asdict(each)) for each in found.duties],
        duty_count=found.duty_count,
        cases=[schemas.CaseHeld(**asdict(each)) for each in found.cases],
        case_count=found.case_count,
        only_holder_of=list(found.only_holder_of),
        heads=list(found.heads),
        drafts=list(found.drafts),
        acts_for=list(found.acts_for),
        tokens=list(found.tokens),
    )


@router.post("/{departure_id}/hand_over", response={202: schemas.Handing, **PROBLEMS}, summary="Hand it over")
def hand_over(request: HttpRequest, departure_id: int, given: schemas.HandIn) -> Status[schemas.Handing]:
    """Records at once, then each duty and each part in a case by itself; what came of each can be read."""
    caller = viewer(request, Scope.PEOPLE_WRITE)
    if not set(given.parts) <= set(Part.values):
        raise Refused("departures.parts", _("可以移交的是 records、duties 和 cases。"))
    made = StartHanding(
        viewer=caller,
        departure_id=_known(departure_id),
        to_staff_id=given.to_staff_id,
        reason=given.reason,
        parts=tuple(Part(each) for each in dict.fromkeys(given.parts)),
    ).run()
    return Status(202, _handing(handings.handing(caller, made)))


@router.get("/hand_overs/{handing_id}", response={200: schemas.Handing, **PROBLEMS}, summary="How far a hand-over is")
def handing(request: HttpRequest, handing_id: int) -> schemas.Handing:
    """State and counts."""
    return _handing(handings.handing(viewer(request, Scope.PEOPLE_READ), _known(handing_id)))


@router.get(
    "/hand_overs/{handing_id}/results",
    response={200: list[schemas.HandingResult], **PROBLEMS},
    summary="What became of each duty and each part in a case",
)
def results(request: HttpRequest, handing_id: int, after: int = 0) -> list[schemas.HandingResult]:
    """Fifty at a time; `after` is the `row_id` of the last one seen."""
    caller = viewer(request, Scope.PEOPLE_READ)
    handings.handing(caller, _known(handing_id))
    found = handings.handing_rows(caller, handing_id, _known(after))
    return [schemas.HandingResult(**asdict(each)) for each in found]


@router.post("/hand_overs/{handing_id}/cancel", response={202: schemas.Handing, **PROBLEMS}, summary="Stop a hand-over")
def stop(request: HttpRequest, handing_id: int) -> Status[schemas.Handing]:
    """By whoever began it; what is done stays done."""
    caller = viewer(request, Scope.PEOPLE_WRITE)
    found = handings.handing(caller, _known(handing_id))
    CancelJob(actor=caller.actor, job_id=0 if found.job is None else found.job.id).run()
    return Status(202, _handing(handings.handing(caller, handing_id)))


@router.post("/{departure_id}/cancel", response={200: schemas.Departure, **PROBLEMS}, summary="They stay after all")
def cancel(request: HttpRequest, departure_id: int, given: schemas.ReasonIn) -> schemas.Departure:
    """Only before the day."""
    caller = viewer(request, Scope.PEOPLE_WRITE)
    CancelLeave(viewer=caller, departure_id=_known(departure_id), reason=given.reason).run()
    return _out(departures.departure(caller, departure_id))


@router.post("/{departure_id}/reinstate", response={200: schemas.Departure, **PROBLEMS}, summary="Take them back")
def reinstate(request: HttpRequest, departure_id: int, given: schemas.ReasonIn) -> schemas.Departure:
    """The account opens again, with nothing but itself."""
    caller = viewer(request, Scope.PEOPLE_WRITE)
    Reinstate(viewer=caller, departure_id=_known(departure_id), reason=given.reason).run()
    return _out(departures.departure(caller, departure_id))


def _known(number: int) -> int:
    """The id, or one that nobody has where no column could hold it."""
    return number if 0 < number <= schemas.LARGEST_ID else 0


def _out(card: DepartureCard) -> schemas.Departure:
    return schemas.Departure(
        id=card.id,
        staff_id=card.staff_id,
        name=card.name,
        username=card.username,
        unit=card.unit_name,
        on=card.on,
        reason=card.reason,
        state=card.state,
        planned_by=card.planned_by_name,
        planned_at=card.planned_at,
        closed_at=card.closed_at,
        ended={code: count for code, count in card.closed.items() if isinstance(count, int)},
        kept=card.kept,
        attempts=card.attempts,
    )


def _handing(card: HandingCard) -> schemas.Handing:
    job = card.job
    return schemas.Handing(
        id=card.id,
        departure_id=card.departure_id,
        to=card.to_name,
        by=card.by_name,
        reason=card.reason,
        parts=list(card.parts),
        at=card.at,
        state="" if job is None else job.state,
        done=0 if job is None else job.done,
        total=0 if job is None else job.total,
        message="" if job is None else job.message,
        error="" if job is None else job.error,
        records=None if card.records is None else dict(card.records),
    )
