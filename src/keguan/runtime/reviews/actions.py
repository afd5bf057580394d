"""A review is started, answered and closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.access.actions import SHORTEST_REASON, ViewerAction
from keguan.runtime.access.rights import may
from keguan.runtime.ledger.actions import Actor, Record, Refused
from keguan.runtime.org import queries as org
from keguan.runtime.org.actions import EndAppointment
from keguan.runtime.policies import queries as policies
from keguan.runtime.reviews.assigning import REVIEWS, reviewer_of, tell_reviewers
from keguan.runtime.reviews.models import Campaign, Item, ItemState, Unanswered

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.utils.functional import Promise

    from keguan.runtime.access.viewer import Viewer

LONGEST_TITLE, LONGEST_REASON = 80, 200
"""Characters that they may have."""


@dataclass(frozen=True, kw_only=True)
class StartReview(ViewerAction[int]):
    """Put every appointment of these units and roles (none named: all) to those who answer for it, and give its id."""

    name: ClassVar[str] = "reviews.start"
    operation: ClassVar[str | None] = REVIEWS
    title: str
    due: date
    unit_ids: Sequence[int] = ()
    roles: Sequence[str] = ()
    unanswered: Unanswered = Unanswered.ESCALATE
    _made: list[Item] = field(default_factory=list, init=False, repr=False, compare=False)

    def check(self) -> None:
        """Refuse a missing title, a day that is not to come, unknown units and roles, and an empty review."""
        if not 0 < len(self.title.strip()) <= LONGEST_TITLE:
            sentence = _("请写明这次复核的名称，最多%(count)s个字。") % {"count": LONGEST_TITLE}
            raise _wrong("reviews.title", "title", sentence)
        if self.due <= clock.today():
            raise _wrong("reviews.due", "due", _("复核的截止日要在今天以后。"))
        known = {unit.id for unit in org.units()}
        if not set(self.unit_ids) <= known:
            raise _wrong("reviews.unit", "units", _("没有这个部门。"))
        if not set(self.roles) <= policies.current().model.roles.keys():
            raise _wrong("reviews.role", "roles", _("现行制度里没有这个角色。"))
        self._made.extend(self._items())
        if not self._made:
            raise Refused("reviews.empty", _("这些部门和角色现在没有人在岗，没有可以复核的任命。"))

    def _items(self) -> Iterable[Item]:
        units = {each for unit_id in self.unit_ids for each in org.subtree(unit_id)}
        people = {person.id: person for person in org.staff() if person.is_active}
        reviewers: dict[tuple[int, int], int | None] = {}
        for staff_id, cards in sorted(org.appointments_of_all().items()):
            for card in cards if staff_id in people else ():
                if (units and card.unit_id not in units) or (self.roles and card.role not in self.roles):
                    continue
                whose = (staff_id, card.unit_id)
                if whose not in reviewers:
                    reviewers[whose] = reviewer_of(*whose)
                yield Item(
                    appointment_id=card.id,
                    staff_id=staff_id,
                    role=card.role,
                    unit_id=card.unit_id,
                    since=card.since,
                    until=card.until,
                    signed_in_at=people[staff_id].signed_in_at,
                    reviewer_id=reviewers[whose],
                )

    def do(self) -> int:
        """Write it down, and tell the reviewers."""
        campaign = Campaign.objects.create(
            title=self.title.strip(),
            units=sorted(set(self.unit_ids)),
            roles=sorted(set(self.roles)),
            due=self.due,
            unanswered=self.unanswered,
            publication_id=policies.current().publication_id,
            started_by_id=self.viewer.staff_id,
            started_by_name=self.viewer.name,
            started_at=clock.now(),
        )
        for item in self._made:
            item.campaign = campaign
        Item.objects.bulk_create(self._made, batch_size=500)
        tell_reviewers(campaign, "reviews.assigned", "start")
        return campaign.pk

    def log(self, result: int) -> Iterable[Record]:
        """What is reviewed, by when."""
        about = {"title": self.title.strip(), "due": self.due, "unanswered": self.unanswered, "items": len(self._made)}
        chosen = {"units": sorted(set(self.unit_ids)), "roles": sorted(set(self.roles))}
        return [Record(self.name, "review", result, data={**about, **chosen})]


@dataclass(frozen=True, kw_only=True)
class AnswerItems(ViewerAction[int]):
    """Keep these appointments or revoke them, all with one reason, and return how many. A revoked one ends at once."""

    name: ClassVar[str] = "reviews.answer"
    item_ids: Sequence[int]
    keep: bool
    reason: str = ""
    _items: list[Item] = field(default_factory=list, init=False, repr=False, compare=False)

    def check(self) -> None:
        """Refuse items that are not the viewer's to answer, their own role above all, and revoking without a reason."""
        text = self.reason.strip()
        if len(text) > LONGEST_REASON or (not self.keep and len(text) < SHORTEST_REASON):
            sentence = _("收回要写明理由，%(least)s到%(most)s个字。")
            raise _wrong("reviews.reason", "reason", sentence % {"least": SHORTEST_REASON, "most": LONGEST_REASON})
        wanted = set(self.item_ids)
        found = list(Item.objects.select_for_update().filter(pk__in=wanted).order_by("id"))
        if not wanted or len(found) != len(wanted) or not all(answers(self.viewer, item) for item in found):
            raise Refused("reviews.not_found", _("没有选中要复核的任命，或者其中有的不由您复核。"))
        if any(item.state != ItemState.WAITING for item in found):
            raise Refused("reviews.answered", _("其中有的已经有人复核过了，请刷新页面。"))
        self._items.extend(found)

    def do(self) -> int:
        """Note the answers, and end what is revoked."""
        state = ItemState.KEPT if self.keep else ItemState.REVOKED
        for item in self._items:
            if not self.keep and not end(item, self.viewer.name):
                settle(item, ItemState.GONE, self.viewer, self.reason)
            else:
                settle(item, state, self.viewer, self.reason)
        return len(self._items)

    def log(self, result: int) -> Iterable[Record]:
        """Whose roles were kept or revoked, and why."""
        del result
        data = {"keep": self.keep, "reason": self.reason.strip()}
        for item in self._items:
            about = {"review": item.campaign_id, "appointment": item.appointment_id, "role": item.role}
            yield Record(self.name, "staff", item.staff_id, data={**about, **data})


@dataclass(frozen=True, kw_only=True)
class CloseReview(ViewerAction[None]):
    """Close a review; what nobody has answered stays unanswered in its result."""

    name: ClassVar[str] = "reviews.close"
    operation: ClassVar[str | None] = REVIEWS
    campaign_id: int

    def check(self) -> None:
        """Refuse one that is closed, and one whose day has not come while something waits."""
        campaign = Campaign.objects.select_for_update().filter(pk=self.campaign_id, closed_at=None).first()
        if campaign is None:
            raise Refused("reviews.closed", _("没有这次复核，或者它已经结束。"))
        waiting = Item.objects.filter(campaign=campaign, state=ItemState.WAITING).exists()
        if waiting and campaign.swept_at is None:
            raise Refused("reviews.waiting", _("还有任命没有复核，截止日也没有到，不能结束。"))

    def do(self) -> None:
        """Close it."""
        Campaign.objects.filter(pk=self.campaign_id).update(closed_at=clock.now())

    def log(self, result: None) -> Iterable[Record]:
        """How it ended."""
        del result
        states = list(Item.objects.filter(campaign=self.campaign_id).values_list("state", flat=True))
        yield Record(self.name, "review", self.campaign_id, data={each: states.count(each) for each in set(states)})


def answers(viewer: Viewer, item: Item) -> bool:
    """Whether an item is the viewer's to answer: put to them, or to nobody by name and they may review access. Their
    own role never is.
    """
    if viewer.staff_id is None or item.staff_id == viewer.staff_id:
        return False
    return item.reviewer_id == viewer.staff_id or (item.reviewer_id is None and may(viewer, REVIEWS))


def end(item: Item, by: str) -> bool:
    """End the appointment with yesterday, in the system's name for the reviewer. False when it is over already."""
    until = clock.today() - timedelta(days=1)
    try:
        EndAppointment(actor=Actor(None, by, "system"), appointment_id=item.appointment_id, until=until).run()
    except Refused as refused:
        if refused.code in {"org.appointment_over", "org.longer"}:
            return False
        raise
    return True


def settle(item: Item, state: ItemState, by: Viewer | None, reason: str) -> None:
    """Note how an item ended; ``by`` None: by itself."""
    item.state, item.reason, item.answered_at = state, reason.strip(), clock.now()
    item.answered_by_id = None if by is None else by.staff_id
    item.answered_by_name = "" if by is None else by.name
    item.save(update_fields=["state", "reason", "answered_at", "answered_by_id", "answered_by_name"])


def _wrong(code: str, field_name: str, sentence: str | Promise) -> Refused:
    return Refused(code, sentence, {field_name: sentence})
