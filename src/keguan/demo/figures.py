"""What happened between two moments, counted in the ledger, which says everything that was done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.demo.deeds import COMPLAINT
from keguan.runtime.ledger.queries import EntryFilters, entries_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from keguan.runtime.ledger.queries import EntryCard

_TOGETHER = 1_000
_OVER = {"cases.withdraw": "withdrawn", "cases.merge": "merged", "cases.terminate": "terminated"}


@dataclass(frozen=True, slots=True)
class Figures:
    """Complaints: how many came in, were closed (of these without any step being late), and how often a customer was
    not satisfied. Steps and duties that became late or were escalated. Duties done (of these late). Consequences.
    """

    opened: int = 0
    closed: int = 0
    in_time: int = 0
    withdrawn: int = 0
    merged: int = 0
    dissatisfied: int = 0
    late: int = 0
    escalated: int = 0
    done: int = 0
    done_late: int = 0
    proposed: int = 0
    approved: int = 0
    rejected: int = 0


def figures(since: datetime, until: datetime) -> Figures:
    """The figures from a moment (inclusive) until another (exclusive)."""
    count: Counter[str] = Counter()
    closed: set[str] = set()
    late: set[str] = set()
    for entry in _entries(EntryFilters(action="cases.", since=since, until=until)):
        count[entry.action] += 1
        if entry.action == "cases.late":
            late.add(entry.subject_id)
        if entry.data.get("process") != COMPLAINT:
            continue
        count["opened"] += entry.action == "cases.start"
        count["dissatisfied"] += entry.data.get("outcome") == "不满意"
        if entry.action in _OVER and "number" in entry.data and "merged" not in entry.data:
            count[_OVER[entry.action]] += 1
        elif entry.action == "cases.complete" and not entry.data["opened"]:
            closed.add(entry.subject_id)
    for family in ("duties.", "consequences."):
        for entry in _entries(EntryFilters(action=family, since=since, until=until)):
            count[entry.action] += 1
            count["done_late"] += entry.action == "duties.done" and bool(entry.data["late"])
    return Figures(
        opened=count["opened"],
        closed=len(closed),
        in_time=len(closed - late),
        withdrawn=count["withdrawn"],
        merged=count["merged"],
        dissatisfied=count["dissatisfied"],
        late=count["cases.late"] + count["duties.overdue"],
        escalated=count["cases.escalate"] + count["duties.escalate"],
        done=count["duties.done"],
        done_late=count["done_late"],
        proposed=count["consequences.propose"],
        approved=count["consequences.approve"],
        rejected=count["consequences.reject"],
    )


def _entries(filters: EntryFilters) -> Iterator[EntryCard]:
    after: int | None = None
    while True:
        page = entries_page(after, filters, _TOGETHER)
        yield from page.entries
        after = page.next
        if after is None:
            return
