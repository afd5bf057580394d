"""Access reviews over HTTP: open one, its items, answers, and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from keguan.api.authentication import viewer
from keguan.api.errors import PROBLEMS
from keguan.api.reviews import schemas
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.reviews import queries as reviews
from keguan.runtime.reviews.actions import AnswerItems, CloseReview, StartReview
from keguan.runtime.tokens.scopes import Scope

if TYPE_CHECKING:
    from keguan.runtime.reviews.queries import CampaignCard, ItemCard

router = Router()


@router.get("/", response={200: list[schemas.Review], **PROBLEMS}, summary="Reviews, newest first")
def listing(request: HttpRequest) -> list[schemas.Review]:
    """All of them, or those with something for the caller; at most fifty."""
    return [_out(each) for each in reviews.campaigns(viewer(request, Scope.PEOPLE_READ))]


@router.post("/", response={201: schemas.Review, **PROBLEMS}, summary="Begin a review")
def start(request: HttpRequest, given: schemas.ReviewIn) -> Status[schemas.Review]:
    """Every appointment of these units and roles (none named: all) is put to those who answer for it."""
    caller = viewer(request, Scope.PEOPLE_WRITE)
    if given.unanswered not in reviews.Unanswered.values:
        raise Refused("reviews.unanswered", _("没有人答复的，可以写 escalate 或者 lapse。"))
    made = StartReview(
        viewer=caller,
        title=given.title,
        due=given.due,
        unit_ids=given.unit_ids,
        roles=given.roles,
        unanswered=reviews.Unanswered(given.unanswered),
    ).run()
    return Status(201, _out(reviews.campaign(caller, made)))


@router.get("/mine", response={200: list[schemas.Item], **PROBLEMS}, summary="What waits for the caller")
def mine(request: HttpRequest) -> list[schemas.Item]:
    """Of all reviews, at most a hundred."""
    return [_item(each) for each in reviews.mine(viewer(request, Scope.PEOPLE_READ))]


@router.post("/answer", response={200: schemas.Counted, **PROBLEMS}, summary="Keep appointments or take them away")
def answer(request: HttpRequest, given: schemas.AnswerIn) -> schemas.Counted:
    """All with one reason; what is taken away ends at once. Never one's own."""
    items = [each for each in given.items if 0 < each <= schemas.LARGEST_ID] or [0]
    if len(items) != len(given.items):
        items = [0]
    caller = viewer(request, Scope.PEOPLE_WRITE)
    return schemas.Counted(count=AnswerItems(viewer=caller, item_ids=items, keep=given.keep, reason=given.reason).run())


@router.get("/{review_id}", response={200: schemas.Review, **PROBLEMS}, summary="One review")
def read(request: HttpRequest, review_id: int) -> schemas.Review:
    """How far it is."""
    return _out(reviews.campaign(viewer(request, Scope.PEOPLE_READ), _known(review_id)))


@router.get("/{review_id}/items", response={200: schemas.ItemPage, **PROBLEMS}, summary="Its items")
def items(request: HttpRequest, review_id: int, asked: Query[schemas.ItemQuery]) -> schemas.ItemPage:
    """A hundred at a time: all, or those put to the caller."""
    state = next((each for each in reviews.ItemState if each == asked.state), None)
    found = reviews.items(viewer(request, Scope.PEOPLE_READ), _known(review_id), state, asked.after)
    return schemas.ItemPage(rows=[_item(each) for each in found.cards], after=found.after)


@router.post("/{review_id}/close", response={200: schemas.Review, **PROBLEMS}, summary="Close a review")
def close(request: HttpRequest, review_id: int) -> schemas.Review:
    """When everything is answered or its day is over."""
    caller = viewer(request, Scope.PEOPLE_WRITE)
    CloseReview(viewer=caller, campaign_id=_known(review_id)).run()
    return _out(reviews.campaign(caller, review_id))


def _known(number: int) -> int:
    """The id, or one that nobody has where no column could hold it."""
    return number if 0 < number <= schemas.LARGEST_ID else 0


def _out(card: CampaignCard) -> schemas.Review:
    return schemas.Review(
        id=card.id,
        title=card.title,
        units=list(card.units),
        roles=list(card.roles),
        due=card.due,
        unanswered=card.unanswered,
        started_by=card.started_by_name,
        started_at=card.started_at,
        closed_at=card.closed_at,
        over=card.over,
        counts=dict(card.counts),
    )


def _item(card: ItemCard) -> schemas.Item:
    return schemas.Item(
        id=card.id,
        staff_id=card.staff_id,
        name=card.name,
        role=card.role,
        label=card.label,
        unit=card.unit_name,
        since=card.since,
        until=card.until,
        signed_in_at=card.signed_in_at,
        reviewer=card.reviewer,
        escalated=card.escalated,
        state=card.state,
        answered_by=card.answered_by_name,
        answered_at=card.answered_at,
        reason=card.reason,
        mine=card.mine,
    )
