"""What somebody asked for without the right to it is written down too, outside the transaction that was undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from keguan.runtime import clock
from keguan.runtime.ledger import readings
from keguan.runtime.ledger.append import Record, append
from keguan.runtime.ledger.finding import REFUSED

if TYPE_CHECKING:
    from keguan.runtime.ledger.actor import Actor
    from keguan.runtime.ledger.refusal import Refused

FOR_RIGHTS = {"forbidden", "hidden", "may_not_read", "not_allowed", "not_permitted", "not_writable", "scope"}
"""Last words of the codes of refusals that are about rights: others are slips, and no matter for an auditor."""


def note(
    actor: Actor, what: str, refused: Refused, subject_type: str = "", subject_id: int | str | None = None
) -> None:
    """Write down that the actor was refused: ``what`` is the action's name or the page. Once an hour for each person
    and what they asked for, so that nobody floods the ledger.

    Inside somebody else's transaction nothing is written: whether that is undone is not known yet, and the refusal goes
    on to where it is.
    """
    about_rights = refused.code.rpartition(".")[2] in FOR_RIGHTS
    if not about_rights or refused.noted or actor.staff_id is None or _inside():
        return
    refused.noted = True
    with transaction.atomic():
        hour = f"{what[:60]} {clock.now():%H}"
        if readings.first_today(actor.staff_id, REFUSED, hour):
            data = {"action": what, "code": refused.code}
            append(actor, [Record(REFUSED, subject_type, subject_id, data=data)])


def _inside() -> bool:
    return connection.in_atomic_block
