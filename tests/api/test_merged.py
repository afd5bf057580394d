"""The id of a record that was merged into another, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger.models import Entry
from keguan.runtime.records import queries as records
from tests.runtime.records.filing import customer
from tests.runtime.records.test_merge import merge

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.conftest import Program
    from tests.cast import Cast

READ = (
    "/records/customer/{}",
    "/records/customer/{}/timeline",
    "/records/customer/{}/decisions/customer_grade",
    "/records/customer/{}/decisions/customer_grade/history",
    "/cases/of/customer/{}",
    "/cases/startable/customer/{}",
    "/duties/of/customer/{}",
    "/consequences/of/customer/{}",
    "/retention/of/customer/{}",
)


def told(answer: Any) -> tuple[int, str, str]:
    """Status, problem, and where it is now."""
    return answer.status_code, answer.json()["id"], answer.headers.get("Location", "")


def test_reading_is_sent_on_to_the_surviving_record(company: Cast, program: Callable[..., Program]) -> None:
    """308 to the same address with the surviving id, also through two merges, with its query; a client that follows
    gets what it asked for.
    """
    kept, middle, gone = (customer(company.lin_xiao, f"客户{n}", f"1380013561{n}") for n in range(3))
    merge(company, middle, gone)
    merge(company, kept, middle)
    keeper = program(company.xu_ke)
    for path in READ:
        there = f"/api/v1{path.format(kept)}"
        assert told(keeper.get(path.format(gone))) == (308, "records.merged", there), path
    answer = keeper.get(f"{READ[0].format(gone)}?of=1")
    assert answer.headers["Location"].endswith(f"/records/customer/{kept}?of=1")
    followed = keeper.client.get(answer.headers["Location"], headers=keeper.headers)
    assert (followed.status_code, followed.json()["id"]) == (200, kept)


def test_a_change_is_not_sent_on(company: Cast, program: Callable[..., Program]) -> None:
    """Whoever changes the old record is told where it went; neither is changed."""
    kept, gone = (customer(company.lin_xiao, f"客户{n}", f"1380013561{n}") for n in range(2))
    merge(company, kept, gone)
    keeper, before = program(company.xu_ke), Entry.objects.count()
    name = records.get(viewer_for(company.xu_ke.id), "customer", kept).cells["name"].text
    asked = {"version": 1, "values": {"name": "另一个"}}
    answer = keeper.send("PATCH", f"/records/customer/{gone}", asked)
    assert told(answer) == (409, "records.merged", f"/api/v1/records/customer/{kept}")
    revealed = keeper.post(f"/records/customer/{gone}/reveal", {"field": "phone", "reason": "核对来电"})
    assert revealed.status_code == 409
    assert records.get(viewer_for(company.xu_ke.id), "customer", kept).cells["name"].text == name
    assert Entry.objects.count() == before


def test_out_of_sight_it_leads_nowhere(company: Cast, program: Callable[..., Program]) -> None:
    """For another branch the old id is like any id that is not there."""
    kept, gone = (customer(company.lin_xiao, f"客户{n}", f"1380013561{n}") for n in range(2))
    merge(company, kept, gone)
    elsewhere = program(company.fang_ming)
    for record_id in (gone, 999_999, 10**30, -1):
        assert told(elsewhere.get(f"/records/customer/{record_id}")) == (404, "records.not_found", "")
