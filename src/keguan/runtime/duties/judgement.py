"""What is to be done about some records and one row: what to make, what to call off, what to take back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime import clock
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.duties.draws import drawn_for
from keguan.runtime.duties.judging import judge
from keguan.runtime.duties.models import Duty, DutyState, Round
from keguan.runtime.duties.occasions import CREATED, is_created, is_date, of_date, of_event, of_period
from keguan.runtime.duties.proving import Count, evidence_of
from keguan.runtime.duties.writing import Owed, Writer, call_off, owe_again

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from keguan.calculators.working_time.calendar import Calendar
    from keguan.language.model.model import Model
    from keguan.runtime.duties.judging import Judged
    from keguan.runtime.duties.lines import Line
    from keguan.runtime.duties.occasions import Occasion
    from keguan.runtime.policies.queries import Current


@dataclass(slots=True)
class Outcome:
    """What a judgement changed, by number."""

    made: int = 0
    cancelled: int = 0
    owed_again: int = 0

    def __bool__(self) -> bool:
        return bool(self.made or self.cancelled or self.owed_again)

    def add(self, other: Outcome) -> None:
        """Count another's as well."""
        self.made += other.made
        self.cancelled += other.cancelled
        self.owed_again += other.owed_again


@dataclass(slots=True)
class Verdict:
    """What is to be done."""

    owed: list[Owed] = field(default_factory=list)
    off: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    again: list[Duty] = field(default_factory=list)


def settle(policy: Current, line: Line, ids: Collection[int], events: Mapping[int, Sequence[Occasion]]) -> Outcome:
    """Bring what these records owe by the row to where it should be today. Inside a transaction; does nothing when
    called again. ``events`` are what has happened to them that makes the row owed, by record.

    A row newly falls to a record within a period only where the same task of the duty was not owed yet in it: else its
    cadence begins with the next period.
    """
    calendar = calendars.company_calendar()
    verdict = _Judge(policy, line, calendar).verdict(ids, events)
    outcome = Outcome(owed_again=sum(owe_again(duty, line) for duty in verdict.again))
    for note, duties in verdict.off.items():
        outcome.cancelled += call_off(duties, note)
    outcome.made = Writer(line, policy.publication_id, calendar).make(verdict.owed)
    if outcome.made and evidence_of(line) is not None:
        _count_what_is_there(policy.model, line, [each.judged.record_id for each in verdict.owed])
    return outcome


def since(line: Line) -> datetime:
    """When the company began to owe by the row: what was due or created before is not owed by it. One query."""
    first = Round.objects.filter(duty=line.duty.code, line=line.key).order_by("begun_at").first()
    return clock.now() if first is None else first.begun_at


def _count_what_is_there(model: Model, line: Line, ids: Collection[int]) -> None:
    """Evidence may have been filed before the duty was made."""
    new = Duty.objects.filter(duty=line.duty.code, line=line.key, record_id__in=set(ids), state=DutyState.OPEN)
    Count(model, line).count(list(new))


class _Judge:
    def __init__(self, policy: Current, line: Line, calendar: Calendar) -> None:
        self._line = line
        self._calendar = calendar
        self._model = policy.model
        obligation = line.obligation
        self._period = of_period(obligation, clock.today(), calendar) if obligation.frequency else None
        self._since = since(line) if obligation.trigger else None
        self._drawn = drawn_for(line, self._period) if self._period is not None and line.draws else frozenset()

    def verdict(self, ids: Collection[int], events: Mapping[int, Sequence[Occasion]]) -> Verdict:
        found = judge(self._model, self._line, ids)
        about = Duty.objects.filter(record_type=self._line.duty.record_type, record_id__in=set(ids))
        kept: dict[int, list[Duty]] = defaultdict(list)
        for duty in about.filter(duty=self._line.duty.code).order_by("id"):
            kept[duty.record_id].append(duty)
        verdict = Verdict()
        for record_id, judged in found.items():
            self._one(judged, kept[record_id], events.get(record_id, ()), verdict)
        return verdict

    def _one(self, judged: Judged, kept: list[Duty], events: Sequence[Occasion], verdict: Verdict) -> None:
        mine = [duty for duty in kept if duty.line == self._line.key]
        wanted = self._wanted(judged, mine, events)
        if judged.exempt:
            self._off(verdict, mine, _("按规定免办。"))
        else:
            passing = [duty for duty in mine if self._passing(duty, judged, wanted)]
            self._off(verdict, passing, _("不再适用。"))
        for occasion in wanted:
            self._owe(judged, occasion, kept, verdict)

    def _wanted(self, judged: Judged, mine: list[Duty], events: Sequence[Occasion]) -> tuple[Occasion, ...]:
        """What should be owed now, where the record falls under the row."""
        obligation = self._line.obligation
        if not judged.owes:
            return ()
        if self._period is not None:
            return (self._period,) if self._period.times else ()
        assert self._since is not None  # noqa: S101 - a row without a frequency has a trigger
        if is_date(obligation):
            return () if judged.day is None else self._from(of_date(obligation, judged.day, self._calendar), mine)
        if is_created(obligation):
            if judged.created_at < self._since:
                return ()
            return (of_event(obligation, CREATED, judged.created_at, self._calendar),)
        waiting = any(duty.state == DutyState.OPEN for duty in mine)
        changed = obligation.trigger is not None and obligation.trigger.child is None
        return () if waiting and changed else tuple(events)

    def _from(self, occasion: Occasion, mine: list[Duty]) -> tuple[Occasion, ...]:
        """What a date brings, unless it was due before the row was there at all."""
        there = any(duty.slot == occasion.slot for duty in mine)
        return (occasion,) if there or self._since is None or occasion.due >= self._since else ()

    def _passing(self, duty: Duty, judged: Judged, wanted: tuple[Occasion, ...]) -> bool:
        """Whether an open duty has lost its reason. What was missed in an earlier period stays owed."""
        if self._period is not None:
            return duty.slot == self._period.slot and not wanted
        if not judged.applies:
            return True
        return is_date(self._line.obligation) and all(duty.slot != each.slot for each in wanted)

    @staticmethod
    def _off(verdict: Verdict, duties: list[Duty], note: str) -> None:
        verdict.off[note] += [duty.pk for duty in duties if duty.state == DutyState.OPEN]

    def _owe(self, judged: Judged, occasion: Occasion, kept: list[Duty], verdict: Verdict) -> None:
        there = next((duty for duty in kept if (duty.line, duty.slot) == (self._line.key, occasion.slot)), None)
        if there is not None:
            if there.state == DutyState.CANCELLED and there.done_by_id is None:
                verdict.again.append(there)
            return
        if self._line.drawn_only and judged.record_id not in self._drawn:
            return
        today = clock.today()
        if self._period is not None and any(self._same_time(duty, today) for duty in kept):
            return
        verdict.owed.append(Owed(judged, occasion, judged.record_id in self._drawn))

    def _same_time(self, duty: Duty, today: date) -> bool:
        """Whether the same task is, or was, owed in a period that today lies in."""
        return (
            duty.task == self._line.obligation.task[:200]
            and duty.period_end is not None
            and duty.period_start <= today <= duty.period_end
        )
