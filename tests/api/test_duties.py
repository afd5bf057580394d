"""Duties and consequences over HTTP: the same boxes, the same actions, the same protection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from keguan.runtime.tokens.scopes import Scope
from tests.runtime.consequences.world import only as proposal
from tests.runtime.consequences.world import publish_policy as publish_consequences
from tests.runtime.duties.world import MONDAY, customer, only, publish_policy, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.api.conftest import Program
    from tests.cast import Cast

    Holding = Callable[..., Program]


@pytest.fixture
def monday() -> Iterator[None]:
    """The clock, held on a Monday morning."""
    with clock.hold(MONDAY):
        yield


def test_a_duty_is_found_claimed_and_discharged(company: Cast, monday: None, program: Holding) -> None:
    """The check of a new customer: in the box, in full, claimed, done, and in the box of what is done."""
    publish_policy()
    zhang = customer(company.lin_xiao)
    mine = program(company.xu_ke)
    counts = {each["box"]: each["count"] for each in mine.get("/duties/boxes").json()}
    assert counts == {"late": 0, "today": 0, "week": 1, "all": 1, "claimable": 1}
    (row,) = mine.get("/duties/boxes/all").json()["rows"]
    assert (row["task"], row["title"]["text"], row["record_id"]) == ("核对新客户", "张伟", zhang)
    assert mine.get(f"/duties/{row['id']}").json()["may"] == ["claim", "discharge", "hand_over"]
    assert mine.post(f"/duties/{row['id']}/claim", {}).status_code == 200
    done = mine.post(f"/duties/{row['id']}/discharge", {"note": "已核"})
    assert done.json() == {"done": True, "seen": 1, "needed": 1, "passed": None, "failed": []}
    late = mine.post(f"/duties/{row['id']}/discharge", {"note": "再核"})
    assert (late.status_code, late.json()["id"]) == (409, "duties.stale")
    assert [each["id"] for each in mine.get("/duties/boxes/done").json()["rows"]] == [row["id"]]
    assert [each["id"] for each in mine.get(f"/duties/of/customer/{zhang}").json()] == [row["id"]]


def test_what_is_not_theirs_stays_out_of_reach(company: Cast, monday: None, program: Holding) -> None:
    """Another branch, ids that cannot be, and a token for something else; and nothing has changed."""
    publish_policy()
    customer(company.lin_xiao)
    duty = only("checks").pk
    elsewhere = program(company.fang_ming)
    for duty_id in (duty, 999_999, 10**30, -1):
        assert elsewhere.get(f"/duties/{duty_id}").status_code == 404
    for move in ("claim", "release", "discharge"):
        assert elsewhere.post(f"/duties/{duty}/{move}", {}).status_code == 404
    assert elsewhere.post(f"/duties/{duty}/exempt", {"reason": "算了"}).status_code == 404
    answer = program(company.xu_ke, Scope.RECORDS_READ).get("/duties/boxes")
    assert answer.status_code == 403
    assert only("checks").state == "open"
    assert elsewhere.get("/duties/overdue?after=x").json()["id"] == "duties.place"


def test_a_consequence_is_decided_and_objected_to(company: Cast, monday: None, program: Holding) -> None:
    """150 yuan is refused, 200 is in force; the person reads it and objects."""
    publish_consequences()
    customer(company.lin_xiao)
    until(2026, 3, 5, 9, 0)
    fine = proposal("check_results", 1).pk
    manager, mine = program(company.zhou_min), program(company.lin_xiao)
    assert fine in [each["id"] for each in manager.get("/consequences/boxes/todo").json()["rows"]]
    seen = manager.get(f"/consequences/{fine}").json()
    assert (seen["limits"], seen["open_amount"], seen["may"]) == ("[200..1500]", True, ["approve", "reject"])
    low = manager.post(f"/consequences/{fine}/approve", {"version": 1, "amount": "150"})
    assert (low.status_code, list(low.json()["fields"])) == (400, ["amount"])
    assert mine.get(f"/consequences/{fine}").status_code == 404
    assert manager.post(f"/consequences/{fine}/approve", {"version": 1, "amount": "200"}).status_code == 200
    again = manager.post(f"/consequences/{fine}/reject", {"version": 1, "opinion": "算了"})
    assert (again.status_code, again.json()["id"]) == (409, "consequences.stale")
    (row,) = mine.get("/consequences/boxes/mine").json()["rows"]
    assert (row["amount"], row["state"]) == ("¥200.00", "approved")
    objected = mine.post(f"/consequences/{fine}/object", {"version": row["version"], "reason": "系统当天故障"})
    assert objected.status_code == 200
    assert mine.get(f"/consequences/{fine}").json()["row"]["state"] == "proposed"
