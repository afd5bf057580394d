"""What the people of the demo do with the archive itself: they borrow from it, ask for what only an approval opens,
destroy what is due, review who may do what, and leave.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from keguan.demo import deeds
from keguan.demo.company import PASSWORD
from keguan.language.model.granting import GrantedRight
from keguan.runtime import clock
from keguan.runtime.access.actions import Reveal
from keguan.runtime.departures import queries as departures
from keguan.runtime.departures.actions import Leave
from keguan.runtime.exports import queries as exports
from keguan.runtime.exports.actions import Download, Export
from keguan.runtime.jobs import queries as jobs
from keguan.runtime.jobs.actions import run_now
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.org.sessions.beginning import begin
from keguan.runtime.org.sessions.ending import end
from keguan.runtime.org.sessions.origin import NOWHERE
from keguan.runtime.permits import queries as permits
from keguan.runtime.permits.actions import RequestPermit
from keguan.runtime.permits.selection import Selection
from keguan.runtime.processes.actions import StartCase
from keguan.runtime.records.actions import Create, HandOverAll, MergeRecords
from keguan.runtime.records.list_query import Filter, ListQuery, Operator
from keguan.runtime.records.lists import page
from keguan.runtime.retention.actions import HoldRecords, StrikeOut, SubmitBatch, WitnessBatch
from keguan.runtime.retention.queries import batch_view, batches
from keguan.runtime.reviews import queries as reviews
from keguan.runtime.reviews.actions import AnswerItems, CloseReview, StartReview

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.runtime.records.validation import Typed

_JOBS = ("exports.make", "retention.carry_out")
"""What the deeds of a day leave to the worker."""


def open_now(username: str) -> bool:
    """Whether somebody still works here."""
    found = org.staff_by_username(username)
    return found is not None and found.is_active


def filed(by: str, record_type: str, code: str, text: str) -> int | None:
    """The record of a type in which a field holds this text, None where there is none."""
    about = Filter(code, Operator.CONTAINS, (text,))
    rows = page(deeds.viewer(by), record_type, ListQuery(filters=(about,), size=1)).rows
    return rows[0].id if rows else None


def file(by: str, record_type: str, **values: Typed) -> int:
    """File a record. Gives its id."""
    return Create(viewer=deeds.viewer(by), record_type=record_type, values=values).run()


def issue_card(by: str, number: str, holder: str) -> None:
    """Give a manager (by sign-in name) a lending card for a year; it is filed with them, so that they see it."""
    if filed(by, "lending_card", "card_number", number) is not None:
        return
    person, today = org.staff_by_username(holder), clock.today()
    if person is None:
        raise Refused("demo.person", f"{holder} is missing")
    values: dict[str, Typed] = {
        "card_number": number, "holder": person.name, "rank": "经理", "issued_on": f"{today}",
        "card_until": f"{today + timedelta(days=364)}",
    }  # fmt: skip
    Create(
        viewer=deeds.viewer(by), record_type="lending_card", values=values, owner_id=person.id, unit_id=person.unit_id
    ).run()


def borrow(by: str, what: str, reason: str, days: int, card: str, secrecy: str = "机密") -> None:
    """Ask to borrow from the archive until so many days from now, with one's own card."""
    who = deeds.viewer(by)
    values: dict[str, Typed] = {
        "lending_reason": reason, "lent_what": what, "borrower": who.name, "lending_secrecy": secrecy,
        "read_where": "办公室", "due_back": f"{clock.today() + timedelta(days=days)}",
        "card": filed(by, "lending_card", "card_number", card),
    }  # fmt: skip
    start(by, "lending_out", file(by, "lending", **values))


def start(by: str, process: str, record_id: int) -> None:
    """Begin a case over a record."""
    StartCase(viewer=deeds.viewer(by), process=process, record_id=record_id).run()


def act(by: str, process: str, step: str, outcome: str = "", opinion: str = "", **values: Typed) -> bool:
    """Complete the first waiting step of this kind; whether there was one."""
    who = deeds.viewer(by)
    for row in deeds.waiting(who):
        if (row.process, row.step) == (process, step):
            deeds.complete(who, row, outcome=outcome, opinion=opinion, **values)
            return True
    return False


def ask_to_export(by: str, columns: tuple[str, ...], query: ListQuery, purpose: str, recipient: str) -> None:
    """Ask for an export of customers."""
    chosen = Selection("customer", query, columns=columns, form="xlsx")
    values: Mapping[str, Typed] = {"exported_where": "总部办公室", "leak_guard": "水印"}
    RequestPermit(
        viewer=deeds.viewer(by),
        right=GrantedRight.EXPORT,
        selection=chosen,
        purpose=purpose,
        recipient=recipient,
        process="export_approval",
        values=values,
    ).run()


def export_as_granted(by: str) -> None:
    """Have the file made that was granted last; nothing where nothing was."""
    who = deeds.viewer(by)
    for each in permits.mine(who, granted=True):
        if each.right == GrantedRight.EXPORT:
            Export(viewer=who, permit_id=each.id, wake=False).run()
            return


def fetch(by: str) -> None:
    """Download the newest file that is ready and was not fetched yet."""
    who = deeds.viewer(by)
    for each in exports.mine(who):
        if each.state == "ready" and not each.downloads:
            Download(viewer=who, export_id=each.id).run()
            return


def ask_to_reveal(by: str, customer_id: int, purpose: str, case: str) -> None:
    """Ask to see a customer's number in the clear."""
    RequestPermit(
        viewer=deeds.viewer(by),
        right=GrantedRight.REVEAL,
        selection=Selection("customer", ids=(customer_id,), columns=("phone",)),
        purpose=purpose,
        process="reveal_approval",
        values={"about_complaint": case},
    ).run()


def reveal(by: str, customer_id: int, reason: str) -> None:
    """See a customer's number in the clear."""
    Reveal(viewer=deeds.viewer(by), record_type="customer", id=customer_id, field="phone", reason=reason).run()


def appraise(by: str, spare: str) -> None:
    """Look through the batch that waits, take the oldest thing out of it for a reason, and ask for approval."""
    who = deeds.viewer(by)
    for row in batches(who)[0]:
        if row.state == "gathered":
            items = batch_view(who, row.id).items
            StrikeOut(viewer=who, batch_id=row.id, item_ids=(items[0].id,), reason=spare).run()
            if len(items) > 1:
                SubmitBatch(viewer=who, batch_id=row.id, opinion="逐份看过，期限已满，没有在办的事，可以销毁。").run()
            return


def witness(by: str) -> None:
    """Watch the destruction that was approved, in a session of one's own."""
    who, person = deeds.viewer(by), deeds.staff_id(by)
    for row in batches(who)[0]:
        if row.state == "approved":
            session = begin(person, NOWHERE, "password", strong=False).session_id
            WitnessBatch(viewer=who, batch_id=row.id, session_id=session, password=PASSWORD).run()
            end(session, "signed_out")
            return


def hold(by: str, customer_id: int, reason: str) -> None:
    """Hold a customer's record with all that refers to it."""
    who = deeds.viewer(by)
    HoldRecords(viewer=who, record_type="customer", ids=(customer_id,), reason=reason, everything=True).run()


def merge(by: str, kept: int, gone: int, reason: str) -> None:
    """Make one of two records of the same customer."""
    MergeRecords(viewer=deeds.viewer(by), record_type="customer", kept_id=kept, gone_id=gone, reason=reason).run()


def leave(by: str, leaver: str, on: date, reason: str) -> None:
    """Have somebody leave on a day."""
    Leave(viewer=deeds.viewer(by), staff_id=deeds.staff_id(leaver), on=on, reason=reason).run()


def hand_over_all(by: str, leaver: str, to: str) -> None:
    """Give all that somebody who left still owns to a colleague."""
    who, gone = deeds.viewer(by), deeds.staff_id(leaver)
    if departures.held(who, gone).records:
        HandOverAll(
            viewer=who,
            from_staff_id=gone,
            to_staff_id=deeds.staff_id(to),
            reason="离职，名下的客户由同组同事接手。",
        ).run()


def start_review(by: str, title: str, days: int) -> None:
    """Put every appointment to those who answer for it."""
    StartReview(viewer=deeds.viewer(by), title=title, due=clock.today() + timedelta(days=days)).run()


def review(by: str, revoke: str = "", why: str = "") -> None:
    """Keep what waits for somebody's answer, but revoke a role (its code) where it is named."""
    who = deeds.viewer(by)
    waiting = reviews.mine(who)
    taken = [each.id for each in waiting if each.role == revoke]
    if taken:
        AnswerItems(viewer=who, item_ids=taken, keep=False, reason=why).run()
    if kept := [each.id for each in waiting if each.role != revoke]:
        AnswerItems(viewer=who, item_ids=kept, keep=True).run()


def close_review(by: str) -> None:
    """Close what is answered in full."""
    who = deeds.viewer(by)
    for each in reviews.campaigns(who):
        if each.closed_at is None and each.answered == each.total:
            CloseReview(viewer=who, campaign_id=each.id).run()


def work_off() -> None:
    """Do what the day left to the worker, if no worker was quicker."""
    waiting = sorted(each.id for name in _JOBS for each in jobs.jobs(name=name) if not each.over)
    for each in waiting:
        run_now(each)
