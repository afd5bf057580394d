"""The demo company, brought in through the real importer and lived through by its people until now."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.demo.conftest import SEED, Seeded

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Home

pytestmark = pytest.mark.sqlite_only

ASK = """
import json
from django.contrib.auth.hashers import check_password
from django.db import connection
from keguan.demo.company import PASSWORD
from keguan.runtime.policies import queries as policies

def ask(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [list(row) for row in cursor.fetchall()]

print(json.dumps({
    "grades": ask("SELECT grade, count(*) FROM rec_customer GROUP BY grade ORDER BY grade"),
    "units": ask("SELECT name FROM org_unit WHERE head_id IS NOT NULL ORDER BY id"),
    "staff": ask("SELECT count(*), count(DISTINCT password) FROM org_staff"),
    "password": check_password(PASSWORD, ask("SELECT password FROM org_staff LIMIT 1")[0][0]),
    "roles": sorted(role for (role,) in ask("SELECT DISTINCT role FROM org_appointment")),
    "declared": sorted(policies.current().model.roles),
    "owned": ask("SELECT count(DISTINCT owner_id) FROM rec_customer")[0][0],
    "of": ask("SELECT count(*) FROM rec_purchase_contract c JOIN rec_customer p ON p.id = c.customer_id "
              "WHERE c.owner_id <> p.owner_id")[0][0],
    "cases": ask("SELECT process, state, count(*) FROM processes_case GROUP BY 1, 2 ORDER BY 1, 2"),
    "steps": ask("SELECT c.process, t.step, t.late FROM processes_task t JOIN processes_case c ON c.id = t.case_id "
                 "WHERE t.state = 'open' ORDER BY t.id"),
    "returned": ask("SELECT count(*) FROM processes_share WHERE returned AND state = 'open'")[0][0],
    "dissatisfied": ask("SELECT count(*) FROM processes_share WHERE outcome = '不满意'")[0][0],
    "duties": ask("SELECT DISTINCT state, late FROM duties_duty ORDER BY 1, 2"),
    "consequences": ask("SELECT DISTINCT state FROM consequences_proposal ORDER BY 1"),
    "entries": ask("SELECT count(*) FROM ledger_entry")[0][0],
}))
"""


def asked(home: Home) -> dict[str, Any]:
    """How the company stands."""
    found: dict[str, Any] = json.loads(home.script(ASK))
    return found


def test_seeding_fills_the_company(seeded: Seeded) -> None:
    """All good rows are in, all planned faults are back, the grades are as planned, and every post is taken."""
    assert seeded.said["brought"] == [
        ["客户", 200, 6],
        ["购买合同", 280, 8],
        ["活动", 22, 0],
        ["活动参加", 100, 3],
        ["接待登记", 160, 5],
    ]
    assert seeded.said["told"][-1] == ["前两周", 15, 15]
    found = asked(seeded.home)
    assert found["grades"] == [["A", 1], ["B", 16], ["C", 70], ["D", 48], ["E", 65]]
    assert [each for (each,) in found["units"]] == [
        "云岭置地", "总部", "江南分公司", "滨海分公司", "西山分公司", "云岭物业", "江南里项目部", "滨海湾项目部",
    ]  # fmt: skip
    assert found["staff"] == [[32, 1]]
    assert found["password"] is True
    assert found["roles"] == found["declared"]
    assert found["owned"] == 7
    assert found["of"] == 0


def test_a_visitor_finds_cases_in_every_step_and_duties_in_every_state(seeded: Seeded) -> None:
    """Eleven complaints and two compensations: closed, withdrawn, overdue, sent back, waiting to be approved, and one
    that goes round again because its customer was not satisfied; duties open, late, done, let off and called off.
    """
    found = asked(seeded.home)
    assert found["cases"] == [
        ["compensation", "open", 2],
        ["property_complaint", "archived", 4],
        ["property_complaint", "open", 6],
        ["property_complaint", "withdrawn", 1],
    ]
    assert sorted(map(tuple, found["steps"])) == [
        ("compensation", "applying", 0),
        ("compensation", "reviewing", 0),
        ("property_complaint", "answering", 0),
        ("property_complaint", "calling", 0),
        ("property_complaint", "settling", 0),
        ("property_complaint", "settling", 0),
        ("property_complaint", "settling", 1),
        ("property_complaint", "sorting", 0),
    ]
    assert (found["returned"], found["dissatisfied"]) == (1, 1)
    assert {(state, bool(late)) for state, late in found["duties"]} >= {
        ("done", False), ("done", True), ("open", False), ("open", True),
    }  # fmt: skip
    assert [state for (state,) in found["consequences"]] == ["approved", "proposed"]


def test_seeding_again_adds_nothing(seeded: Seeded, tmp_path: Path) -> None:
    """A second run finds everything there: nothing is told, nothing written, and the ledger holds."""
    home = seeded.copy(tmp_path)
    before = asked(home)
    assert json.loads(home.script(SEED))["told"] == []
    assert asked(home) == before
    assert "账本完好" in home.run("-m", "keguan.cli", "verify")
