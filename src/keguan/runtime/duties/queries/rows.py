"""Rows of duties as a viewer may see them: the task in the policy's words, the record by its title through access."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.formatting import moment
from keguan.runtime.access.present import Sight
from keguan.runtime.access.shown import HIDDEN
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.duties.lines import lines_about
from keguan.runtime.duties.models import Duty, DutyState
from keguan.runtime.duties.occasions import is_date
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.shown_rows import rows_by_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from keguan.language.model.model import Model
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.duties.queries.hands import Hands


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty in a list. ``due`` is ``due_at`` in words. ``late``: it was not done in time, or is not by now. ``person``
    and ``role`` are who owes it, ``stead`` for whom the viewer stands in. ``claimable``: any holder of the role may
    take it. ``done`` is ``done_at`` in words. ``provisional``: the year whose days off are not settled, on which the
    due moment rests (暂定); 0 for none.
    """

    id: int
    duty: str
    label: str
    task: str
    clause: str
    record_type: str
    record_id: int
    title: Shown
    state: str
    due_at: datetime
    due: str
    late: bool
    needed: int
    seen: int
    person: str
    role: str
    stead: str
    claimed: bool
    claimable: bool
    drawn: bool
    done_at: datetime | None
    done: str
    done_by: str
    note: str
    provisional: int = 0


def rows(viewer: Viewer, duties: Sequence[Duty], own: Hands | None = None) -> tuple[DutyRow, ...]:
    """The duties as rows. One query for each record type among them, and one for the names of people; none for the
    viewer's own name; one for the calendar where it is not pinned.
    """
    model = policies.current().model
    titles = _titles(viewer, model, duties)
    people = {each.staff_id for each in duties if each.staff_id is not None}
    people |= set() if own is None else set(own.absent)
    names = {} if viewer.staff_id is None else {viewer.staff_id: viewer.name}
    names |= org.names(people - names.keys()) if people - names.keys() else {}
    settled = calendars.settled()
    return tuple(_row(viewer, model, duty, titles, names, own, settled) for duty in duties)


def _row(
    viewer: Viewer,
    model: Model,
    duty: Duty,
    titles: Mapping[tuple[str, int], Shown],
    names: Mapping[int, str],
    own: Hands | None,
    settled: calendars.Settled,
) -> DutyRow:
    language = viewer.language
    block, role = model.blocks.duties.get(duty.duty), model.roles.get(duty.role)
    stead = None if own is None else own.stead(duty)
    open_ = duty.state == DutyState.OPEN
    return DutyRow(
        id=duty.pk,
        duty=duty.duty,
        label=duty.task if block is None else block.label.text(language),
        task=duty.task,
        clause=duty.clause,
        record_type=duty.record_type,
        record_id=duty.record_id,
        title=titles.get((duty.record_type, duty.record_id), HIDDEN[language]),
        state=duty.state,
        due_at=duty.due_at,
        due=moment(duty.due_at, language),
        late=duty.late or (open_ and duty.due_at < clock.now()),
        needed=duty.needed,
        seen=duty.seen,
        person=names.get(duty.staff_id, "") if duty.staff_id is not None else "",
        role="" if role is None else role.label.text(language),
        stead="" if stead is None else names.get(stead, ""),
        claimed=duty.claimed,
        claimable=open_ and bool(duty.role) and not duty.claimed,
        drawn=duty.drawn,
        done_at=duty.done_at,
        done="" if duty.done_at is None else moment(duty.done_at, language),
        done_by=duty.done_by_name,
        note=duty.note,
        provisional=_provisional(model, duty, settled) if open_ else 0,
    )


def _provisional(model: Model, duty: Duty, settled: calendars.Settled) -> int:
    """Of a row that the policy does not have any more it is not known what it rests on: it may be days off."""
    line = next((each for each in lines_about(model, duty.record_type) if each.key == duty.line), None)
    deadline = None if line is None or is_date(line.obligation) else line.obligation.deadline
    fixed = deadline is not None and not calendars.rests_on_days_off(deadline)
    return 0 if fixed else settled.provisional(duty.due_at, duty.made_at)


def _titles(viewer: Viewer, model: Model, duties: Sequence[Duty]) -> dict[tuple[str, int], Shown]:
    """What the viewer may see of the records' titles."""
    wanted: dict[str, set[int]] = {}
    for duty in duties:
        if duty.record_type in model.record_types:
            wanted.setdefault(duty.record_type, set()).add(duty.record_id)
    found: dict[tuple[str, int], Shown] = {}
    for record_type, ids in wanted.items():
        title = model.record_types[record_type].title
        sight = Sight(viewer, record_type, Exit.DUTY, (title,), model)
        for row in rows_by_id(model, record_type, ids, ()):
            found[record_type, row["id"]] = sight.show(row)[title]
    return found
