"""What follows in a review when somebody has left: nothing of theirs is left to be reviewed."""

from __future__ import annotations

from keguan.runtime.ledger.events import subscribe
from keguan.runtime.org.events import Left
from keguan.runtime.reviews.actions import settle
from keguan.runtime.reviews.assigning import reviewer_of
from keguan.runtime.reviews.models import Item, ItemState


def subscribe_all() -> None:
    """Subscribe; called once at start-up."""
    subscribe(Left, left)


def left(event: Left) -> None:
    """Their own items are gone; what was theirs to review goes to the next head."""
    for item in Item.objects.filter(staff_id=event.staff_id, state=ItemState.WAITING).order_by("id"):
        settle(item, ItemState.GONE, None, event.reason)
    for item in Item.objects.filter(reviewer_id=event.staff_id, state=ItemState.WAITING).order_by("id"):
        item.reviewer_id = reviewer_of(item.staff_id, item.unit_id, without=(event.staff_id,))
        item.save(update_fields=["reviewer_id"])
