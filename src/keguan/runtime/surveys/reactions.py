"""After what customers are asked: closed cases, completed steps, discharged duties, new records, and records of which a
condition has become true.
"""

from __future__ import annotations

from hashlib import blake2s
from typing import TYPE_CHECKING

from django.db import connection, transaction

from keguan.language.model.survey import OccasionKind
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.decisions.affected import affected
from keguan.runtime.duties.events import DutyDone
from keguan.runtime.duties.judging import source, true_ids
from keguan.runtime.duties.models import Watched
from keguan.runtime.duties.watching import observe
from keguan.runtime.ledger.events import subscribe
from keguan.runtime.org import queries as org
from keguan.runtime.policies.events import Published
from keguan.runtime.policies.queries import current
from keguan.runtime.processes.events import CaseClosed, StepCompleted
from keguan.runtime.processes.models import Case, CaseState, Share, ShareKind, ShareState, Task
from keguan.runtime.records.classes import rows_of
from keguan.runtime.records.events import RecordsChanged
from keguan.runtime.surveys.forms import asked_after, written
from keguan.runtime.surveys.inviting import Invite, Occasion
from keguan.runtime.surveys.models import Invitation, InvitationState

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from keguan.language.model.form import Form
    from keguan.language.model.survey import Survey
    from keguan.runtime.policies.queries import Current

_ITS_END = frozenset({CaseState.ARCHIVED, CaseState.COMPLETED})
"""Ends of a case after which there is something to judge."""

_TRUE, _FALSE = "1", "0"
_MARK = 0
"""No record has this id: the entry says that all records were looked through."""
_PART = 1_000


def subscribe_all() -> None:
    """Subscribe; called once at start-up, after processes and duties."""
    subscribe(CaseClosed, case_closed)
    subscribe(StepCompleted, step_completed)
    subscribe(DutyDone, duty_done)
    subscribe(RecordsChanged, records_changed)
    subscribe(Published, published)


def case_closed(event: CaseClosed) -> None:
    """A case is over: whoever completed its last step is judged."""
    policy = current()
    found = asked_after(policy.model, OccasionKind.CASE_CLOSED, event.process)
    if found and event.state in _ITS_END:
        _round = Case.objects.filter(pk=event.case_id).values_list("round", flat=True).first()
        about = Occasion(
            f"case:{event.case_id}:{_round}",
            event.record_id,
            _clause_of_process(policy, event.process),
            case_id=event.case_id,
            handler_id=_last_handler(event.case_id),
        )
        _invite(policy, found, [about])


def step_completed(event: StepCompleted) -> None:
    """A step was completed: whoever completed it is judged, also where its form made a record's condition true."""
    policy = current()
    if any(asked_after(policy.model, kind) for kind in (OccasionKind.CREATED, OccasionKind.CONDITION)):
        _judged_by(event)
    found = asked_after(policy.model, OccasionKind.STEP_DONE, event.process)
    found = [(form, survey) for form, survey in found if survey.occasion.step == event.step]
    if found:
        case = Case.objects.get(pk=event.case_id)
        about = Occasion(
            f"task:{event.task_id}",
            case.record_id,
            _clause_of_process(policy, event.process),
            case_id=event.case_id,
            handler_id=_last_handler(event.case_id, event.task_id),
        )
        _invite(policy, found, [about])


def duty_done(event: DutyDone) -> None:
    """A duty was discharged: whoever did it is judged."""
    policy = current()
    found = asked_after(policy.model, OccasionKind.DUTY_DONE, event.duty)
    if found:
        clause = written(policy.model.blocks.duties[event.duty].clause)
        source_ = f"duty:{event.duty_id}"
        about = Occasion(source_, event.record_id, clause, duty_id=event.duty_id, handler_id=event.by_id)
        _invite(policy, found, [about])


def records_changed(event: RecordsChanged) -> None:
    """Records were filed (not imported), or a condition has become true of some. No query for types nobody asks of."""
    policy = current()
    if event.created:
        for form, survey in asked_after(policy.model, OccasionKind.CREATED):
            if form.record_type == event.record_type:
                own = rows_of(policy.model, form.record_type).filter(id__in=event.ids, import_id=None)
                filed = list(own.order_by("id").values_list("id", flat=True))
                _invite(policy, [(form, survey)], _about_records(policy, form, filed))
    waiting = asked_after(policy.model, OccasionKind.CONDITION)
    if not waiting:
        return
    changed = {event.record_type: set(event.ids)}
    for record_type, ids in affected(policy.model, dict(changed)).items():
        changed.setdefault(record_type, set()).update(ids)
    with calendars.pinned():
        for form, survey in waiting:
            ids = changed.get(form.record_type, set())
            if ids:
                fresh = set(event.ids) if event.created and form.record_type == event.record_type else set()
                _look_at(policy, form, survey, ids, fresh)


def published(event: Published) -> None:
    """Of records of which a new condition is true already it does not become true: they are noted, nobody is asked."""
    policy = current()
    if policy.publication_id not in event.publication_ids:
        return
    note_all(policy)


def note_all(policy: Current) -> None:
    """As ``published``, for a policy that has come into force on its day."""
    for form, survey in asked_after(policy.model, OccasionKind.CONDITION):
        _note(policy, form, survey)


def _note(policy: Current, form: Form, survey: Survey) -> None:
    watch = _watch(form, survey)
    if Watched.objects.filter(watch=watch, record_id=_MARK).exists():
        return
    assert survey.occasion.condition is not None  # noqa: S101 - only such come here
    sql, parameters = source(policy.model, form.record_type, {"value": survey.occasion.condition}, only=False)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT id FROM ({sql}) AS found WHERE "value" IS TRUE', parameters)
        true = [row[0] for row in cursor.fetchall()]
    with transaction.atomic():
        for first in range(0, len(true), _PART):
            observe(watch, dict.fromkeys(true[first : first + _PART], _TRUE))
        observe(watch, {_MARK: _TRUE})


def _look_at(policy: Current, form: Form, survey: Survey, ids: Collection[int], fresh: Collection[int]) -> None:
    """Ask after those of these records of which the condition has become true. What is filed or brought in with the
    condition true already is history.
    """
    assert survey.occasion.condition is not None  # noqa: S101 - only such come here
    true = true_ids(policy.model, form.record_type, survey.occasion.condition, ids)
    before = observe(_watch(form, survey), {each: _TRUE if each in true else _FALSE for each in sorted(ids)})
    become = sorted((true & before.keys()) - set(fresh))
    _invite(policy, [(form, survey)], _about_records(policy, form, become))


def _about_records(policy: Current, form: Form, ids: Iterable[int]) -> list[Occasion]:
    """Each record, with its newest case and who handled that; its owner where there is none."""
    return [_about_record(policy, form, record_id) for record_id in ids]


def _about_record(policy: Current, form: Form, record_id: int) -> Occasion:
    source_ = f"record:{form.record_type}:{record_id}"
    case = Case.objects.filter(record_type=form.record_type, record_id=record_id).order_by("-id").first()
    if case is not None:
        clause, handler = _clause_of_process(policy, case.process), _last_handler(case.pk)
        return Occasion(source_, record_id, clause or written(form.clause), case_id=case.pk, handler_id=handler)
    rows = rows_of(policy.model, form.record_type).filter(id=record_id)
    owner = rows.values_list("owner_id", flat=True).first()
    return Occasion(source_, record_id, written(form.clause), handler_id=owner)


def _judged_by(event: StepCompleted) -> None:
    """What a step's form carries into a record is announced before the step is done by anybody. So invitations that it
    brought about are only now told whom they judge. Four queries.
    """
    handler = _last_handler(event.case_id, event.task_id)
    ended = Task.objects.filter(pk=event.task_id).values_list("ended_at", flat=True).first()
    if handler is None or ended is None:
        return
    made = Invitation.objects.filter(case_id=event.case_id, state=InvitationState.WAITING, happened_at__gte=ended)
    name = org.names((handler,)).get(handler, "")
    made.filter(key__contains=":record:").update(handler_id=handler, handler_name=name)


def _invite(policy: Current, found: Iterable[tuple[Form, Survey]], occasions: Iterable[Occasion]) -> None:
    listed = list(occasions)
    for form, survey in found:
        for about in listed:
            Invite(policy=policy, form=form, survey=survey, occasion=about).run()


def _clause_of_process(policy: Current, process: str) -> str:
    declared = policy.model.blocks.processes.get(process)
    return "" if declared is None else written(declared.clause)


def _last_handler(case_id: int, task_id: int | None = None) -> int | None:
    """Who last acted on a case, or on one of its steps; None where the system did."""
    done = Share.objects.filter(case_id=case_id, state=ShareState.DONE, acted_by_id__isnull=False)
    if task_id is not None:
        done = done.filter(task_id=task_id)
    done = done.exclude(kind__in=(ShareKind.COPY, ShareKind.CONSULT))
    return done.order_by("-acted_at", "-id").values_list("acted_by_id", flat=True).first()


def _watch(form: Form, survey: Survey) -> str:
    """The survey by what its condition says, so that a reworded one is looked at afresh."""
    said = blake2s(repr(survey.occasion.condition).encode(), digest_size=6).hexdigest()
    return f"survey:{form.code}:{said}"[:120]
