"""What goes back to its pool by itself (回收): records that nobody follows up, and those of people who have left.

Once a day, in steps that may each be killed and done again. Owners are told beforehand.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.db.models import Max
from django.utils.translation import gettext as _

from keguan.language.model.retention import calendar_length
from keguan.runtime import clock
from keguan.runtime.allocations.models import ClaimEnd, Sweep
from keguan.runtime.allocations.pooling import later, pools
from keguan.runtime.allocations.reading import rows_where
from keguan.runtime.allocations.releasing import release
from keguan.runtime.duties.judging import as_moment
from keguan.runtime.ledger.actions import SYSTEM, Action, Actor, Record
from keguan.runtime.notifications.actions import Notice, tell
from keguan.runtime.org import queries as org
from keguan.runtime.policies.queries import current, in_force_on, pinned
from keguan.runtime.records.classes import rows_of
from keguan.runtime.records.events import RecordsChanged
from keguan.runtime.records.models import Ownership
from keguan.runtime.records.objections import objections

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from keguan.language.model.allocation import Allocation
    from keguan.language.model.model import Model
    from keguan.language.model.timing import Length
    from keguan.runtime.ledger.events import Event

AT_ONCE = 500
"""Records that go back in one transaction."""

_LONGEST_MONTH, _SHORTEST_MONTH = 31, 28


@dataclass(frozen=True, slots=True)
class Due:
    """A record that somebody has and does not follow up: the first day on which it goes back."""

    record_id: int
    owner_id: int
    on: date


def catch_up() -> int:
    """Send back what is due where that has not been done yet today, and warn; gives how many went back. Called every
    minute by the worker; cheap when done.
    """
    policy = in_force_on(clock.today())
    if policy is None or not pools(policy.model) or Sweep.objects.filter(on=clock.today()).exists():
        return 0
    last = Sweep.objects.order_by("-on").values_list("on", flat=True).first()
    returned = warned = 0
    with pinned():
        for pool in pools(policy.model):
            returned += _send_back(pool, sorted(_left(policy.model, pool)), ClaimEnd.LEFT)
            found = list(due(policy.model, pool))
            gone = [each.record_id for each in found if each.on <= clock.today()]
            returned += _send_back(pool, gone, ClaimEnd.RECYCLED)
            warned += _warn(pool, [each for each in found if each.on > clock.today()], last)
    Sweep.objects.update_or_create(
        on=clock.today(), defaults={"at": clock.now(), "returned": returned, "warned": warned}
    )
    return returned


def due(model: Model, pool: Allocation) -> Iterator[Due]:
    """The records of a pool's type that somebody has, which go back today or of which the owner is to be told. Records
    without any follow-up are counted from the day on which their owner got them.
    """
    lengths = {each.number: each.recycle for each in pool.shares if each.recycle is not None}
    if not lengths or pool.claiming is None:
        return
    warn = pool.claiming.warn
    before = _latest(lengths.values(), warn)
    followed = f"(v.followed IS NULL OR v.followed <= '{before.isoformat()}')"
    rows = rows_where(
        model,
        pool,
        clock.today(),
        f"r.owner_id IS NOT NULL AND {followed}",
        asked=("r.owner_id", "v.followed", "r.created_at"),
    )
    rows = [row for row in rows if row[1] in lengths]
    since = _since(pool.record_type, [row[0] for row in rows])
    for record_id, number, owner_id, last, created in rows:
        had = since.get(record_id) or clock.local(as_moment(created)).date()
        base = max(filter(None, (_day(last), had)))
        on = later(base, lengths[number])
        if on <= clock.today() or (warn is not None and _before(on, warn) <= clock.today()):
            yield Due(record_id, owner_id, on)


def _latest(lengths: Iterable[Length], warn: Length | None) -> date:
    """No record followed up after this day can be due, or to be warned of, today."""
    shortest = min(_at_least(each) for each in lengths)
    months, days = (0, 0) if warn is None else calendar_length(warn) or (0, 0)
    return clock.today() - timedelta(days=shortest - months * _LONGEST_MONTH - days)


def _at_least(length: Length) -> int:
    months, days = calendar_length(length) or (0, 0)
    return months * _SHORTEST_MONTH + days


def _before(day: date, length: Length) -> date:
    months, days = calendar_length(length) or (0, 0)
    return day - timedelta(days=months * _LONGEST_MONTH + days)


def _since(record_type: str, ids: Sequence[int]) -> dict[int, date]:
    """Since when their owners have had them, where that was not from the beginning."""
    found: dict[int, date] = {}
    for first in range(0, len(ids), AT_ONCE):
        some = Ownership.objects.filter(record_type=record_type, record_id__in=ids[first : first + AT_ONCE])
        last = some.order_by().values_list("record_id").annotate(last=Max("until"))
        found |= {record_id: clock.local(until).date() for record_id, until in last}
    return found


def _left(model: Model, pool: Allocation) -> set[int]:
    """The records in a pool's reach that belong to people whose account is closed."""
    gone = [str(card.id) for card in org.staff() if not card.is_active]
    owned = rows_of(model, pool.record_type).filter(owner_id__in=gone)
    if not gone or not owned.exists():
        return set()
    rows = rows_where(model, pool, clock.today(), f"r.owner_id IN ({', '.join(gone)})")
    return {row[0] for row in rows}


def _send_back(pool: Allocation, ids: Sequence[int], end: ClaimEnd) -> int:
    for first in range(0, len(ids), AT_ONCE):
        SendBack(pool=pool, ids=ids[first : first + AT_ONCE], end=end).run()
    return len(ids)


def _warn(pool: Allocation, found: Sequence[Due], last: date | None) -> int:
    """Tell each owner once how many of theirs are going back, and when the first; those told of before are left out."""
    warn = None if pool.claiming is None else pool.claiming.warn
    if warn is None:
        return 0
    fresh = [each for each in found if last is None or _before(each.on, warn) > last]
    first: dict[int, date] = {}
    counts: defaultdict[int, int] = defaultdict(int)
    for each in fresh:
        counts[each.owner_id] += 1
        first[each.owner_id] = min(first.get(each.owner_id, each.on), each.on)
    tell(
        Notice(
            staff_id=owner,
            kind="allocations.recycling",
            key=f"pool:{pool.code}:{owner}:{clock.today()}",
            subject=pool.label.zh,
            facts={"count": counts[owner], "due": first[owner].isoformat()},
            clause=f"{pool.clause.pack}#{pool.clause.anchor}",
        )
        for owner in sorted(counts)
    )
    return len(fresh)


@dataclass(frozen=True, kw_only=True)
class SendBack(Action[int]):
    """Take records from their owners, who have not followed them up or have left; gives how many went back."""

    name: ClassVar[str] = "allocations.send_back"
    actor: Actor = SYSTEM
    pool: Allocation
    ids: Sequence[int]
    end: ClaimEnd

    def do(self) -> int:
        """Take them, but for those that may not be changed."""
        model = current().model
        record_type = self.pool.record_type
        free = [each for each in self.ids if each not in objections(record_type, self.ids)]
        owners = Counter(rows_of(model, record_type).filter(id__in=free).values_list("owner_id", flat=True))
        reason = _("负责人已离职，回到公海") if self.end == ClaimEnd.LEFT else _("久未跟进，按制度收回")
        if free:
            release(model, record_type, free, self.end, reason, (None, SYSTEM.name))
        if self.end != ClaimEnd.LEFT:
            self._tell({owner: count for owner, count in owners.items() if owner is not None})
        return len(free)

    def log(self, result: int) -> Iterable[Record]:
        """Which, why."""
        clause = self.pool.clause
        data = {"pool": self.pool.code, "ids": list(self.ids), "count": result, "end": str(self.end)}
        yield Record(self.name, self.pool.record_type, None, f"{clause.pack}#{clause.anchor}", data)

    def announce(self, result: int) -> Iterable[Event]:
        """The records are nobody's now."""
        del result
        yield RecordsChanged(self.pool.record_type, tuple(self.ids))

    def _tell(self, owners: dict[int, int]) -> None:
        tell(
            Notice(
                staff_id=owner,
                kind="allocations.recycled",
                key=f"pool:{self.pool.code}:{owner}:{clock.today()}:{self.ids[0]}",
                subject=self.pool.label.zh,
                facts={"count": count},
                clause=f"{self.pool.clause.pack}#{self.pool.clause.anchor}",
            )
            for owner, count in sorted(owners.items())
        )


def _day(value: date | str | None) -> date | None:
    """SQLite gives a day as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
