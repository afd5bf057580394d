"""The pages' journey over HTTP: file, list, explain, reveal, publish, audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keguan.runtime.ledger import queries as ledger
from keguan.runtime.tokens.scopes import Scope

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.conftest import Program
    from tests.cast import Cast

Programs = "Callable[..., Program]"

LIST_QUERIES = 9
"""Token, person, appointments and units, policy, numbers of the list, rows, names: fixed."""

GU = {"name": "顾明远", "customer_kind": "个人", "phone": "13900006789", "source": "来访"}
CONTRACT = {
    "contract_number": "HT-2026-001",
    "amount": "860万",
    "signed_on": "2026-03-02",
    "contract_status": "履行中",
    "property_kind": "洋房",
    "unit_sold": "一期1-101",
    "discount": "2%",
}


def file_gu(program: Program) -> int:
    """顾明远 with a contract of 8.6 million; gives his id."""
    made = program.post("/records/customer", {"values": GU})
    assert made.status_code == 201, made.content.decode()
    customer = made.json()["id"]
    contract = program.post("/records/purchase_contract", {"values": {**CONTRACT, "customer": str(customer)}})
    assert contract.status_code == 201, contract.content.decode()
    return customer


def test_a_filed_customer_is_graded_and_explained(company: Cast, program: Callable[..., Program]) -> None:
    """许可 files 顾明远 with a contract of 8.6 million: he is B by the fifth row, with the reason in a sentence."""
    keeper = program(company.xu_ke)
    customer = file_gu(keeper)
    profile = keeper.get(f"/records/customer/{customer}").json()
    assert profile["cells"]["grade"] == {"text": "B", "state": "plain", "value": "B"}
    assert profile["cells"]["phone"] == {"text": "139****6789", "state": "masked", "value": None}
    assert profile["missing"] == ["owner_address"]
    why = keeper.get(f"/records/customer/{customer}/decisions/customer_grade").json()
    assert (why["clause"], why["rule"], why["version"]) == ("第四条 五级分类", 5, "1.0.0")
    assert "累计购买额" in why["sentence"]
    steps = keeper.get(f"/records/customer/{customer}/decisions/customer_grade/history").json()
    assert [step["rule"] for step in steps] == [5, 10]


def test_a_list_is_searched_and_paged(company: Cast, program: Callable[..., Program]) -> None:
    """The list finds 顾明远 by pinyin initials and by his phone's last four digits, masked."""
    keeper = program(company.xu_ke)
    customer = file_gu(keeper)
    for search in ("gmy", "顾明远", "6789"):
        page = keeper.post("/records/customer/list", {"search": search}).json()
        assert [row["id"] for row in page["rows"]] == [customer], search
        assert page["rows"][0]["cells"]["phone"]["text"] == "139****6789"


def test_an_original_needs_a_reason_and_leaves_a_trace(company: Cast, program: Callable[..., Program]) -> None:
    """许可 sees her own customer's phone for a reason; the ledger keeps the reason and not the phone."""
    keeper = program(company.xu_ke)
    customer = file_gu(keeper)
    path = f"/records/customer/{customer}/reveal"
    refused = keeper.post(path, {"field": "phone", "reason": ""})
    assert (refused.status_code, refused.json()["id"]) == (400, "reveal.reason")
    shown = keeper.post(path, {"field": "phone", "reason": "约定交房时间"})
    assert shown.json() == {"text": "13900006789"}
    entry = ledger.entries_page().entries[0]
    assert (entry.action, entry.via, entry.data["reason"]) == ("records.reveal", "api", "约定交房时间")
    assert "13900006789" not in str(entry)


def test_others_do_not_find_what_is_not_theirs(company: Cast, program: Callable[..., Program]) -> None:
    """方明 of another branch gets the same sentence for 林晓's customer as for none at all."""
    customer = file_gu(program(company.xu_ke))
    other = program(company.fang_ming)
    hidden = other.get(f"/records/customer/{customer}")
    nothing = other.get("/records/customer/999999")
    assert hidden.status_code == nothing.status_code == 404
    assert hidden.json()["message"] == nothing.json()["message"]


def test_a_scope_that_is_missing_refuses(company: Cast, program: Callable[..., Program]) -> None:
    """A token for reading does not file records, and nothing is filed."""
    reader = program(company.xu_ke, Scope.RECORDS_READ)
    refused = reader.post("/records/customer", {"values": GU})
    assert (refused.status_code, refused.json()["id"]) == (403, "api.scope")
    assert reader.post("/records/customer/list", {}).json()["rows"] == []


def test_without_a_token_there_is_no_answer(company: Cast, client: Any) -> None:
    """A request without a token, or with a wrong one, is answered 401 with an id and a sentence."""
    for headers in ({}, {"Authorization": "Bearer kg_wrong"}):
        answer = client.get("/api/v1/records/", headers=headers)
        assert (answer.status_code, answer.json()["id"]) == (401, "api.unauthenticated")


def test_a_program_reads_tries_and_publishes_a_policy(company: Cast, program: Callable[..., Program]) -> None:
    """周敏's program tries 900万 for 800万: 顾明远 would fall from B to C; a broken draft is named by line."""
    file_gu(program(company.xu_ke))
    publisher = program(company.zhou_min)
    document = publisher.get("/policies/property-developer").json()
    assert document["coverage"]["enforced"] > 0
    files = {name: text.replace(">= 800万", ">= 900万") for name, text in document["files"].items()}
    tried = publisher.post("/policies/property-developer/trial", {"files": files}).json()
    grade = next(each for each in tried["movements"] if each["decision"] == "customer_grade")
    assert [flow for flow in grade["flows"] if flow["before"] != flow["after"]] == [
        {"before": "B", "after": "C", "direction": "", "count": 1}
    ]
    assert "customer_grade" not in tried["still"]
    same = publisher.post("/policies/property-developer/trial", {"files": document["files"]}).json()
    assert (same["movements"], "customer_grade" in same["still"]) == ([], True)
    broken = {name: text.replace("对象: 客户", "对象: 顾客") for name, text in document["files"].items()}
    untried = publisher.post("/policies/property-developer/trial", {"files": broken}).json()
    assert (untried["movements"], untried["still"]) == ([], [])
    assert "error" in {each["severity"] for each in untried["findings"]}
    findings = publisher.post("/policies/property-developer/check", {"files": broken}).json()
    assert {each["severity"] for each in findings} >= {"error"}


def test_only_auditors_read_the_ledger(company: Cast, program: Callable[..., Program]) -> None:
    """何审 reads entries; 林晓 is refused."""
    audit = program(company.he_shen).get("/ledger/?action=tokens.")
    assert [entry["action"] for entry in audit.json()["entries"]][:1] == ["tokens.issue"]
    assert program(company.lin_xiao).get("/ledger/").status_code == 403


def test_the_description_is_served(client: Any, db: None) -> None:
    """The API describes itself: OpenAPI 3.1 with problem answers on every operation."""
    schema = client.get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    operations = [operation for path in schema["paths"].values() for operation in path.values()]
    assert all({"401", "403", "422"} <= set(operation["responses"]) for operation in operations)
    page = client.get("/api/v1/docs")
    assert page.status_code == 200
    assert "cdn" not in page.content.decode()


def test_a_list_costs_the_same_number_of_queries_at_any_length(
    company: Cast, program: Callable[..., Program], django_assert_num_queries: Any
) -> None:
    """A page of one and a page of twenty customers cost the same queries."""
    keeper = program(company.xu_ke)
    counts = []
    for number in range(20):
        filed = {**GU, "name": f"顾明{number:02}", "phone": f"1390000{number:04}"}
        assert keeper.post("/records/customer", {"values": filed}).status_code == 201
        if number in (0, 19):
            with django_assert_num_queries(LIST_QUERIES):
                page = keeper.post("/records/customer/list", {})
            counts.append(len(page.json()["rows"]))
    assert counts == [1, 20]
