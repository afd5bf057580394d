"""Handing a confirmed run over: recipient by recipient, some of them in each transaction, each set in a few statements.

Killed at any line, it goes on with the recipients who have not got theirs.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import connection
from django.db.models import Count, F

from keguan.language.model.naming import record_table
from keguan.runtime import clock
from keguan.runtime.access.columns import columns
from keguan.runtime.allocations.models import Line, Recipient, Run, RunState
from keguan.runtime.allocations.statements import quoted
from keguan.runtime.allocations.statements import run as run_statement
from keguan.runtime.ledger.actions import SYSTEM, Action, Actor, Record
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.events import HandedOver, RecordsChanged
from keguan.runtime.records.models import Ownership, Transfer
from keguan.runtime.records.owners.moving import belonging
from keguan.runtime.records.pointing import place_again

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keguan.language.model.allocation import Allocation
    from keguan.language.model.model import Model
    from keguan.runtime.ledger.events import Event

AT_ONCE = 5_000
"""Records handed over in one transaction, as long as one recipient has fewer."""


@dataclass(slots=True)
class Step:
    """What one step did: recipients served, records handed over, records that could not be any more."""

    recipients: int = 0
    handed: int = 0
    spared: int = 0
    transfers: list[Transfer] = field(default_factory=list)
    changed: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HandOverRun(Action[Step]):
    """Give the next recipients what is theirs. Where none is left the run is done, and the step is empty.

    A record that meanwhile has another owner than when the run was worked out, or is gone, is spared.
    """

    name: ClassVar[str] = "allocations.hand_over"
    actor: Actor = SYSTEM
    run_id: int
    _runs: list[Run] = field(default_factory=list, init=False, repr=False)

    def do(self) -> Step:
        """Serve them."""
        run = Run.objects.select_for_update().get(pk=self.run_id)
        self._runs.append(run)
        if run.state != RunState.CONFIRMED:
            return Step()
        model = policies.current().model
        people = _next(run)
        if not people or run.record_type not in model.record_types:
            _end(run)
            return Step()
        step = _served(model, run, people)
        Run.objects.filter(pk=run.pk).update(handed=F("handed") + step.handed, spared=F("spared") + step.spared)
        return step

    def log(self, result: Step) -> Iterable[Record]:
        """Who got how many; at the end, how many in all."""
        run = self._runs[0]
        data: dict[str, object] = {"run": run.pk, "period": run.period}
        if not result.recipients:
            run.refresh_from_db()
            done = {**data, "handed": run.handed, "spared": run.spared}
            yield Record("allocations.end", "allocation", run.allocation, data=done)
            return
        got = {str(each.to_id): sum(each.counts.values()) for each in result.transfers}
        data |= {"handed": result.handed, "spared": result.spared, "to": got}
        yield Record(self.name, "allocation", run.allocation, data=data)

    def announce(self, result: Step) -> Iterable[Event]:
        """The new owners, to whatever follows them, and the records whose fields say so."""
        run = self._runs[0]
        for each in result.transfers:
            if each.counts:
                yield HandedOver(each.pk, each.receiver_id, each.unit_id, each.by_name, each.reason, dict(each.counts))
        if result.changed:
            yield RecordsChanged(run.record_type, result.changed)


def _next(run: Run) -> list[Recipient]:
    """The next recipients who wait for theirs, by id."""
    waiting = run.recipients.filter(transfer_id__isnull=True, got__gt=0).order_by("id")
    people: list[Recipient] = []
    count = 0
    for each in waiting[:AT_ONCE]:
        if people and count + each.got > AT_ONCE:
            break
        people.append(each)
        count += each.got
    return people


def _end(run: Run) -> None:
    run.state, run.ended_at = RunState.DONE, clock.now()
    run.save(update_fields=["state", "ended_at"])


def _served(model: Model, run: Run, people: Sequence[Recipient]) -> Step:
    allocation = policies.at(run.publication_id).model.blocks.allocations[run.allocation]
    now, reason = clock.now(), f"{allocation.label.zh} {run.period}"
    made = Transfer.objects.bulk_create(
        [
            Transfer(
                record_type=run.record_type,
                to_id=each.staff_id,
                unit_id=each.unit_id,
                reason=reason,
                by_id=run.confirmed_by_id,
                by_name=run.confirmed_by_name or run.by_name,
                at=now,
                settled_at=now,
            )
            for each in people
        ]
    )
    for each, transfer in zip(people, made, strict=True):
        each.transfer_id = transfer.pk
    Recipient.objects.bulk_update(people, ["transfer_id"], batch_size=500)
    ids = (min(each.pk for each in people), max(each.pk for each in people))
    _moved(model, run, ids)
    handed, spared = _marked(run, ids)
    _counted(made)
    for transfer in made:
        unit = {} if transfer.unit_id is None else {"unit_id": transfer.unit_id}
        for code in transfer.counts:
            owned = Ownership.objects.filter(transfer=transfer, record_type=code).values_list("record_id", flat=True)
            place_again(code, owned.order_by(), transfer.to_id, unit)
    return Step(len(people), handed, spared, list(made), _written(model, allocation, run, ids))


_MINE = (
    "allocation_line l JOIN allocation_recipient p ON p.run_id = l.run_id AND p.recipient_id = l.recipient_id "
    "AND p.id BETWEEN %s AND %s AND p.transfer_id IS NOT NULL"
)
"""The lines of the recipients who are being served."""

_OURS = (
    "(SELECT transfer_id FROM allocation_recipient WHERE run_id = %s AND id BETWEEN %s AND %s "
    "AND transfer_id IS NOT NULL)"
)
"""Their transfers."""


def _moved(model: Model, run: Run, ids: tuple[int, int]) -> None:
    """Note who had the records, with the children that had the same owner, and give them their new one. Records that
    their recipient has already stay as they are.
    """
    at = connection.ops.adapt_datetimefield_value(clock.now())
    table = quoted(record_table(run.record_type))
    run_statement(
        "INSERT INTO ownership (transfer_id, record_type, record_id, owner_id, unit_id, until) "
        f"SELECT p.transfer_id, %s, r.id, r.owner_id, r.unit_id, %s FROM {_MINE} JOIN {table} r ON r.id = l.record_id "
        "WHERE l.run_id = %s AND (r.owner_id = l.was_owner_id OR (r.owner_id IS NULL AND l.was_owner_id IS NULL)) "
        "AND (r.owner_id IS NULL OR r.owner_id <> p.staff_id)",
        [run.record_type, at, *ids, run.pk],
    )
    waiting = [run.record_type]
    moved = [run.record_type]
    while waiting:
        parent = waiting.pop(0)
        for child, via in belonging(model, parent):
            if _children(parent, child.code, columns(model, child.code)[via.code].physical, (run.pk, *ids), at):
                waiting.append(child.code)
                moved.append(child.code)
    for code in dict.fromkeys(moved):
        table = quoted(record_table(code))
        run_statement(
            f"UPDATE {table} SET owner_id = t.to_id, unit_id = coalesce(t.unit_id, {table}.unit_id) "
            "FROM ownership o JOIN records_transfer t ON t.id = o.transfer_id "
            f"WHERE o.record_type = %s AND o.transfer_id IN {_OURS} AND o.record_id = {table}.id",
            [code, run.pk, *ids],
        )


def _children(parent: str, child: str, via: str, ours: tuple[int, ...], at: Any) -> int:
    """Those that had the same owner as their parent, and are not taken yet."""
    return run_statement(
        "INSERT INTO ownership (transfer_id, record_type, record_id, owner_id, unit_id, until) "
        f"SELECT o.transfer_id, %s, c.id, c.owner_id, c.unit_id, %s "
        f"FROM ownership o CROSS JOIN {quoted(record_table(child))} c "
        f"WHERE o.transfer_id IN {_OURS} AND o.record_type = %s AND c.{quoted(via)} = o.record_id "
        "AND (c.owner_id = o.owner_id OR (c.owner_id IS NULL AND o.owner_id IS NULL)) "
        "AND NOT EXISTS (SELECT 1 FROM ownership x WHERE x.transfer_id = o.transfer_id "
        "AND x.record_type = %s AND x.record_id = c.id)",
        [child, at, *ours, parent, child],
    )


def _marked(run: Run, ids: tuple[int, int]) -> tuple[int, int]:
    """Note on each line whether its record is with its recipient now; gives how many are and how many are not."""
    table = quoted(record_table(run.record_type))
    there = (
        f"EXISTS (SELECT 1 FROM allocation_recipient p JOIN {table} r ON r.owner_id = p.staff_id "
        "WHERE p.run_id = allocation_line.run_id AND p.recipient_id = allocation_line.recipient_id "
        "AND r.id = allocation_line.record_id)"
    )
    mine = (
        "run_id = %s AND recipient_id IN (SELECT recipient_id FROM allocation_recipient "
        "WHERE run_id = %s AND id BETWEEN %s AND %s AND transfer_id IS NOT NULL)"
    )
    of_mine = [run.pk, run.pk, *ids]
    whole = run_statement(f"UPDATE allocation_line SET moved = {there} WHERE {mine}", of_mine)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM allocation_line WHERE moved AND {mine}", of_mine)
        handed = int(cursor.fetchone()[0])
    return handed, whole - handed


def _counted(made: Sequence[Transfer]) -> None:
    """Note how many of which type went with each transfer."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    found = Ownership.objects.filter(transfer__in=[each.pk for each in made]).order_by()
    for transfer_id, code, count in found.values_list("transfer_id", "record_type").annotate(n=Count("id")):
        counts[transfer_id][code] = count
    for each in made:
        each.counts = counts[each.pk]
    Transfer.objects.bulk_update(made, ["counts"], batch_size=500)


def _written(model: Model, allocation: Allocation, run: Run, ids: tuple[int, int]) -> tuple[int, ...]:
    """Write into the records who got them, on which day and how often; gives their ids where anything is written."""
    known = columns(model, run.record_type)
    noted = allocation.noted
    table = quoted(record_table(run.record_type))
    sets, values = ["version = version + 1", "updated_at = %s"], [connection.ops.adapt_datetimefield_value(clock.now())]
    if noted.recipient is not None and noted.recipient in known:
        sets.append(f"{quoted(known[noted.recipient].physical)} = n.recipient_id")
    if noted.date is not None and noted.date in known:
        sets.append(f"{quoted(known[noted.date].physical)} = %s")
        values.append(connection.ops.adapt_datefield_value(clock.today()))
    if noted.times is not None and noted.times in known:
        name = quoted(known[noted.times].physical)
        sets.append(f"{name} = coalesce({table}.{name}, 0) + 1")
    if len(sets) == 2:
        return ()
    run_statement(
        f"UPDATE {table} SET {', '.join(sets)} FROM (SELECT l.record_id, l.recipient_id FROM {_MINE} "
        f"WHERE l.run_id = %s AND l.moved) AS n WHERE n.record_id = {table}.id",
        [*values, *ids, run.pk],
    )
    mine = run.recipients.filter(pk__range=ids).values("recipient_id")
    moved = Line.objects.filter(run=run, moved=True, recipient_id__in=mine).order_by("record_id")
    return tuple(moved.values_list("record_id", flat=True))
