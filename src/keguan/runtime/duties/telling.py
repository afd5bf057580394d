"""What people are told about duties: tasks, moments, clauses and names of staff; never anything of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.duties.parties import answerable
from keguan.runtime.notifications.actions import Notice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.duties.lines import Line
    from keguan.runtime.duties.models import Duty
    from keguan.runtime.duties.parties import Seating


def made(duty: Duty, people: Iterable[int]) -> list[Notice]:
    """There is something new to do, for one person or for whoever takes it."""
    each = "duties.made" if duty.staff_id is not None else "duties.claimable"
    return [_notice(duty, staff_id, each, "made") for staff_id in sorted(people)]


def reminder(duty: Duty, people: Iterable[int], seating: Seating) -> list[Notice]:
    """It is due soon; those who stand in are told as well."""
    return [_notice(duty, each, "duties.reminder", "remind") for each in _with_deputies(people, seating)]


def overdue(duty: Duty, people: Iterable[int], seating: Seating) -> list[Notice]:
    """It is late."""
    return [_notice(duty, each, "duties.overdue", "overdue") for each in _with_deputies(people, seating)]


def escalated(duty: Duty, line: Line, role: str, people: Iterable[int], step: int, seating: Seating) -> list[Notice]:
    """Those who owe it have not done it: told to those above, once for each step up, with who owes it and by which
    clause. Where nobody can do it, whoever it was given to stands there all the same, or the label of the ``role``.
    """
    told = sorted(people)
    if not told:
        return []
    ref, given = line.duty.clause, () if duty.staff_id is None else (duty.staff_id,)
    facts = {
        "whose": _("、").join(seating.names(answerable(duty, seating) or given)) or role,
        "clause": f"{ref.number} {ref.title}".strip(),
    }
    return [_notice(duty, each, "duties.escalated", f"escalate{step}", **facts) for each in told]


def vacant(duty: Duty, head: int) -> Notice:
    """There is nobody who could do it."""
    return _notice(duty, head, "duties.vacant", "vacant")


def handed_over(duty: Duty, staff_id: int, by: str, turn: int) -> Notice:
    """It has become somebody's."""
    return _notice(duty, staff_id, "duties.handed_over", f"hand{turn}", by=by)


def exempted(duty: Duty, people: Iterable[int], by: str) -> list[Notice]:
    """It need not be done."""
    return [_notice(duty, each, "duties.exempted", "exempt", by=by) for each in sorted(people)]


def cancelled(duty: Duty, people: Iterable[int]) -> list[Notice]:
    """Somebody called it off."""
    return [_notice(duty, each, "duties.cancelled", "cancel") for each in sorted(people)]


def _notice(duty: Duty, staff_id: int, kind: str, what: str, **facts: str) -> Notice:
    return Notice(
        staff_id=staff_id,
        kind=kind,
        key=f"duty:{duty.pk}:{what}:{staff_id}",
        subject=duty.task,
        facts={"due": duty.due_at.isoformat(), **facts},
        duty_id=duty.pk,
        clause=duty.clause,
    )


def _with_deputies(people: Iterable[int], seating: Seating) -> list[int]:
    listed = set(people)
    return sorted(listed.union(*(seating.deputies(each) for each in listed)))
