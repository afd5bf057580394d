"""Statistics of the cases about the customer: by everything that may tell them apart, asked for by name as well."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes.queries import statistics
from keguan.runtime.processes.queries.statistics import Selection, Span
from tests.leaks.world import Person, World

PROCESS = "leak_case"


def drive(world: World, person: Person) -> str:
    """Every breakdown, the heat map of each with time, who came back, the list, and pages of some."""
    seen = []
    try:
        offer = statistics.offer(person.viewer, PROCESS)
    except Refused as refused:
        return str(refused)
    axis = statistics.time_axis()
    chosen = Selection(PROCESS, "customer", Span(date(2026, 1, 1), date(2026, 12, 31)))
    for of in {**offer.dimensions, **offer.parties}.values():
        rule = statistics.Recurring(next(iter(offer.parties.values())), of, 90, 90, 1)
        found = statistics.breakdown(person.viewer, chosen, of)
        seen += [repr(found.parts), repr(statistics.heat(person.viewer, chosen, of, axis).counts)]
        seen.append(repr(statistics.again(person.viewer, chosen, rule)))
        for part in found.parts:
            seen.append(repr(statistics.said(person.viewer, replace(chosen, at=((of, part.key),)))))
    seen.append(repr(statistics.cases(person.viewer, chosen).rows))
    for code in ("customer_kind", "traits", "phone", *(code for code in offer.dimensions if "card" in code)):
        page = person.client.get(f"/statistics/cases/{PROCESS}/", {"by": code, "down": code, "from": "2026-01-01"})
        seen.append(page.content.decode().partition("<dl")[2])
    return "\n".join(seen)
