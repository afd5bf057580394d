"""Many cases at once, stored without their moves being made."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.policies.queries import current
from keguan.runtime.processes.models import Case, Share, Task

if TYPE_CHECKING:
    from tests.cast import Member
    from tests.runtime.processes.world import Office


def many(
    office: Office, count: int, *, holder: Member | None = None, role: str = "", started_by: Member | None = None
) -> None:
    """So many open cases of the complaint process at its second step, each an hour later due than the one before, in
    the hands of a person or of a role in the 江南 branch.
    """
    now, cast = clock.now(), office.cast
    beginner = started_by or cast.lin_xiao
    first = Case.objects.order_by("-id").values_list("id", flat=True).first() or 0
    cases = [
        Case(
            process="complaint",
            publication_id=current().publication_id,
            number=f"M-{first + place:06}",
            record_type="customer",
            record_id=office.customer,
            owner_id=cast.lin_xiao.id,
            unit_id=cast.lin_xiao.unit_id,
            information_class="来往",
            started_by_id=beginner.id,
            started_by_name=beginner.name,
            started_at=now,
            due_at=now + timedelta(days=7),
        )
        for place in range(1, count + 1)
    ]
    cases = Case.objects.bulk_create(cases)
    tasks = Task.objects.bulk_create(
        Task(case=case, step="judging", began_at=now, due_at=now + timedelta(hours=place))
        for place, case in enumerate(cases, start=1)
    )
    Share.objects.bulk_create(
        Share(
            task=task,
            case_id=task.case_id,
            staff_id=None if holder is None else holder.id,
            role=role,
            seat_id=cast.lin_xiao.unit_id if role else None,
            opened_at=now,
            due_at=task.due_at,
        )
        for task in tasks
    )
