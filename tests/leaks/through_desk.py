"""The desk: counts by a value, records that lack something, and the ids behind a movement."""

from __future__ import annotations

from datetime import timedelta

from keguan.runtime.clock import now
from keguan.runtime.decisions import queries as decisions
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import queries as records
from keguan.runtime.records.queries import Filter, Operator
from tests.leaks.through_filter import ASKED
from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """What the queries tell of the customer, what they confirm, and the page itself."""
    mine = Filter("@id", Operator.IS, (str(world.customer),))
    seen = [*_tallied(person, mine), *_confirmed(person, mine), _lacking(person, mine), *_moved(world, person)]
    seen.append(person.client.get("/desk/").content.decode())
    return "\n".join(seen)


def _tallied(person: Person, mine: Filter) -> list[str]:
    """The customer counted by each value there is: a count of one tells it."""
    found = []
    for code, _value in ASKED:
        try:
            counted = records.tally(person.viewer, "customer", code, (mine,))
        except Refused as refused:
            found.append(refused.message)
            continue
        found += [str(value) for value in counted.counts]
    return found


def _confirmed(person: Person, mine: Filter) -> list[str]:
    """The values that a count of the customer by its source confirms."""
    found = []
    for code, value in ASKED:
        only = Filter(code, Operator.IS, (value,))
        try:
            counted = records.tally(person.viewer, "customer", "source", (mine, only))
            lacking = records.incomplete(person.viewer, "customer", (mine, only))
        except Refused as refused:
            found.append("" if value in refused.message else refused.message)
            continue
        found += [value] * (sum(counted.counts.values()) + lacking.looked_at)
    return found


def _lacking(person: Person, mine: Filter) -> str:
    try:
        return repr(records.incomplete(person.viewer, "customer", (mine,)))
    except Refused as refused:
        return str(refused)


def _moved(world: World, person: Person) -> list[str]:
    """Whether the customer is among those who moved to A, and so holds the diamond card."""
    until = now() + timedelta(seconds=1)
    since = until - timedelta(days=7)
    ids = decisions.moved(person.viewer, "customer_grade", since, until, "D", "A")
    moves = decisions.movement(person.viewer, "customer_grade", since, until)
    return ["钻石卡"] * (world.customer in ids) + ["钻石卡" for move in moves if move.after == "A"]
