"""Working a run out: what it stands on is read, shared out and written down in one transaction, before anybody gets
anything. Killed at any line, nothing is there, and it may be done again.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from keguan.calculators.apportionment import Person, Row, allot_kinds, allot_people, evenness
from keguan.language.model.allocation import Method, ShareOf
from keguan.runtime import clock
from keguan.runtime.allocations.models import Line, Recipient, Run, RunState
from keguan.runtime.allocations.reading import candidates, figure, held, pooled, scale_of_shares
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from keguan.calculators.apportionment import Allotment, Evenness, Given
    from keguan.language.model.allocation import Allocation
    from keguan.language.model.model import Model
    from keguan.runtime.allocations.reading import Candidate, Pooled
    from keguan.runtime.jobs.progress import Progress

_STEPS = 4
_LINES = ("run_id", "record_id", "row", "place", "recipient_id", "turn", "stays", "was_owner_id")
_BATCH = 20_000


def draft(run_id: int, progress: Progress) -> int:
    """Work out a run that is being drafted; gives how many records find somebody. Raises ``Cancelled``."""
    run = Run.objects.get(pk=run_id)
    if run.state != RunState.DRAFTING:
        return run.given
    policy = policies.at(run.publication_id)
    allocation = policy.model.blocks.allocations[run.allocation]
    with transaction.atomic():
        Run.objects.select_for_update().get(pk=run_id)
        people = candidates(policy.model, allocation, run.on)
        pool = pooled(policy.model, allocation, run.on)
        progress.check_cancelled()
        owned = held(run.record_type)
        inputs = Frozen(policy.model, allocation, run.on, people, pool, owned, _first(run))
        found = inputs.allotted()
        progress.check_cancelled()
        _write_lines(run, inputs, found.lines, progress)
        _write(run, inputs, found)
    progress.step(_STEPS, _STEPS)
    return run.given


class Frozen:
    """What a run stands on: the people who take part with their figures, and the records in their order."""

    def __init__(
        self,
        model: Model,
        allocation: Allocation,
        day: date,
        people: Sequence[Candidate],
        pool: Pooled,
        owned: Counter[int],
        first: int | None,
    ) -> None:
        self.model, self.allocation, self.day = model, allocation, day
        self.everybody, self.pool = people, pool
        self.had = pool.owned
        self.held = {staff: count - self.had[staff] for staff, count in owned.items()}
        self.taking = [each for each in people if not each.excluded]
        self.first = first
        scale = scale_of_shares(allocation.shares)
        self.rows = [
            Row(each.number, figure(each.share, model, day, scale) or 0, figure(each.most, model, day))
            for each in allocation.shares
        ]

    def allotted(self) -> Allotment:
        """Share out."""
        ranks = self.ranks()
        people = [
            Person(self._weight(each), self._room(each), each.takes, ranks[each.id], each.row) for each in self.taking
        ]
        if self.allocation.share_of is ShareOf.RECIPIENTS:
            return allot_people(self.rows, people, self.pool.by_row.get(0, []))
        things = {number: lines for number, lines in self.pool.by_row.items() if number is not None}
        return allot_kinds(self.rows, people, things)

    def ranks(self) -> dict[int, int]:
        """Whose turn comes first: by id, from whoever follows the last one on, where it goes in turn."""
        ids = [each.id for each in self.taking]
        if self.allocation.method is Method.ROUND_ROBIN and self.first is not None:
            ids = [each for each in ids if each > self.first] + [each for each in ids if each <= self.first]
        return {each: rank for rank, each in enumerate(ids)}

    def _weight(self, each: Candidate) -> int:
        return max(0, each.score or 0) if self.allocation.method is Method.BY_SCORE else 1

    def _room(self, each: Candidate) -> int | None:
        if each.capacity is None:
            return None
        return max(0, each.capacity - self.held.get(each.staff_id or 0, 0))


def _first(run: Run) -> int | None:
    """Who got the last record when it was last shared out."""
    before = Run.objects.filter(allocation=run.allocation, state=RunState.DONE).order_by("-id").first()
    if before is None:
        return None
    last = before.lines.filter(recipient_id__isnull=False).order_by("-row", "-place").first()
    return None if last is None else last.recipient_id


def _write(run: Run, inputs: Frozen, found: Allotment) -> None:
    """Who took part with what they get, the rows, and how even it is before and after."""
    place = {each.id: index for index, each in enumerate(inputs.taking)}
    numbers = [row.number for row in inputs.rows]
    ranks = inputs.ranks()
    made = []
    for each in inputs.everybody:
        index = place.get(each.id)
        counts = {} if index is None else {str(number): found.counts[number][index] for number in numbers}
        had = inputs.had[each.staff_id] if each.staff_id is not None else 0
        made.append(
            Recipient(
                run=run,
                recipient_id=each.id,
                staff_id=each.staff_id,
                unit_id=each.unit_id,
                excluded=each.excluded,
                score=each.score,
                capacity=each.capacity,
                row=each.row,
                rank=ranks.get(each.id, 0),
                takes=[None if part is None else str(part) for part in each.takes],
                held=inputs.held.get(each.staff_id or 0, 0),
                had=had,
                got=sum(counts.values()),
                counts=counts,
            )
        )
    Recipient.objects.bulk_create(made, batch_size=2_000)
    run.rows = _rows(inputs, found)
    run.figures = _figures(inputs, found, made)
    run.first = inputs.first
    run.pooled = len(inputs.pool.owners)
    run.given = sum(each.got for each in made)
    run.drafted_at, run.state = clock.now(), RunState.DRAFT
    run.save(update_fields=["rows", "figures", "first", "pooled", "given", "drafted_at", "state"])


def _rows(inputs: Frozen, found: Allotment) -> list[dict[str, Any]]:
    told = []
    for share, row in zip(inputs.allocation.shares, inputs.rows, strict=True):
        own = 0 if inputs.allocation.share_of is ShareOf.RECIPIENTS else row.number
        told.append(
            {
                "number": row.number,
                "name": share.name,
                "weight": row.share,
                "most": row.most,
                "there": len(inputs.pool.by_row.get(own, ())),
                "share": found.shares[row.number],
                "target": found.targets[row.number],
                "given": sum(found.counts[row.number]),
            }
        )
    return told


def _figures(inputs: Frozen, found: Allotment, made: Sequence[Recipient]) -> dict[str, dict[str, float | int]]:
    """How even: what each person holds before and after, and what each gets for their weight."""
    taking = [each for each in made if not each.excluded]
    leaving = _leaving(inputs, found)
    before = [each.held + each.had for each in taking]
    after = [
        each.held + each.had - leaving[each.staff_id] + each.got if each.staff_id is not None else 0 for each in taking
    ]
    return {
        "before": _told(evenness(before)),
        "after": _told(evenness(after)),
        "got": _told(evenness(each.got for each in taking)),
    }


def _leaving(inputs: Frozen, found: Allotment) -> Counter[int]:
    """How many records that are shared out each person has now and gives away; to themselves counts as well."""
    given = (line.thing for line in found.lines if line.person is not None)
    return Counter(owner for thing in given if (owner := inputs.pool.owners[thing]) is not None)


def _told(even: Evenness) -> dict[str, float | int]:
    return {
        "people": even.people,
        "least": even.least,
        "most": even.most,
        "mean": round(float(even.mean), 1),
        "gini": round(float(even.gini), 3),
    }


def _write_lines(run: Run, inputs: Frozen, lines: Sequence[Given], progress: Progress) -> None:
    """Every record with what becomes of it; those of no row too."""
    ids = [each.id for each in inputs.taking]
    owners = inputs.pool.owners
    told = (
        (
            run.pk,
            line.thing,
            line.row if line.person is None or line.row else inputs.taking[line.person].row or 0,
            line.place,
            None if line.person is None else ids[line.person],
            line.turn,
            str(line.stays),
            owners[line.thing],
        )
        for line in lines
    )
    none = (
        (run.pk, record_id, 0, place, None, 0, "no_row", owners[record_id])
        for place, (record_id, _kind) in enumerate(inputs.pool.by_row.get(None, ()), 1)
    )
    total = len(owners)
    done = 0
    for part in _parts(told, none):
        progress.check_cancelled()
        _insert(part)
        done += len(part)
        progress.step(min(done, total - 1), total)


def _parts(*sources: Iterable[tuple[Any, ...]]) -> Iterable[list[tuple[Any, ...]]]:
    part: list[tuple[Any, ...]] = []
    for source in sources:
        for row in source:
            part.append(row)
            if len(part) >= _BATCH:
                yield part
                part = []
    if part:
        yield part


def _insert(rows: list[tuple[Any, ...]]) -> None:
    """As fast as the database takes rows: a copy on PostgreSQL, one prepared statement on SQLite."""
    listed = ", ".join(_LINES)
    table = Line._meta.db_table  # noqa: SLF001 - documented by Django
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(_LINES))
        cursor.executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks})", rows)
