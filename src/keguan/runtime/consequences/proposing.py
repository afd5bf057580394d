"""Proposing what follows from something that happened: by every row that speaks of it, once for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from keguan.language.model.actors import PartyKind
from keguan.language.model.naming import record_table
from keguan.runtime import clock
from keguan.runtime.access.columns import columns, condition_columns
from keguan.runtime.access.viewer import Place
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.consequences.amounts import amount_of, days_overdue, discloses, told_amount, worked_out
from keguan.runtime.consequences.models import Occurrence, Proposal, ProposalState
from keguan.runtime.consequences.recipients import Approver, approver_of, approvers, recipient_of
from keguan.runtime.consequences.telling import proposed
from keguan.runtime.duties.judging import quoted
from keguan.runtime.duties.parties import Seating
from keguan.runtime.ledger.actions import SYSTEM, Record, append
from keguan.runtime.notifications import actions as notifications
from keguan.runtime.org import queries as org
from keguan.runtime.processes.opening import Beginning
from keguan.runtime.processes.reactions import StartByItself

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from keguan.language.model.consequence import Consequence, ConsequenceRow
    from keguan.language.model.model import Model
    from keguan.runtime.consequences.happenings import Happening
    from keguan.runtime.consequences.recipients import Recipient
    from keguan.runtime.policies.queries import Current


def propose_for(policy: Current, happening: Happening) -> tuple[int, ...]:
    """Propose what follows by the policy; the ids of what is new. Inside a transaction; a second time gives nothing."""
    found: list[int] = []
    for block in policy.model.blocks.consequences.values():
        if happening.block is not None and block.code != happening.block:
            continue
        for row in block.rows:
            if (row.event.kind, row.event.target) == (happening.kind, happening.target):
                made = propose(policy, block, row, happening)
                found += [] if made is None else [made.pk]
    return tuple(found)


def propose(policy: Current, block: Consequence, row: ConsequenceRow, happening: Happening) -> Proposal | None:
    """Propose one row; None when its condition is not true, it was not so often, or it was proposed already."""
    model = policy.model
    about = block.record_type if block.record_type == happening.record_type else None
    place, persons = _place(model, row, happening)
    recipient = recipient_of(row, happening, place, persons, Seating())
    if not recipient.subject and not recipient.people:
        return None
    times, period = _counted(block, row, recipient, happening)
    event = {"days_overdue": days_overdue(happening.due_since), "times": times}
    if not _holds(model, row, about, happening, event):
        _not_counted(block, row, recipient, happening)
        return None
    if row.repeated is not None and times < row.repeated.at_least:
        return None
    key = f"{block.code}:{row.number}:{_whom(recipient, happening)}:{happening.source if period is None else period}"
    known = Proposal.objects.filter(key=key[:200]).first()
    if known is not None:
        _again(model, block, row, known, times)
        return None
    approver = Approver() if row.approver is None else approver_of(row.approver, recipient, place, persons)
    made = _made(policy, block, row, happening, recipient, approver, place, times, key[:200])
    made.amount = amount_of(model, row.amount, made, block.record_type)
    made.discloses = discloses(model, row.amount, block.record_type)
    made.open_amount = row.amount is not None and row.amount.length is None and made.amount is None
    with transaction.atomic():
        if row.process is not None:
            made.case_id = _case(policy, row.process, made, place)
        made.save()
        append(SYSTEM, [_entry(made, "consequences.propose")])
        notifications.tell(proposed(made, approvers(made)))
    return made


def _holds(
    model: Model, row: ConsequenceRow, about: str | None, happening: Happening, event: Mapping[str, int]
) -> bool:
    """Whether the row's condition is true of the record; of a record of another type it cannot be."""
    if row.condition is None:
        return True
    return about is not None and worked_out(model, row.condition, about, happening.record_id, event) is True


def _made(  # noqa: PLR0913, PLR0917 - a row has so many sides
    policy: Current,
    block: Consequence,
    row: ConsequenceRow,
    happening: Happening,
    recipient: Recipient,
    approver: Approver,
    place: Place,
    times: int,
    key: str,
) -> Proposal:
    now, staff_id = clock.now(), recipient.staff_id
    due = None if row.deadline is None else calendars.due(row.deadline, now)
    return Proposal(
        key=key,
        consequence=block.code,
        row=row.number,
        publication_id=policy.publication_id,
        clause=f"{block.clause.pack}#{block.clause.anchor}",
        reference=row.reference[:200],
        information_class=block.information_class,
        event=row.event.kind.value,
        source=happening.source,
        duty_id=happening.duty_id,
        source_case_id=happening.case_id,
        record_type=happening.record_type,
        record_id=happening.record_id,
        owner_id=place.owner_id,
        unit_id=place.unit_id,
        staff_id=staff_id,
        staff_name="" if staff_id is None else org.names((staff_id,)).get(staff_id, ""),
        candidates=[] if staff_id is not None else list(recipient.people),
        subject=recipient.subject,
        measure=row.measure.value,
        amount_text="" if row.amount is None else row.amount.text[:120],
        times=times,
        due_since=happening.due_since,
        approver_id=approver.staff_id,
        approver_role=approver.role,
        approver_seat=approver.seat_id,
        proposed_at=now,
        due_at=due,
        next_at=due,
    )


def _counted(
    block: Consequence, row: ConsequenceRow, recipient: Recipient, happening: Happening
) -> tuple[int, date | None]:
    """How often it has happened to them in the period, this time included, and the period's first day."""
    if row.repeated is None:
        return 1, None
    slot = calendars.slots(row.repeated, clock.today())
    whom = _whom(recipient, happening)
    Occurrence.objects.get_or_create(
        consequence=block.code, row=row.number, whom=whom, source=happening.source, defaults={"day": clock.today()}
    )
    within = Occurrence.objects.filter(
        consequence=block.code, row=row.number, whom=whom, day__gte=slot.start, day__lte=slot.end
    )
    return within.count(), slot.start


def _not_counted(block: Consequence, row: ConsequenceRow, recipient: Recipient, happening: Happening) -> None:
    """What does not meet the condition does not count towards so often."""
    if row.repeated is not None:
        Occurrence.objects.filter(
            consequence=block.code, row=row.number, whom=_whom(recipient, happening), source=happening.source
        ).delete()


def _again(model: Model, block: Consequence, row: ConsequenceRow, known: Proposal, times: int) -> None:
    """It has happened again in a period for which it is proposed already: until decided, it counts with the rest."""
    if row.repeated is None or known.state != ProposalState.PROPOSED or times <= known.times:
        return
    count_anew(model, block, row, known, times)


def count_anew(model: Model, block: Consequence, row: ConsequenceRow, known: Proposal, times: int) -> None:
    """So often it has happened in the period: what depends on that follows, while nothing is decided."""
    known.times = times
    known.amount = amount_of(model, row.amount, known, block.record_type)
    changed = Proposal.objects.filter(pk=known.pk, state=ProposalState.PROPOSED)
    if changed.update(times=times, amount=known.amount):
        append(SYSTEM, [_entry(known, "consequences.count")])


def _case(policy: Current, process: str, made: Proposal, place: Place) -> int | None:
    """Begin the process that decides, over the record; None where it is about another kind of record."""
    declared = policy.model.blocks.processes[process]
    if made.record_id is None or declared.record_type != made.record_type:
        return None
    return StartByItself(new=Beginning(policy, declared, made.record_id, place)).run()


def _place(model: Model, row: ConsequenceRow, happening: Happening) -> tuple[Place, dict[str, int | None]]:
    """Where the record stands, and what stands in its 人员 fields that the row names. One query."""
    if happening.record_id is None or happening.record_type not in model.record_types:
        return Place(None, None), {}
    parties = [each for each in (row.party, row.approver) if each is not None and each.kind is PartyKind.FIELD]
    known = columns(model, happening.record_type)
    codes = [each.field for each in parties if each.field is not None and each.field in known]
    met = condition_columns(model, happening.record_type)
    shown = ", ".join(["owner_id", "unit_id", *map(quoted, met), *(quoted(known[code].physical) for code in codes)])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {shown} FROM {quoted(record_table(happening.record_type))} WHERE id = %s", [happening.record_id]
        )
        found = cursor.fetchone()
    if found is None:
        return Place(None, None), {}
    holds = frozenset(name for name, value in zip(met, found[2:], strict=False) if value)
    return Place(found[0], found[1], holds), dict(zip(codes, found[2 + len(met) :], strict=True))


def _whom(recipient: Recipient, happening: Happening) -> str:
    if recipient.subject:
        return f"record:{happening.record_type}:{happening.record_id}"
    return "staff:" + "+".join(map(str, recipient.people))[:100]


def _entry(made: Proposal, action: str) -> Record:
    facts = {
        "consequence": made.consequence,
        "row": made.row,
        "source": made.source,
        "staff": made.staff_id,
        "candidates": made.candidates,
        "measure": made.measure,
        "amount": told_amount(made),
        "times": made.times,
    }
    return Record(action, "consequence", made.pk, made.clause, facts)
