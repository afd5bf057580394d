"""What makes duties by itself: records that are filed or changed, publications, and a new day."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from keguan.language.feel.walk import children
from keguan.runtime import clock
from keguan.runtime.access.columns import columns
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.calendars.events import CalendarChanged
from keguan.runtime.decisions.affected import affected, reading_through
from keguan.runtime.duties import watching
from keguan.runtime.duties.handing_over import handed_over
from keguan.runtime.duties.judgement import settle
from keguan.runtime.duties.judging import conditions
from keguan.runtime.duties.lines import by_verification, lines, lines_about, lines_begun_by, lines_proved_by
from keguan.runtime.duties.models import Duty, DutyState
from keguan.runtime.duties.occasions import is_changed, of_event
from keguan.runtime.duties.parties import Seating, answerable
from keguan.runtime.duties.proving import Count, discharge
from keguan.runtime.duties.reckoning import calendar_changed
from keguan.runtime.duties.rounds import begin, catch_up
from keguan.runtime.duties.telling import made
from keguan.runtime.ledger.actions import SYSTEM, Record, append
from keguan.runtime.ledger.events import subscribe
from keguan.runtime.notifications import actions as notifications
from keguan.runtime.policies.events import Published
from keguan.runtime.policies.queries import current
from keguan.runtime.records.classes import attribute, rows_of
from keguan.runtime.records.events import HandedOver, RecordsChanged, Verified

if TYPE_CHECKING:
    from collections.abc import Collection

    from keguan.language.model.model import Model
    from keguan.runtime.duties.lines import Line
    from keguan.runtime.duties.occasions import Occasion
    from keguan.runtime.policies.queries import Current

_TOLD = 50
"""Of more new duties at once people are not told one by one: they come from an import."""


def subscribe_all() -> None:
    """Subscribe; called once at start-up, after decisions."""
    subscribe(RecordsChanged, records_changed)
    subscribe(Published, published)
    subscribe(CalendarChanged, calendar_changed)
    subscribe(HandedOver, handed_over)
    subscribe(Verified, verified)


def records_changed(event: RecordsChanged) -> None:
    """Judge the changed records, and all whose facts or outcomes read them, by every row about them; count evidence."""
    policy = current()
    model = policy.model
    if not model.blocks.duties:
        return
    with calendars.pinned():
        changed: dict[str, set[int]] = defaultdict(set)
        changed[event.record_type] |= set(event.ids)
        for record_type, ids in affected(model, dict(changed)).items():
            changed[record_type] |= ids
        through = dict(changed)
        for line in lines(model):
            about = line.duty.record_type
            changed[about] |= _counted(model, line, event)
            for condition in (line.obligation.applies, line.obligation.exempt):
                changed[about] |= reading_through(about, condition, through)
        for line in lines_begun_by(model, event.record_type):
            _begun(policy, line, event)
        changed = {record_type: ids for record_type, ids in changed.items() if ids}
        for record_type, ids in changed.items():
            for line in lines_about(model, record_type):
                own = event.ids if record_type == event.record_type else ()
                _settled(policy, line, ids, _events(model, line, own, ids))
        for record_type, ids in changed.items():
            for line in lines_proved_by(model, record_type):
                Count(model, line).changed(ids, event.parents.get(line.duty.record_type, ()))


def verified(event: Verified) -> None:
    """What is owed for the record and proved by its verification is done, before the new day makes the next owed."""
    proved = [line for line in lines_about(current().model, event.record_type) if by_verification(line)]
    for line in proved:
        open_now = Duty.objects.filter(duty=line.duty.code, line=line.key, record_id=event.id, state=DutyState.OPEN)
        for duty in open_now.filter(period_start__lte=clock.today()):
            discharge(duty, event.by_id, seen=duty.needed)


def published(event: Published) -> None:
    """What is in force at once is owed at once: noted now, made by the next round."""
    policy = current()
    if policy.publication_id in event.publication_ids and lines(policy.model):
        begin(policy)
        catch_up()


def _settled(policy: Current, line: Line, ids: Collection[int], events: dict[int, tuple[Occasion, ...]]) -> None:
    before = _newest() if line.obligation.trigger is not None else 0
    outcome = settle(policy, line, ids, events)
    if not outcome:
        return
    facts = {"line": line.key, "made": outcome.made, "cancelled": outcome.cancelled, "again": outcome.owed_again}
    append(SYSTEM, [Record("duties.make", "duty_block", line.duty.code, line.clause, facts)])
    if outcome.made and line.obligation.trigger is not None and outcome.made <= _TOLD:
        _tell(line, ids, before)


def _tell(line: Line, ids: Collection[int], before: int) -> None:
    seating = Seating()
    new = Duty.objects.filter(
        duty=line.duty.code, line=line.key, record_id__in=set(ids), pk__gt=before, state=DutyState.OPEN
    )
    notifications.tell([notice for duty in new for notice in made(duty, answerable(duty, seating))])


def _newest() -> int:
    return Duty.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _counted(model: Model, line: Line, event: RecordsChanged) -> set[int]:
    """The records whose conditions count the changed ones as theirs."""
    found: set[int] = set()
    for aggregate in (each for condition in conditions(line).values() for each in children(condition)):
        if aggregate.child == event.record_type:
            via = attribute(columns(model, aggregate.child)[aggregate.via].physical)
            rows = rows_of(model, aggregate.child).filter(id__in=set(event.ids), **{f"{via}__isnull": False})
            found |= set(rows.values_list(via, flat=True)) | set(event.parents.get(line.duty.record_type, ()))
    return found


def _events(model: Model, line: Line, own: Collection[int], ids: Collection[int]) -> dict[int, tuple[Occasion, ...]]:
    """What has happened to these records that makes the row owed: they were changed, or a watched value of theirs."""
    if watching.of_line(line) is not None:
        return {record_id: tuple(found) for record_id, found in watching.changes_for(model, line, ids).items()}
    if not is_changed(line.obligation) or not own:
        return {}
    found = rows_of(model, line.duty.record_type).filter(id__in=set(own), version__gt=1)
    calendar, at = calendars.company_calendar(), clock.now()
    return {
        record_id: (of_event(line.obligation, f"v{version}", at, calendar),)
        for record_id, version in found.values_list("id", "version")
    }


def _begun(policy: Current, line: Line, event: RecordsChanged) -> None:
    """New child records make the row owed about the record that they refer to."""
    trigger = line.obligation.trigger
    assert trigger is not None and trigger.child and trigger.via  # noqa: PT018, S101 - only such rows come here
    via = attribute(columns(policy.model, trigger.child)[trigger.via].physical)
    new = rows_of(policy.model, trigger.child).filter(id__in=set(event.ids), version=1, **{f"{via}__isnull": False})
    calendar = calendars.company_calendar()
    events: dict[int, tuple[Occasion, ...]] = {}
    for child_id, parent, created_at in new.values_list("id", via, "created_at"):
        occasion = of_event(line.obligation, f"{trigger.child}:{child_id}", created_at, calendar)
        events[parent] = (*events.get(parent, ()), occasion)
    if events:
        _settled(policy, line, tuple(events), events)
