"""A review's day is over: what nobody answered goes one head up, or ends; two days before, reviewers are reminded."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.db import transaction
from django.utils.translation import gettext

from keguan.runtime import clock
from keguan.runtime.ledger.actions import SYSTEM, Action, Actor, Record
from keguan.runtime.reviews.actions import end, settle
from keguan.runtime.reviews.assigning import reviewer_of, tell_reviewers
from keguan.runtime.reviews.models import Campaign, Item, ItemState, Unanswered

if TYPE_CHECKING:
    from collections.abc import Iterable

REMIND = timedelta(days=2)
"""So long before the day reviewers are reminded."""


@dataclass(frozen=True, kw_only=True)
class EndDay(Action[int]):
    """Deal with what one campaign's reviewers have not answered in time. Gives how many items; 0 when it was done."""

    name: ClassVar[str] = "reviews.day_over"
    actor: Actor = SYSTEM
    campaign_id: int
    _changed: list[Item] = field(default_factory=list, init=False, repr=False, compare=False)

    def do(self) -> int:
        """Each item according to the campaign."""
        open_ones = Campaign.objects.select_for_update().filter(pk=self.campaign_id, swept_at=None, closed_at=None)
        campaign = open_ones.first()
        if campaign is None:
            return 0
        waiting = Item.objects.select_for_update().filter(campaign=campaign, state=ItemState.WAITING)
        for item in waiting.order_by("id"):
            self._deal(campaign, item)
            self._changed.append(item)
        campaign.swept_at = clock.now()
        campaign.save(update_fields=["swept_at"])
        if campaign.unanswered == Unanswered.ESCALATE:
            tell_reviewers(campaign, "reviews.escalated", "escalated", only_escalated=True)
        return len(self._changed)

    def _deal(self, campaign: Campaign, item: Item) -> None:
        if campaign.unanswered == Unanswered.LAPSE:
            ended = end(item, self.actor.name)
            settle(item, ItemState.LAPSED if ended else ItemState.GONE, None, gettext("到期没有人复核"))
            return
        item.reviewer_id = reviewer_of(item.staff_id, item.unit_id, without=_up_to(item))
        item.escalated = True
        item.save(update_fields=["reviewer_id", "escalated"])

    def log(self, result: int) -> Iterable[Record]:
        """Every item that changed."""
        del result
        for item in self._changed:
            about = {"review": item.campaign_id, "appointment": item.appointment_id, "role": item.role}
            yield Record(self.name, "staff", item.staff_id, data={**about, "state": item.state})


def sweep() -> int:
    """What is due of all campaigns, each in a transaction of its own. Gives how many items. Two queries at least."""
    open_ones = Campaign.objects.filter(swept_at=None, closed_at=None)
    soon = open_ones.filter(reminded=False, due__lte=clock.today() + REMIND, due__gte=clock.today())
    for campaign in soon:
        with transaction.atomic():
            tell_reviewers(campaign, "reviews.reminder", "reminder")
            Campaign.objects.filter(pk=campaign.pk).update(reminded=True)
    due = open_ones.filter(due__lt=clock.today()).order_by("due", "id").values_list("id", flat=True)
    return sum(EndDay(campaign_id=each).run() for each in due)


def next_moment() -> datetime | None:
    """The first minute after the next campaign's day; None when no campaign goes on."""
    open_ones = Campaign.objects.filter(swept_at=None, closed_at=None).order_by("due")
    day = open_ones.values_list("due", flat=True).first()
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=1), time.min, clock.local(clock.now()).tzinfo)


def _up_to(item: Item) -> tuple[int, ...]:
    """Everybody who had their chance: the reviewer there was."""
    return () if item.reviewer_id is None else (item.reviewer_id,)
