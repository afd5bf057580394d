"""代理: somebody acts for a person who is away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Action, Record, Refused
from keguan.runtime.org.actions.named import own_or_managed, person_of
from keguan.runtime.org.events import DeputyAppointed, DeputyEnded
from keguan.runtime.org.models import Deputy, Staff
from keguan.runtime.org.queries.deputies import in_force
from keguan.runtime.org.separating import one_at_a_time, refuse_stand, separate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import Promise

    from keguan.runtime.ledger.events import Event

LONGEST_REASON = 200
"""Characters that a reason may have."""


@dataclass(frozen=True, kw_only=True)
class AppointDeputy(Action[int]):
    """Have somebody act for a person from a day (today) until a day (None: until it is ended), and return its id.

    By the person themselves, or by whoever may manage staff.
    """

    name: ClassVar[str] = "org.appoint_deputy"
    staff_id: int
    deputy_id: int
    since: date | None = None
    until: date | None = None
    reason: str = ""

    @property
    def first(self) -> date:
        """The first day."""
        return self.since or clock.today()

    def check(self) -> None:
        """Refuse somebody else's without permission, oneself, the past, a second one at a time, a circle, and roles
        that nobody may hold together.
        """
        own_or_managed(self.actor, self.staff_id)
        deputy = person_of(self.deputy_id)
        if self.deputy_id == self.staff_id:
            raise _wrong("org.own_deputy", "deputy_id", _("自己不能代理自己，请选另一个人。"))
        if not deputy.is_active:
            sentence = _("%(name)s的账号已停用，不能代理，请换一个人。") % {"name": deputy.name}
            raise _wrong("org.closed_deputy", "deputy_id", sentence)
        if self.first < clock.today():
            raise _wrong("org.deputy_since", "since", _("代理不能从过去开始，请选今天或以后的日子。"))
        if self.until is not None and self.until < self.first:
            raise _wrong("org.until", "until", _("截止日早于开始日。"))
        if len(self.reason.strip()) > LONGEST_REASON:
            sentence = _("事由最多%(count)s个字。") % {"count": LONGEST_REASON}
            raise _wrong("org.deputy_reason", "reason", sentence)
        one_at_a_time()
        self._check_only_one()
        self._check_no_circle()
        refuse_stand(self.staff_id, self.deputy_id, self.first, self.until)

    def _check_only_one(self) -> None:
        """A person has one deputy at a time."""
        others = in_force(self.first, self.until or date.max).filter(staff_id=self.staff_id)
        other = others.select_related("staff", "deputy").order_by("since").first()
        if other is not None:
            sentence = _("%(name)s从%(since)s起已经请%(deputy)s代理，请先结束那一次，或者换个日子。") % {
                "name": other.staff.name,
                "since": other.since,
                "deputy": other.deputy.name,
            }
            raise _wrong("org.deputy_taken", "since", sentence)

    def _check_no_circle(self) -> None:
        """Following who acts for whom in these days never leads from the deputy back to the person."""
        rows = list(in_force(self.first, self.until or date.max).values_list("staff_id", "deputy_id"))
        met: set[int] = set()
        asked = {self.deputy_id}
        while asked:
            met |= asked
            asked = {deputy_id for staff_id, deputy_id in rows if staff_id in asked} - met
        if self.staff_id in met:
            names = dict(Staff.objects.filter(pk__in=[self.staff_id, self.deputy_id]).values_list("id", "name"))
            sentence = _("这几天%(deputy)s自己的事正由%(name)s代理，不能再反过来代理，请换一个人。") % {
                "deputy": names[self.deputy_id],
                "name": names[self.staff_id],
            }
            raise _wrong("org.deputy_circle", "deputy_id", sentence)

    def do(self) -> int:
        """Add the row."""
        return Deputy.objects.create(
            staff_id=self.staff_id,
            deputy_id=self.deputy_id,
            since=self.first,
            until=self.until,
            reason=self.reason.strip(),
        ).pk

    def log(self, result: int) -> Iterable[Record]:
        """Who acts for whom, from when to when, and why."""
        data = {"deputyship": result, "deputy": self.deputy_id, "reason": self.reason.strip()}
        days = {"since": self.first, "until": self.until}
        return [Record(self.name, "staff", self.staff_id, data={**data, **days})]

    def announce(self, result: int) -> Iterable[Event]:
        """That somebody stands in."""
        return [DeputyAppointed(result, self.staff_id, self.deputy_id)]


@dataclass(frozen=True, kw_only=True)
class EndDeputy(Action[None]):
    """End it at once: from now on nobody acts for the person. By themselves, or by whoever may manage staff."""

    name: ClassVar[str] = "org.end_deputy"
    deputyship_id: int

    def check(self) -> None:
        """Refuse an unknown one, one that is over, and somebody else's without permission."""
        row = Deputy.objects.filter(pk=self.deputyship_id).first()
        if row is None:
            raise Refused("org.no_deputy", _("没有这次代理。"))
        own_or_managed(self.actor, row.staff_id)
        if row.until is not None and row.until < clock.today():
            raise Refused("org.deputy_over", _("这次代理已经结束了。"))

    def do(self) -> None:
        """Its last day was yesterday."""
        Deputy.objects.filter(pk=self.deputyship_id).update(until=clock.today() - timedelta(days=1))
        separate()

    def log(self, result: None) -> Iterable[Record]:
        """Who does not act for whom any more."""
        row = Deputy.objects.get(pk=self.deputyship_id)
        data = {"deputyship": row.pk, "deputy": row.deputy_id, "until": row.until}
        return [Record(self.name, "staff", row.staff_id, data=data)]

    def announce(self, result: None) -> Iterable[Event]:
        """That nobody stands in any more."""
        row = Deputy.objects.get(pk=self.deputyship_id)
        return [DeputyEnded(row.pk, row.staff_id, row.deputy_id)]


def _wrong(code: str, field: str, sentence: str | Promise) -> Refused:
    return Refused(code, sentence, {field: sentence})
