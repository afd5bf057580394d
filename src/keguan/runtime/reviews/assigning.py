"""Who reviews whose role: the head nearest to it, never the person themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.notifications import actions as notifications
from keguan.runtime.notifications.telling import Notice
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies
from keguan.runtime.reviews.models import Item, ItemState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.reviews.models import Campaign

REVIEWS = "review_access"
"""The operation of those who start reviews, and answer for what has no head over it."""


def reviewer_of(staff_id: int, unit_id: int, without: Iterable[int] = ()) -> int | None:
    """The nearest head over a unit who is not the person and not one of ``without``; None: whoever may review access.

    At most two queries.
    """
    barred = {staff_id, *without}
    return next((head for head in org.heads_over(unit_id) if head not in barred), None)


def general_reviewers() -> frozenset[int]:
    """Those who answer where no head does."""
    policy = policies.in_force_on(clock.today())
    if policy is None:
        return frozenset()
    return org.holders_of(code for code, role in policy.model.roles.items() if REVIEWS in role.operations)


def tell_reviewers(campaign: Campaign, kind: str, mark: str, *, only_escalated: bool = False) -> None:
    """Tell everybody who has something to answer how many there are; ``mark`` makes it once."""
    waiting = Item.objects.filter(campaign=campaign, state=ItemState.WAITING)
    if only_escalated:
        waiting = waiting.filter(escalated=True)
    counts: dict[int, int] = {}
    for reviewer_id, staff_id in waiting.values_list("reviewer_id", "staff_id"):
        for each in general_reviewers() - {staff_id} if reviewer_id is None else {reviewer_id}:
            counts[each] = counts.get(each, 0) + 1
    notifications.tell(
        Notice(
            staff_id,
            kind,
            f"{kind}:{campaign.pk}:{mark}:{staff_id}",
            campaign.title,
            {"count": count, "due": campaign.due.isoformat()},
        )
        for staff_id, count in sorted(counts.items())
    )
