"""What the people of the demo do, by the same actions as the pages: they file, handle, visit, decide."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from keguan.language.model.consequence import Measure
from keguan.runtime import clock
from keguan.runtime.access.viewer import Viewer, viewer_for
from keguan.runtime.consequences import queries as consequences
from keguan.runtime.consequences.actions import ApproveConsequence, ObjectToConsequence, RejectConsequence
from keguan.runtime.duties import queries as duties
from keguan.runtime.duties.actions import DischargeDuty
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.processes import actions as cases
from keguan.runtime.processes import queries as boxes
from keguan.runtime.records.actions import Create
from keguan.runtime.records.list_query import Filter, ListQuery, Operator
from keguan.runtime.records.lists import page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.demo.matters import Matter
    from keguan.runtime.consequences.queries import ProposalRow
    from keguan.runtime.duties.queries import DutyRow
    from keguan.runtime.processes.queries import CaseRow
    from keguan.runtime.records.validation import Typed

COMPLAINT = "property_complaint"
COMPENSATION = "compensation"
FRONT_DESK = "qinlan"
_OWNERS = 200


def staff_id(username: str) -> int:
    """Somebody's id. Raises ``Refused`` when they are not there."""
    found = org.staff_by_username(username)
    if found is None:
        raise Refused("demo.person", f"{username} is missing")
    return found.id


def viewer(username: str) -> Viewer:
    """Somebody as they are today."""
    return viewer_for(staff_id(username), "cli")


def owners() -> list[tuple[int, str]]:
    """Customers who have bought, with their names: the first so many by name, the same every time."""
    bought = Filter("grade", Operator.IS, ("B", "C"))
    found = page(viewer("zhoumin"), "customer", ListQuery(filters=(bought,), sort="name", size=_OWNERS))
    return [(row.id, row.cells["name"].text) for row in found.rows]


def _office(estate: str) -> int | None:
    found = org.unit_by_name(f"{estate}项目部")
    return None if found is None else found.id


def file_complaint(
    by: str,
    matter: Matter,
    customer: tuple[int, str],
    place: tuple[str, int, str],
    channel: str = "来电",
    more: Mapping[str, Typed] = MappingProxyType({}),
) -> int:
    """File a complaint now; the place is an estate, a building and a room. Gives the record's id.

    The estates' front desk does not see the developer's customers: it files only who complains.
    """
    estate, building, room = place
    now = clock.local(clock.now())
    more = dict(more) if by == FRONT_DESK else {**more, "customer": customer[0]}
    values: dict[str, Typed] = {
        "summary": f"{building}栋{matter.summary}", "matter_kind": "投诉", "channel": channel,
        "received_at": f"{now:%Y-%m-%d %H:%M}", "received_on": f"{now:%Y-%m-%d}", "complainant": customer[1],
        "content": matter.content, "demand": matter.demand, "room": f"{estate}{building}-{room}", **more,
    }  # fmt: skip
    seen, unit = viewer(by), _office(estate)
    return Create(viewer=seen, record_type="complaint", values=values, owner_id=seen.staff_id, unit_id=unit).run()


def file_estate(by: str, estate: str, district: str, households: int, handed_over_on: str) -> int:
    """File an estate, in the hands of its project office. Gives the record's id."""
    values = {
        "estate_name": f"云岭·{estate}", "district": district, "households": str(households),
        "handed_over_on": handed_over_on,
    }  # fmt: skip
    return Create(viewer=viewer(by), record_type="estate", values=values, unit_id=_office(estate)).run()


def file_visit(by: str, customer_id: int, purpose: str, outcome: str) -> int:
    """File a visit of today to a customer."""
    values: dict[str, Typed] = {
        "customer": customer_id, "visited_on": f"{clock.today()}", "purpose": purpose, "outcome": outcome,
    }  # fmt: skip
    return Create(viewer=viewer(by), record_type="visit", values=values).run()


def file_reception(by: str, customer_id: int, channel: str, summary: str) -> int:
    """File that a customer of theirs called or came by today."""
    values: dict[str, Typed] = {
        "customer": customer_id, "channel": channel, "received_on": f"{clock.today()}", "summary": summary,
    }  # fmt: skip
    return Create(viewer=viewer(by), record_type="reception", values=values).run()


def own_customers(by: str, size: int = 50) -> list[int]:
    """Customers of somebody, by name."""
    seen = viewer(by)
    mine = Filter("@owner", Operator.IS, (str(seen.staff_id),))
    return [row.id for row in page(seen, "customer", ListQuery(filters=(mine,), sort="name", size=size)).rows]


def waiting(who: Viewer) -> list[CaseRow]:
    """The steps of cases that somebody may act on, soonest due first."""
    rows = [row for name in (boxes.Box.TODO, boxes.Box.CLAIMABLE) for row in boxes.box(who, name, size=200).rows]
    return list({row.task_id: row for row in rows}.values())


def at_step(by: str, record_id: int, step: str, process: str = COMPLAINT) -> CaseRow:
    """The step of a record's case that waits for somebody. Raises ``Refused`` when none does."""
    for row in waiting(viewer(by)):
        if (row.process, row.record_id, row.step) == (process, record_id, step):
            return row
    raise Refused("demo.step", f"{by} has no step {step} over record {record_id}")


def about(by: str, record_id: int) -> tuple[CaseRow, ...]:
    """The cases over a complaint that somebody may know of, newest first."""
    return boxes.cases_of(viewer(by), "complaint", record_id)


def complete(who: Viewer, row: CaseRow, outcome: str = "", opinion: str = "", **values: Typed) -> None:
    """Complete a step. Raises ``Refused``."""
    task, version = row.task_id or 0, row.version
    cases.CompleteStep(viewer=who, task_id=task, version=version, outcome=outcome, opinion=opinion, values=values).run()


def apply_for_compensation(by: str, record_id: int, yuan: int, grounds: str) -> int:
    """Apply for a compensation over a complaint. Gives the case's id."""
    values: dict[str, Typed] = {"asked_amount": str(yuan), "grounds": grounds}
    return cases.StartCase(viewer=viewer(by), process=COMPENSATION, record_id=record_id, values=values).run()


def send_back(who: Viewer, row: CaseRow, step: str, opinion: str) -> None:
    """Send a case back to an earlier step. Raises ``Refused``."""
    cases.ReturnTo(viewer=who, task_id=row.task_id or 0, version=row.version, step=step, opinion=opinion).run()


def withdraw(who: Viewer, row: CaseRow, opinion: str) -> None:
    """End a case because its customer wishes it. Raises ``Refused``."""
    cases.WithdrawCase(viewer=who, case_id=row.case_id, version=row.version, opinion=opinion, by_customer=True).run()


def merge(who: Viewer, row: CaseRow, into: CaseRow, opinion: str) -> None:
    """Put a case into another one. Raises ``Refused``."""
    given = {"case_id": row.case_id, "version": row.version, "into_case_id": into.case_id}
    cases.MergeCase(viewer=who, opinion=opinion, **given).run()


def owed(who: Viewer, duty: str = "") -> list[DutyRow]:
    """What somebody owes or could take, of one duty or of all, soonest due first."""
    kinds = (duties.Box.ALL, duties.Box.CLAIMABLE)
    rows = {row.id: row for name in kinds for row in duties.mine(who, name, size=200).rows}
    return [row for row in rows.values() if duty in ("", row.duty)]


def discharge(
    who: Viewer, row: DutyRow, note: str = "", checked: Mapping[str, bool] | None = None, **values: Typed
) -> None:
    """Say that a duty was done, with what it asks for. Raises ``Refused``."""
    DischargeDuty(viewer=who, duty_id=row.id, values=values, checked=checked or {}, note=note).run()


def to_decide(who: Viewer) -> list[ProposalRow]:
    """The proposed consequences that wait for somebody's decision, oldest first."""
    return list(reversed(consequences.box(who, consequences.Box.TODO, size=200).rows))


def on_whom(who: Viewer) -> list[ProposalRow]:
    """The consequences that fell on somebody, oldest first."""
    return list(reversed(consequences.box(who, consequences.Box.MINE, size=200).rows))


def approve(who: Viewer, row: ProposalRow, amount: str = "200", opinion: str = "") -> None:
    """Approve a proposed consequence; where several may answer for it, it falls on whoever joined last: those to whom
    it was escalated came first. Raises ``Refused``.
    """
    seen = consequences.proposal_view(who, row.id)
    ApproveConsequence(
        viewer=who,
        proposal_id=row.id,
        version=row.version,
        amount=consequences.read_amount(Measure(row.measure), amount) if seen.open_amount else None,
        staff_id=max(seen.candidates, default=None),
        opinion=opinion,
    ).run()


def reject(who: Viewer, row: ProposalRow, opinion: str) -> None:
    """Decide that nothing follows. Raises ``Refused``."""
    RejectConsequence(viewer=who, proposal_id=row.id, version=row.version, opinion=opinion).run()


def object_to(who: Viewer, row: ProposalRow, reason: str) -> None:
    """Object to what fell on oneself. Raises ``Refused``."""
    ObjectToConsequence(viewer=who, proposal_id=row.id, version=row.version, reason=reason).run()
