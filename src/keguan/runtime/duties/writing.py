"""Making duties, calling them off and taking that back, always in bulk; who calls is inside a transaction and logs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.duties.models import Duty, DutyState, Further
from keguan.runtime.duties.moves import next_at
from keguan.runtime.duties.parties import Seating

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import Q

    from keguan.calculators.working_time.calendar import Calendar
    from keguan.runtime.duties.judging import Judged
    from keguan.runtime.duties.lines import Line
    from keguan.runtime.duties.occasions import Occasion
    from keguan.runtime.duties.parties import Holder

BATCH = 1_000

_TAKEN_OVER = (
    "line", "row", "publication_id", "clause", "slot", "due_at", "needed", "next_at", "moves_done", "information_class",
    "staff_id", "role", "seat_id",
)  # fmt: skip
"""What a duty takes over from the row that it goes on as."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One duty to be made."""

    judged: Judged
    occasion: Occasion
    drawn: bool = False


class Writer:
    """Makes the duties of one row under one publication; people and times are looked up once."""

    def __init__(self, line: Line, publication_id: int, calendar: Calendar, seating: Seating | None = None) -> None:
        self._line = line
        self._publication_id = publication_id
        self._calendar = calendar
        self._seating = seating or Seating()

    def make(self, owed: Sequence[Owed]) -> int:
        """Make them; one that is there already is left as it is. Gives how many were new."""
        if not owed:
            return 0
        parties, seating = self._line.obligation.responsible, self._seating
        held = [seating.holders(parties, each.judged.place, each.judged.persons) for each in owed]
        rows = [self._row(each, holders) for each, holders in zip(owed, held, strict=True)]
        known = self._there(rows)
        new = [row for row in rows if (row.record_id, row.slot) not in known]
        Duty.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
        named = {(row.record_id, row.slot): holders for row, holders in zip(rows, held, strict=True)}
        self._further(new, named)
        return len(new)

    def adopt(self, owing: Mapping[int, Judged], gone: Q, occasion: Occasion) -> int:
        """Open duties of rows that the policy no longer has (``gone``) go on as this row's, where it is the same task
        of the same period and they are not late: by the new row's date, and owed by whom it names. Gives how many.
        """
        line = self._line
        same = Duty.objects.filter(
            gone,
            duty=line.duty.code,
            task=line.obligation.task[:200],
            state=DutyState.OPEN,
            late=False,
            period_start=occasion.start,
            period_end=occasion.end,
            record_id__in=set(owing),
        )
        taken = Duty.objects.filter(duty=line.duty.code, line=line.key, slot=occasion.slot, record_id__in=set(owing))
        free = set(owing) - set(taken.values_list("record_id", flat=True))
        adopted = list({duty.record_id: duty for duty in same.order_by("id") if duty.record_id in free}.values())
        for duty in adopted:
            self._take_over(duty, Owed(owing[duty.record_id], occasion, duty.drawn))
        Duty.objects.bulk_update(adopted, _TAKEN_OVER, batch_size=BATCH)
        Further.objects.filter(duty__in=adopted).update(due_at=occasion.due)
        return len(adopted)

    def _take_over(self, duty: Duty, owed: Owed) -> None:
        judged = owed.judged
        holders = self._seating.holders(self._line.obligation.responsible, judged.place, judged.persons)
        new = self._row(owed, holders)
        kept = {"staff_id": duty.staff_id} if duty.claimed else {}
        for name in _TAKEN_OVER:
            setattr(duty, name, kept.get(name, getattr(new, name)))

    def _there(self, rows: Sequence[Duty]) -> frozenset[tuple[int, str]]:
        about = Duty.objects.filter(duty=self._line.duty.code, line=self._line.key)
        found = about.filter(record_id__in={row.record_id for row in rows}, slot__in={row.slot for row in rows})
        return frozenset(found.values_list("record_id", "slot"))

    def _row(self, owed: Owed, holders: tuple[Holder, ...]) -> Duty:
        line, judged, occasion = self._line, owed.judged, owed.occasion
        person, role = _first(holders)
        return Duty(
            duty=line.duty.code,
            line=line.key,
            row=line.obligation.number,
            publication_id=self._publication_id,
            clause=line.clause,
            task=line.obligation.task[:200],
            information_class=line.duty.information_class,
            record_type=line.duty.record_type,
            record_id=judged.record_id,
            slot=occasion.slot,
            owner_id=judged.place.owner_id,
            unit_id=judged.place.unit_id,
            staff_id=None if person is None else person.staff_id,
            role="" if role is None else role.role,
            seat_id=None if role is None else role.seat_id,
            period_start=occasion.start,
            period_end=occasion.end,
            made_at=clock.now(),
            due_at=occasion.due,
            next_at=next_at(line.obligation, occasion.due, 0, self._calendar),
            needed=occasion.times,
            drawn=owed.drawn,
        )

    def _further(self, new: Sequence[Duty], others: dict[tuple[int, str], tuple[Holder, ...]]) -> None:
        """Those who are named beside the first person and the first role."""
        wanted = {(row.record_id, row.slot): _beyond(others[row.record_id, row.slot], row) for row in new}
        wanted = {key: holders for key, holders in wanted.items() if holders}
        if not wanted:
            return
        made = Duty.objects.filter(
            duty=self._line.duty.code, line=self._line.key, record_id__in={record_id for record_id, _ in wanted}
        )
        Further.objects.bulk_create(
            [
                Further(duty=row, staff_id=each.staff_id, role=each.role, seat_id=each.seat_id, due_at=row.due_at)
                for row in made
                for each in wanted.get((row.record_id, row.slot), ())
            ],
            batch_size=BATCH,
        )


def call_off(duty_ids: Iterable[int], note: str) -> int:
    """The system calls open duties off; ``note`` says why. Gives how many were open."""
    ids = list(duty_ids)
    called = 0
    for first in range(0, len(ids), BATCH):
        called += Duty.objects.filter(pk__in=ids[first : first + BATCH], state=DutyState.OPEN).update(
            state=DutyState.CANCELLED, next_at=None, note=note[:500], done_at=clock.now(), done_by_id=None
        )
    return called


def owe_again(duty: Duty, line: Line) -> bool:
    """Take back that the system called a duty off, because its record falls under the row again."""
    calendar = calendars.company_calendar()
    at = next_at(line.obligation, duty.due_at, duty.moves_done, calendar)
    still = Duty.objects.filter(pk=duty.pk, state=DutyState.CANCELLED, done_by_id=None)
    return bool(still.update(state=DutyState.OPEN, next_at=at, note="", done_at=None))


def _first(holders: tuple[Holder, ...]) -> tuple[Holder | None, Holder | None]:
    """The first person and the first role among them."""
    person = next((each for each in holders if each.staff_id is not None), None)
    return person, next((each for each in holders if each.staff_id is None and each.role), None)


def _beyond(holders: tuple[Holder, ...], row: Duty) -> tuple[Holder, ...]:
    """Those among ``holders`` who do not stand on the duty itself."""
    return tuple(
        each
        for each in holders
        if each.staff_id != row.staff_id and (each.role, each.seat_id) != (row.role, row.seat_id)
        if each.staff_id is not None or each.role
    )
