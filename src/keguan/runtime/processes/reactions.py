"""Cases that begin by themselves, and those that follow their record when it changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from django.db import IntegrityError, transaction

from keguan.language.feel import children
from keguan.runtime import clock
from keguan.runtime.calendars.events import CalendarChanged
from keguan.runtime.decisions.affected import affected, reading_through
from keguan.runtime.duties.judging import true_ids
from keguan.runtime.ledger.actions import SYSTEM, Action, Actor, Record
from keguan.runtime.ledger.events import subscribe
from keguan.runtime.policies.events import Published
from keguan.runtime.policies.queries import current
from keguan.runtime.processes import conditions, daily
from keguan.runtime.processes.handing_over import handed_over
from keguan.runtime.processes.models import Case, CaseState, Met
from keguan.runtime.processes.opening import Beginning, open_case
from keguan.runtime.processes.places import places
from keguan.runtime.processes.recounting import calendar_changed
from keguan.runtime.processes.standing import Happened, announced
from keguan.runtime.records.events import HandedOver, RecordsChanged

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from keguan.language.feel.typed import Typed
    from keguan.language.model.process import Process
    from keguan.runtime.access.viewer import Place
    from keguan.runtime.ledger.events import Event
    from keguan.runtime.policies.queries import Current


def subscribe_all() -> None:
    """Subscribe; called once at start-up, after decisions: what they compute of a change is asked about here."""
    subscribe(RecordsChanged, records_changed)
    subscribe(Published, published)
    subscribe(CalendarChanged, calendar_changed)
    subscribe(HandedOver, handed_over)


def records_changed(event: RecordsChanged) -> None:
    """Begin the cases that a change of records begins, and have open cases follow their records.

    No query for a type that no process is about or looks at.
    """
    policy = current()
    processes = policy.model.blocks.processes.values()
    mine = [process for process in processes if process.record_type == event.record_type]
    if mine:
        _follow(event)
    if event.created:
        for process in mine:
            if process.start.created:
                found = places(policy.model, process.record_type, event.ids)
                _begin(policy, process, {record_id: found[record_id] for record_id in event.ids if record_id in found})
    conditional = [process for process in processes if process.start.condition or process.pause.condition]
    if conditional:
        changed = _changed(policy, event)
        for process in conditional:
            ids = changed.get(process.record_type, set())
            pause, start = process.pause.condition, process.start.condition
            below = reading_through(process.record_type, pause, changed)
            _look_again(process, ids | below | _counted(policy, pause, event))
            ids = ids | _counted(policy, start, event) | reading_through(process.record_type, start, changed)
            if ids and process.start.condition is not None:
                start_where_true(policy, process, ids)


def published(event: Published) -> None:
    """Of records of which a new condition is true already, it does not become true: they are noted, and nothing begins.

    A publication that waits for its day is looked at on that day.
    """
    policy = current()
    if policy.publication_id in event.publication_ids:
        for process in policy.model.blocks.processes.values():
            if process.start.condition is not None:
                daily.note_known(policy, process)


def start_where_true(policy: Current, process: Process, ids: Collection[int]) -> int:
    """Begin a case for each of these records of which the process's condition has become true and that has no open case
    of it. Gives how many. Four queries, and those of the cases.
    """
    condition = process.start.condition
    assert condition is not None  # noqa: S101 - asked only of such
    true = true_ids(policy.model, process.record_type, condition, ids)
    met = set(Met.objects.filter(process=process.code, record_id__in=set(ids)).values_list("record_id", flat=True))
    if met - true:
        Met.objects.filter(process=process.code, record_id__in=met - true).delete()
    fresh = {record_id for record_id in sorted(true - met) if _first(process, record_id)}
    if not fresh:
        return 0
    busy = Case.objects.filter(
        process=process.code, record_type=process.record_type, record_id__in=fresh, state=CaseState.OPEN
    )
    fresh -= set(busy.values_list("record_id", flat=True))
    _begin(policy, process, places(policy.model, process.record_type, fresh))
    return len(fresh)


@dataclass(frozen=True, kw_only=True)
class StartByItself(Action[int]):
    """Begin a case in the system's name, by 新建时 or 当. Gives its id."""

    name: ClassVar[str] = "cases.start"
    actor: Actor = SYSTEM
    new: Beginning
    _happened: list[Happened] = field(default_factory=list, init=False, repr=False, compare=False)

    def do(self) -> int:
        """Begin it; its first step waits for whoever handles it."""
        standing = open_case(self.new)
        self._happened.append(standing.happened)
        return standing.case.pk

    def log(self, result: int) -> Iterable[Record]:
        """That it began, by which clause."""
        del result
        return self._happened[-1].records

    def announce(self, result: int) -> Iterable[Event]:
        """Tell people, then what happened."""
        del result
        return announced(self._happened[-1])


def _begin(policy: Current, process: Process, found: Mapping[int, Place]) -> None:
    for record_id, place in sorted(found.items()):
        StartByItself(new=Beginning(policy, process, record_id, place)).run()


def _follow(event: RecordsChanged) -> None:
    """Open cases stand where their records stand."""
    own = Case.objects.filter(record_type=event.record_type, record_id__in=event.ids, state=CaseState.OPEN)
    found = list(own.values_list("id", "record_id", "owner_id", "unit_id"))
    if not found:
        return
    now_at = places(current().model, event.record_type, [record_id for _, record_id, _, _ in found])
    for case_id, record_id, owner_id, unit_id in found:
        place = now_at.get(record_id)
        if place is not None and (place.owner_id, place.unit_id) != (owner_id, unit_id):
            Case.objects.filter(pk=case_id).update(owner_id=place.owner_id, unit_id=place.unit_id)


def _look_again(process: Process, ids: Collection[int]) -> None:
    """Whether the clocks of these records' cases are to stand still is looked at by the next sweep; a move that is
    being made right now looks by itself.
    """
    if process.pause.condition is not None and ids:
        own = Case.objects.filter(process=process.code, record_type=process.record_type, record_id__in=ids)
        own.filter(state=CaseState.OPEN).update(next_at=clock.now())


def _changed(policy: Current, event: RecordsChanged) -> dict[str, set[int]]:
    """The records that changed, and those whose facts and outcomes were computed anew because of it, by type."""
    changed = {parent: set(ids) for parent, ids in event.parents.items()}
    changed.setdefault(event.record_type, set()).update(event.ids)
    computed = affected(policy.model, changed)
    return {code: changed.get(code, set()) | computed.get(code, set()) for code in changed.keys() | computed.keys()}


def _counted(policy: Current, condition: Typed | None, event: RecordsChanged) -> set[int]:
    """The records of which the condition counts the changed ones."""
    found: set[int] = set()
    counted = () if condition is None else children(condition)
    for via in {each.via for each in counted if each.child == event.record_type}:
        rows = conditions.rows(policy.model, event.record_type, event.ids).values()
        found |= {int(str(row[via])) for row in rows if row.get(via) is not None}
    return found


def _first(process: Process, record_id: int) -> bool:
    """Note that the condition is true of a record now; False when another transaction has noted it meanwhile."""
    try:
        with transaction.atomic():
            Met.objects.create(process=process.code, record_id=record_id)
    except IntegrityError:
        return False
    return True
