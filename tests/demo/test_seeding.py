"""The demo company, brought in through the real importer."""

from __future__ import annotations

import json

from tests.conftest import Home

SEED = """
import json
from django.contrib.auth.hashers import check_password
from django.db import connection
from keguan.demo.company import PASSWORD
from keguan.demo.plan import Plan
from keguan.demo.seeding import seed
from keguan.runtime.policies import queries as policies

told = []
done = seed(lambda *step: told.append(step), Plan.scaled(200))
brought = [[each.sheet, each.created, each.rejected] for each in done]

def ask(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()

print(json.dumps({
    "brought": brought,
    "told": told,
    "grades": ask("SELECT grade, count(*) FROM rec_customer GROUP BY grade ORDER BY grade"),
    "units": ask("SELECT name FROM org_unit ORDER BY id"),
    "staff": ask("SELECT count(*), count(DISTINCT password) FROM org_staff"),
    "password": check_password(PASSWORD, ask("SELECT password FROM org_staff LIMIT 1")[0][0]),
    "roles": sorted(role for (role,) in ask("SELECT DISTINCT role FROM org_appointment")),
    "declared": sorted(policies.current().model.roles),
    "owned": ask("SELECT count(DISTINCT owner_id) FROM rec_customer")[0][0],
    "of": ask("SELECT count(*) FROM rec_purchase_contract c JOIN rec_customer p ON p.id = c.customer_id "
              "WHERE c.owner_id <> p.owner_id")[0][0],
}))
"""


def test_seeding_fills_the_company_and_a_second_run_adds_nothing(published_home: Home) -> None:
    """All good rows are in, all planned faults are back, the grades are as planned; run again, nothing changes."""
    first = json.loads(published_home.script(SEED))
    assert first["brought"] == [
        ["客户", 200, 6],
        ["购买合同", 280, 8],
        ["活动", 22, 0],
        ["活动参加", 100, 3],
        ["接待登记", 160, 5],
    ]
    assert first["grades"] == [["A", 1], ["B", 16], ["C", 70], ["D", 48], ["E", 65]]
    assert [each for (each,) in first["units"]] == ["云岭置地", "总部", "江南分公司", "滨海分公司", "西山分公司"]
    assert first["staff"] == [[20, 1]]
    assert first["password"] is True
    assert first["roles"] == first["declared"]
    assert first["owned"] == 7
    assert first["of"] == 0
    assert first["told"][-1] == ["接待登记", 165, 165]
    second = json.loads(published_home.script(SEED))
    assert second.pop("told") == []
    assert second == {name: value for name, value in first.items() if name != "told"}
