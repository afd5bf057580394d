"""Pools (公海) from which people claim: which records wait in them, and who may take one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from keguan.language.feel.functions import add_months
from keguan.language.model.allocation import Method
from keguan.language.model.naming import record_table
from keguan.language.model.retention import calendar_length
from keguan.runtime import clock
from keguan.runtime.allocations.models import Claim, ClaimEnd, Excluded
from keguan.runtime.allocations.periods import begins
from keguan.runtime.allocations.reading import Candidate, candidates, figure, rows_where
from keguan.runtime.records.classes import rows_of
from keguan.runtime.records.models import Ownership

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from keguan.language.model.allocation import Allocation
    from keguan.language.model.model import Model
    from keguan.language.model.timing import Length


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands towards a pool: how many they hold and may hold, how many they claimed in this period and
    may, and why they may not claim at all (a sentence; empty: they may).
    """

    held: int
    capacity: int | None
    claimed: int
    most: int | None
    barred: str = ""

    @property
    def refusal(self) -> str:
        """Why they may not claim one more now; empty when they may."""
        if self.barred:
            return self.barred
        if self.capacity is not None and self.held >= self.capacity:
            return _("您已经有 %(held)s 份，最多 %(most)s 份。请先放回一些。") % {
                "held": self.held,
                "most": self.capacity,
            }
        if self.most is not None and self.claimed >= self.most:
            return _("这一期您已经认领 %(count)s 次，不能再认领。") % {"count": self.claimed}
        return ""


def pools(model: Model) -> tuple[Allocation, ...]:
    """The pools of the policy from which people claim."""
    return tuple(each for each in model.blocks.allocations.values() if each.method is Method.CLAIM)


def claimant(model: Model, allocation: Allocation, staff_id: int) -> Candidate | None:
    """The person as a recipient of the pool; None for whoever is none. At most three statements."""
    found = candidates(model, allocation, clock.today(), staff_id)
    return next((each for each in found if each.staff_id == staff_id), None)


def standing(model: Model, allocation: Allocation, staff_id: int | None) -> Standing:
    """How somebody stands towards a pool. At most five queries."""
    found = None if staff_id is None else claimant(model, allocation, staff_id)
    if found is None:
        return Standing(0, None, 0, None, _("这个公海不向您的岗位开放。"))
    barred = _("按制度，您现在不能从这里认领。") if found.excluded is not Excluded.NO else ""
    held = rows_of(model, allocation.record_type).filter(owner_id=staff_id).count()
    frequency = allocation.frequency
    if frequency is None or frequency.at_most is None:
        return Standing(held, found.capacity, 0, None, barred)
    since = _midnight(begins(clock.today(), frequency))
    claimed = Claim.objects.filter(allocation=allocation.code, staff_id=found.staff_id or 0, at__gte=since).count()
    return Standing(held, found.capacity, claimed, frequency.at_most, barred)


def row_of(model: Model, allocation: Allocation, record_id: int) -> int | None:
    """The row of the pool in which a record waits; None when it does not wait there. One statement."""
    found = rows_where(model, allocation, clock.today(), f"r.owner_id IS NULL AND r.id = {int(record_id)}")
    return found[0][1] if found else None


def row_full(model: Model, allocation: Allocation, row: int, staff_id: int) -> int | None:
    """The limit of a row that somebody has reached; None while there is room. At most one query."""
    share = next(each for each in allocation.shares if each.number == row)
    most = figure(share.most, model, clock.today())
    if most is None:
        return None
    mine = Claim.objects.filter(allocation=allocation.code, row=row, staff_id=staff_id, end=ClaimEnd.NO)
    return most if mine.count() >= most else None


def cooling_until(allocation: Allocation, record_id: int, staff_id: int) -> date | None:
    """The first day on which somebody who had a record may take it again; None for now. One query."""
    length = None if allocation.claiming is None else allocation.claiming.cooling
    if length is None:
        return None
    had = Ownership.objects.filter(record_type=allocation.record_type, record_id=record_id, owner_id=staff_id)
    last = had.order_by("-until").values_list("until", flat=True).first()
    if last is None:
        return None
    again = later(clock.local(last).date(), length)
    return again if again > clock.today() else None


def later(day: date, length: Length) -> date:
    """A day so long after another, by the calendar."""
    months, days = calendar_length(length) or (0, 0)
    return (add_months(day, months) or day) + timedelta(days=days)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(settings.TIME_ZONE))


def hold_claims(staff_id: int) -> None:
    """Nobody claims twice at once: whoever else claims for this person waits until the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [573_120_402, staff_id % 2**31])


def owner_now(record_type: str, record_id: int) -> Sequence[int | None] | None:
    """Whose a record is, with its row locked: (owner,), or None where there is no such record."""
    lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(record_table(record_type))
        cursor.execute(f"SELECT owner_id FROM {table} WHERE id = %s{lock}", [record_id])
        found: Sequence[int | None] | None = cursor.fetchone()
    return found
