"""The HTTP API, with a token of every scope."""

from __future__ import annotations

from django.test import Client

from keguan.runtime.tokens.actions import IssueToken
from keguan.runtime.tokens.scopes import Scope
from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """Lists, records, children, timelines, explanations, the ledger, cases, what is kept, people and departures."""
    issued = IssueToken(
        actor=person.viewer.actor, staff_id=person.staff_id, label="泄露测试", scopes=frozenset(Scope), days=1
    ).run()
    client = Client(headers={"authorization": f"Bearer {issued.secret}"})
    customer, contract = f"customer/{world.customer}", f"purchase_contract/{world.contract}"
    paths = (
        f"records/{customer}",
        f"records/{contract}",
        f"records/{customer}/timeline",
        f"records/{customer}/decisions/customer_grade",
        f"records/{customer}/decisions/customer_grade/history",
        "ledger/",
        f"cases/{world.case}",
        f"cases/of/{customer}",
        "cases/boxes/todo",
        f"cases/form/leak_case/{world.customer}",
        f"retention/of/{customer}",
        "retention/stored",
        "retention/holds",
        "departures/",
        "people/",
    )
    lists = (
        ("customer", {}),
        ("customer", {"sort": "phone"}),
        ("customer", {"columns": ["total_purchase", "card"]}),
        ("purchase_contract", {}),
    )
    answers = [client.get(f"/api/v1/{path}") for path in paths] + [
        client.post(f"/api/v1/records/{record_type}/list", asked, content_type="application/json")
        for record_type, asked in lists
    ]
    assert not {answer.status_code for answer in answers} & {301, 405}  # every address is still there
    return "\n".join(answer.content.decode() for answer in answers)
