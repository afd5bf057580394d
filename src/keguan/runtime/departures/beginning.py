"""Cases that begin because of a member of staff: a record is filed that names them, and the case begins over it.

So that whatever else a policy hangs on new records (职责 with 触发 新建, facts, retention) follows as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from keguan.language.model.model import FieldKind
from keguan.language.model.process import StaffOccasion as Occasion
from keguan.runtime import clock
from keguan.runtime.access.viewer import Place, system_viewer
from keguan.runtime.ledger.actions import SYSTEM, Record, Refused, append
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.opening import Beginning
from keguan.runtime.processes.reactions import StartByItself
from keguan.runtime.records.actions import Create

if TYPE_CHECKING:
    from keguan.language.model.process import Process
    from keguan.language.model.record import RecordType
    from keguan.runtime.policies.queries import Current

__all__ = ["Occasion", "begin"]


def begin(occasion: Occasion, staff_id: int, reason: str) -> int:
    """Begin what the policy begins on this occasion, inside a transaction. Gives how many cases.

    What cannot be filed is written into the ledger and holds nothing up: an account is closed whatever becomes of the
    paper.
    """
    policy = policies.in_force_on(clock.today())
    if policy is None:
        return 0
    found = [each for each in policy.model.blocks.processes.values() if occasion in each.start.occasions]
    return sum(_begun(policy, process, staff_id, reason) for process in found)


def _begun(policy: Current, process: Process, staff_id: int, reason: str) -> bool:
    try:
        with transaction.atomic():
            person = org.staff_by_id(staff_id)
            unit_id = None if person is None else person.unit_id
            record_id = Create(
                viewer=system_viewer(),
                record_type=process.record_type,
                values=_values(policy.model.record_types[process.record_type], staff_id, reason),
                unit_id=unit_id,
            ).run()
            if not process.start.created:  # else the new record has begun it already
                StartByItself(new=Beginning(policy, process, record_id, Place(None, unit_id))).run()
    except Refused as refused:
        clause = f"{process.clause.pack}#{process.clause.anchor}"
        data = {"process": process.code, "why": refused.code, "fields": sorted(refused.fields)}
        append(SYSTEM, [Record("departures.not_begun", "staff", staff_id, clause, data)])
        return False
    return True


def _values(record_type: RecordType, staff_id: int, reason: str) -> dict[str, str]:
    """The person in the first staff field, today in required dates, the reason in required texts."""
    values: dict[str, str] = {}
    for field in record_type.fields:
        if field.kind is FieldKind.STAFF and staff_id:
            values[field.code], staff_id = org.written_name(staff_id), 0
        elif field.required is True and field.kind is FieldKind.DATE:
            values[field.code] = clock.today().isoformat()
        elif field.required is True and field.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT):
            values[field.code] = reason
    return values
