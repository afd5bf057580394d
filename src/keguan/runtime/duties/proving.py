"""Evidence that the system counts by itself: child records of the right period, that pass the check, filed by somebody
who is responsible.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.access.columns import columns
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.duties.events import DutyDone
from keguan.runtime.duties.filers import filers
from keguan.runtime.duties.judging import true_ids
from keguan.runtime.duties.models import Duty, DutyState, Proof
from keguan.runtime.duties.moves import next_at
from keguan.runtime.duties.parties import Seating, answerable
from keguan.runtime.ledger import events
from keguan.runtime.ledger.actions import SYSTEM, Record, append
from keguan.runtime.org import queries as org
from keguan.runtime.records.classes import attribute, rows_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from keguan.language.model.duty import Evidence
    from keguan.language.model.model import Model
    from keguan.runtime.duties.lines import Line


@dataclass(frozen=True, slots=True)
class Piece:
    """A record that may be evidence: of which record, of which day, filed by whom."""

    record_id: int
    of: int
    day: date
    by_id: int | None


class Count:
    """Counts the evidence of one row's duties anew."""

    def __init__(self, model: Model, line: Line) -> None:
        evidence = line.obligation.evidence
        assert evidence is not None and evidence.record_type and evidence.via and evidence.date  # noqa: PT018, S101 - only counted ones come here
        self._model, self._line, self._evidence = model, line, evidence
        self._type: str = evidence.record_type
        known = columns(model, self._type)
        self._via, self._date = attribute(known[evidence.via].physical), attribute(known[evidence.date].physical)
        self._seating = Seating()
        self._acting: dict[int, frozenset[int]] = {}

    def changed(self, ids: Collection[int], parents: Iterable[int]) -> None:
        """These records of evidence are new or other than they were; ``parents`` are what they referred to before."""
        rows = rows_of(self._model, self._type).filter(id__in=set(ids))
        about = {each for each in rows.values_list(self._via, flat=True) if each is not None} | set(parents)
        mine = Duty.objects.filter(duty=self._line.duty.code, line=self._line.key, record_id__in=about)
        proved = Proof.objects.filter(record_type=self._type, record_id__in=set(ids)).values("duty_id")
        waiting = list(mine.filter(state=DutyState.OPEN))
        done = list(mine.filter(state=DutyState.DONE, pk__in=proved))
        self.count([*waiting, *done])

    def count(self, duties: Sequence[Duty]) -> None:
        """Count for these duties: discharge what is proved, and owe again what is not any more."""
        if not duties:
            return
        pieces = defaultdict(list)
        for piece in self._pieces(duties):
            pieces[piece.of].append(piece)
        proofs: dict[int, dict[int, Proof]] = defaultdict(dict)
        for proof in Proof.objects.filter(duty__in=duties, record_type=self._type):
            proofs[proof.duty_id][proof.record_id] = proof
        for duty in duties:
            self._one(duty, pieces[duty.record_id], proofs[duty.pk])

    def counts(self, duty: Duty, by_id: int | None) -> bool:
        """Whether somebody's evidence counts for a duty: theirs, or of one for whom they stand in."""
        if by_id is None:
            return True
        if by_id not in self._acting:
            self._acting[by_id] = org.stands_in_for(by_id) | {by_id}
        return bool(answerable(duty, self._seating) & self._acting[by_id])

    def pieces(self, ids: Collection[int]) -> list[Piece]:
        """Those of these records that pass the check and have a day."""
        shown = ("id", self._via, self._date)
        rows = rows_of(self._model, self._type).filter(id__in=set(ids), **{f"{self._date}__isnull": False})
        return self._checked(list(rows.values_list(*shown)))

    def _pieces(self, duties: Sequence[Duty]) -> list[Piece]:
        about = {duty.record_id for duty in duties}
        since = min(duty.period_start for duty in duties)
        rows = rows_of(self._model, self._type).filter(**{f"{self._via}__in": about, f"{self._date}__gte": since})
        return self._checked(list(rows.values_list("id", self._via, self._date)))

    def _checked(self, rows: list[tuple[int, int, date]]) -> list[Piece]:
        check = self._line.obligation.check
        if check is not None and rows:
            passed = true_ids(self._model, self._type, check, [row[0] for row in rows])
            rows = [row for row in rows if row[0] in passed]
        by = filers(self._model, self._type, [row[0] for row in rows]) if rows else {}
        return [Piece(record_id, of, day, by.get(record_id)) for record_id, of, day in rows]

    def _one(self, duty: Duty, pieces: Iterable[Piece], kept: dict[int, Proof]) -> None:
        good = [each for each in pieces if _within(duty, each) and self.counts(duty, each.by_id)]
        # what a person has accepted as late evidence stays, though its day lies after the period
        accepted = {record_id for record_id, proof in kept.items() if proof.day is not None and _after(duty, proof.day)}
        now = {each.record_id: each for each in sorted(good, key=lambda each: (each.day, each.record_id))}
        gone = [proof.pk for record_id, proof in kept.items() if record_id not in now and record_id not in accepted]
        Proof.objects.filter(pk__in=gone).delete()
        Proof.objects.bulk_create(
            [
                Proof(duty=duty, record_type=self._type, record_id=each.record_id, day=each.day, by_id=each.by_id,
                      counted_at=clock.now())
                for each in now.values()
                if each.record_id not in kept
            ],
            ignore_conflicts=True,
        )  # fmt: skip
        seen = len(now.keys() | accepted)
        if seen != duty.seen:
            Duty.objects.filter(pk=duty.pk).update(seen=seen)
            duty.seen = seen
        if duty.state == DutyState.OPEN and seen >= duty.needed:
            last = list(now.values())[-1] if now else None
            discharge(duty, None if last is None else last.by_id)
        elif duty.state == DutyState.DONE and seen < duty.needed:
            reopen(duty, self._line)


def discharge(duty: Duty, by_id: int | None, by_name: str = "", **more: object) -> bool:
    """Note that an open duty is discharged; late stays late, and what is done after its time is. False, and nothing
    changed, when it is not open any more.
    """
    now = clock.now()
    late = duty.late or now > duty.due_at
    name = by_name or (org.names((by_id,)).get(by_id, "") if by_id is not None else "")
    values = {"done_at": now, "done_by_id": by_id, "done_by_name": name, "late": late, "next_at": None, **more}
    done = Duty.objects.filter(pk=duty.pk, state=DutyState.OPEN).update(state=DutyState.DONE, **values)
    if done:
        facts = {"duty": duty.duty, "record": [duty.record_type, duty.record_id], "late": late, "by": by_id}
        append(SYSTEM, [Record("duties.done", "duty", duty.pk, duty.clause, facts)])
        events.announce(DutyDone(duty.pk, duty.duty, duty.record_type, duty.record_id, by_id, late))
        duty.state, duty.late = DutyState.DONE, late
    return bool(done)


def reopen(duty: Duty, line: Line) -> None:
    """The evidence of a discharged duty is not there any more: it is owed again."""
    at = next_at(line.obligation, duty.due_at, duty.moves_done, calendars.company_calendar())
    again = Duty.objects.filter(pk=duty.pk, state=DutyState.DONE)
    if again.update(state=DutyState.OPEN, done_at=None, done_by_id=None, done_by_name="", next_at=at):
        append(SYSTEM, [Record("duties.reopen", "duty", duty.pk, duty.clause, {"seen": duty.seen})])


def _within(duty: Duty, piece: Piece) -> bool:
    return duty.period_start <= piece.day and not _after(duty, piece.day)


def _after(duty: Duty, day: date) -> bool:
    return duty.period_end is not None and day > duty.period_end


def evidence_of(line: Line) -> Evidence | None:
    """What proves a row, when it is counted by the system."""
    evidence = line.obligation.evidence
    return evidence if evidence is not None and evidence.checked else None
