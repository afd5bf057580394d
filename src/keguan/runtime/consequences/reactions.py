"""What gives rise to consequences: late duties and cases, cases that are closed, and records of which a condition has
become true.
"""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING

from keguan.language.feel.walk import children
from keguan.language.model.consequence import EventKind
from keguan.language.model.figure_state import FigureState
from keguan.runtime import clock
from keguan.runtime.access.columns import columns
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.consequences.conditions import conditional, look_at, note_all
from keguan.runtime.consequences.deciding import decide_by_case
from keguan.runtime.consequences.happenings import Happening
from keguan.runtime.consequences.models import Proposal, ProposalState
from keguan.runtime.consequences.proposing import propose_for
from keguan.runtime.consequences.withdrawing import withdraw_for
from keguan.runtime.decisions.affected import affected, reading_through
from keguan.runtime.duties.events import DutyDone, DutyLetOff, DutyOverdue
from keguan.runtime.duties.models import Duty
from keguan.runtime.ledger.events import subscribe
from keguan.runtime.metrics.events import FigureJudged
from keguan.runtime.org import queries as org
from keguan.runtime.policies.events import Published
from keguan.runtime.policies.queries import current
from keguan.runtime.processes.events import CaseClosed, CaseOverdue, StepOverdue
from keguan.runtime.processes.models import Case, Share, ShareKind, ShareState, Task
from keguan.runtime.records.classes import attribute, rows_of
from keguan.runtime.records.events import RecordsChanged

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from keguan.language.model.consequence import Consequence, ConsequenceRow
    from keguan.language.model.model import Model
    from keguan.runtime.policies.queries import Current

_JUDGED = {
    FigureState.MISSED: EventKind.FIGURE_MISSED,
    FigureState.WARNING: EventKind.FIGURE_WARNED,
    FigureState.MET: EventKind.FIGURE_MET,
}


def subscribe_all() -> None:
    """Subscribe; called once at start-up, after decisions and duties."""
    subscribe(DutyOverdue, duty_overdue)
    subscribe(DutyDone, duty_done)
    subscribe(DutyLetOff, duty_let_off)
    subscribe(StepOverdue, step_overdue)
    subscribe(CaseOverdue, case_overdue)
    subscribe(CaseClosed, case_closed)
    subscribe(FigureJudged, figure_judged)
    subscribe(RecordsChanged, records_changed)
    subscribe(Published, published)


def duty_overdue(event: DutyOverdue) -> None:
    """A duty is late. Where a row of its block names a consequence, only rows that name one bring about any."""
    policy = current()
    if not policy.model.blocks.consequences:
        return
    declared = policy.model.blocks.duties.get(event.duty)
    named = declared is not None and any(row.consequence for row in declared.obligations)
    if named and event.consequence is None:
        return
    due = Duty.objects.filter(pk=event.duty_id).values_list("due_at", flat=True).first()
    propose_for(
        policy,
        Happening(
            EventKind.DUTY_OVERDUE,
            event.duty,
            f"duty:{event.duty_id}",
            event.record_type,
            event.record_id,
            event.holders,
            due,
            duty_id=event.duty_id,
            block=event.consequence,
        ),
    )


def duty_done(event: DutyDone) -> None:
    """From now on no more days count."""
    waiting = Proposal.objects.filter(duty_id=event.duty_id, state=ProposalState.PROPOSED, ended_at=None)
    waiting.update(ended_at=clock.now())


def duty_let_off(event: DutyLetOff) -> None:
    """What was proposed because the duty was late, and is not decided yet, is withdrawn."""
    withdraw_for(f"duty:{event.duty_id}")


def step_overdue(event: StepOverdue) -> None:
    """A step of a case is late: whoever has it in hand answers for it."""
    policy = current()
    if not policy.model.blocks.consequences:
        return
    case = Case.objects.get(pk=event.case_id)
    due = Task.objects.filter(pk=event.task_id).values_list("due_at", flat=True).first()
    people = _in_hand(Share.objects.filter(task_id=event.task_id))
    _of_case(policy, EventKind.CASE_OVERDUE, event.process, f"task:{event.task_id}", case, people, due)


def case_overdue(event: CaseOverdue) -> None:
    """A whole case is late: whoever has it in hand answers for it."""
    policy = current()
    if not policy.model.blocks.consequences:
        return
    case = Case.objects.get(pk=event.case_id)
    people = _in_hand(Share.objects.filter(case_id=case.pk))
    source_ = f"case:{case.pk}:{case.round}"
    _of_case(policy, EventKind.CASE_OVERDUE, event.process, source_, case, people, case.due_at)


def case_closed(event: CaseClosed) -> None:
    """A case is over: it decides on what it was begun for, and may itself have consequences."""
    decide_by_case(event.case_id, event.state)
    policy = current()
    if not policy.model.blocks.consequences:
        return
    case = Case.objects.get(pk=event.case_id)
    done = Share.objects.filter(case_id=case.pk, state=ShareState.DONE, acted_by_id__isnull=False)
    last = done.exclude(kind__in=(ShareKind.COPY, ShareKind.CONSULT)).order_by("-acted_at", "-id").first()
    people = frozenset() if last is None or last.acted_by_id is None else frozenset({last.acted_by_id})
    source_ = f"closed:{case.pk}:{case.round}"
    _of_case(policy, EventKind.CASE_CLOSED, event.process, source_, case, people, None)


def figure_judged(event: FigureJudged) -> None:
    """A period of a figure is over: whoever answers for the figure answers for how it stands."""
    kind, policy = _JUDGED.get(event.state), current()
    if kind is None or not policy.model.blocks.consequences:
        return
    group = sha256(event.group.encode()).hexdigest()[:12]  # a group may be called longer than a source
    source_ = f"figure:{event.figure}:{event.period_start.isoformat()}:{group}"
    propose_for(policy, Happening(kind, event.figure, source_, "", None, event.people))


def records_changed(event: RecordsChanged) -> None:
    """Propose for the changed records, and for those whose facts or outcomes read them, what has become true."""
    policy = current()
    waiting = tuple(conditional(policy.model))
    if not waiting:
        return
    changed: dict[str, set[int]] = defaultdict(set)
    changed[event.record_type] |= set(event.ids)
    for record_type, ids in affected(policy.model, dict(changed)).items():
        changed[record_type] |= ids
    with calendars.pinned():
        for block, row in waiting:
            about = block.record_type or ""
            ids = changed[about] | _counted(policy.model, block, row, event)
            ids |= reading_through(about, row.condition, changed)
            if ids:
                look_at(policy, block, row, ids)


def published(event: Published) -> None:
    """What is true already when a policy comes into force at once is only noted."""
    policy = current()
    if policy.publication_id in event.publication_ids:
        note_all(policy)


def _counted(model: Model, block: Consequence, row: ConsequenceRow, event: RecordsChanged) -> set[int]:
    """The records whose condition counts the changed ones as theirs."""
    found: set[int] = set()
    for aggregate in children(row.condition) if row.condition is not None else ():
        if aggregate.child == event.record_type and aggregate.via in columns(model, aggregate.child):
            via = attribute(columns(model, aggregate.child)[aggregate.via].physical)
            rows = rows_of(model, aggregate.child).filter(id__in=set(event.ids), **{f"{via}__isnull": False})
            found |= set(rows.values_list(via, flat=True)) | set(event.parents.get(block.record_type or "", ()))
    return found


def _in_hand(shares: QuerySet[Share]) -> frozenset[int]:
    """Everybody who could act on what is open."""
    people: set[int] = set()
    for share in shares.filter(state=ShareState.OPEN).exclude(kind__in=(ShareKind.COPY, ShareKind.CONSULT)):
        if share.staff_id is not None:
            people.add(share.staff_id)
        elif share.role:
            people |= org.holders_at(share.role, share.seat_id) - set(share.barred)
    return frozenset(people)


def _of_case(
    policy: Current,
    kind: EventKind,
    target: str,
    source_: str,
    case: Case,
    people: frozenset[int],
    due: datetime | None,
) -> None:
    propose_for(
        policy,
        Happening(kind, target, source_, case.record_type, case.record_id, people, due, case_id=case.pk),
    )
