"""Cases over HTTP: the same moves, the same protection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from keguan.runtime import clock
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.processes.actions import CompleteStep
from keguan.runtime.processes.queries import case_view
from keguan.runtime.tokens.scopes import Scope
from tests.runtime.processes.forming import publish_forms
from tests.runtime.processes.world import MONDAY, Office, join, publish_policy, viewer
from tests.runtime.records.filing import customer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.api.conftest import Program
    from tests.cast import Cast, Member

    Holding = Callable[..., Program]


@pytest.fixture
def office(company: Cast) -> Iterator[Office]:
    """A company at work on cases, on a Monday morning."""
    with clock.hold(MONDAY):
        publish_policy()
        publish_forms()
        sun = join(company, "sun_jie", "孙洁", "salesperson")
        yield Office(company, customer(company.lin_xiao), sun, join(company, "qian_bo", "钱博", "salesperson"))


@pytest.fixture
def begun(office: Office, program: Holding) -> dict[str, Any]:
    """A complaint that 林晓 began over the API, as she then reads it."""
    mine = program(office.cast.lin_xiao)
    body = {"process": "complaint", "record_id": office.customer, "values": {"matter": "空调不制冷"}}
    answer = mine.post("/cases/", body)
    assert answer.status_code == 201
    found: dict[str, Any] = mine.get(f"/cases/{answer.json()['id']}").json()
    return found


def move(program: Holding, member: Member, case: dict[str, Any], **given: Any) -> Any:
    """A move as somebody makes it."""
    return program(member).post(f"/cases/{case['id']}/moves", {"version": case["version"], **given})


def open_task(case: dict[str, Any]) -> int:
    """The step that is open, as the case was read."""
    (found,) = [each["task_id"] for each in case["steps"] if each["state"] == "open"]
    return int(found)


def test_a_case_is_begun_found_and_done(office: Office, program: Holding, begun: dict[str, Any]) -> None:
    """Begun by one, found in the box of the next, completed with an outcome, done for the first."""
    supervisor = program(office.cast.zhao_qi)
    (row,) = supervisor.get("/cases/boxes/todo").json()["rows"]
    assert (row["number"], row["title"]["text"], row["step"]) == ("TS-202603-0001", "张伟", "judging")
    done = move(program, office.cast.zhao_qi, begun, kind="complete", task_id=row["task_id"], outcome="不成立")
    assert (done.status_code, done.json()["state"]) == (200, "ended")
    assert program(office.cast.lin_xiao).get(f"/cases/{begun['id']}").json()["state"] == "ended"
    counts = {each["box"]: each["count"] for each in supervisor.get("/cases/boxes").json()}
    assert counts["todo"] == 0


def test_a_case_is_given_in_full(office: Office, begun: dict[str, Any]) -> None:
    """With its clause, picture, steps, signatures, forms, moves and buttons."""
    assert begun["clause"]["anchor"] == "complaints"
    assert [node["state"] for node in begun["picture"]["nodes"]][:2] == ["done", "open"]
    assert begun["steps"][0]["shares"][0]["signature"] == {"valid": True, "current": True}
    assert begun["forms"][0]["fields"][0]["cell"]["text"] == "空调不制冷"
    assert [each["kind"] for each in begun["moves"]] == ["start", "complete"]
    assert {each["kind"] for each in begun["buttons"] if each["allowed"]} >= {"urge", "withdraw", "recall"}


def test_it_is_sent_back_and_comes_straight_again(office: Office, program: Holding, begun: dict[str, Any]) -> None:
    """赵启 judges it, 许可 sends it back to the filing with ``straight``: filed again it is 许可's, not 赵启's."""
    cast, address = office.cast, f"/cases/{begun['id']}"
    move(program, cast.zhao_qi, begun, kind="complete", task_id=open_task(begun), outcome="成立")
    calling = program(cast.xu_ke).get(address).json()
    given = {"kind": "return", "step": "filing", "opinion": "材料不全，请补正", "straight": True}
    back = move(program, cast.xu_ke, calling, task_id=open_task(calling), **given)
    assert (back.status_code, back.json()["opened"]) == (200, ["filing"])
    filing = program(cast.lin_xiao).get(address).json()
    again = {"kind": "complete", "task_id": open_task(filing), "values": {"matter": "空调不制冷，附照片"}}
    assert move(program, cast.lin_xiao, filing, **again).json()["opened"] == ["calling"]


def test_whoever_comes_second_is_told(office: Office, program: Holding, begun: dict[str, Any]) -> None:
    """A move on a case that another has moved meanwhile is answered with 409, and changes nothing."""
    task = begun["steps"][1]["task_id"]
    assert move(program, office.cast.zhao_qi, begun, kind="claim", task_id=task).status_code == 200
    late = move(program, office.cast.zhao_qi, begun, kind="complete", task_id=task, outcome="不成立")
    assert (late.status_code, late.json()["id"]) == (409, "cases.stale")
    assert "赵启" in late.json()["message"]
    assert program(office.cast.zhao_qi).get(f"/cases/{begun['id']}").json()["state"] == "open"


def test_out_of_sight_is_not_found(office: Office, program: Holding, begun: dict[str, Any]) -> None:
    """A case of another branch, one that is not there and one that cannot be are answered alike."""
    elsewhere = program(office.cast.fang_ming)
    for case_id in (begun["id"], 999_999, 10**30, -1):
        answer = elsewhere.get(f"/cases/{case_id}")
        assert (answer.status_code, answer.json()["id"]) == (404, "cases.not_found")
        body = {"kind": "comment", "version": 1, "opinion": "看看"}
        assert elsewhere.post(f"/cases/{case_id}/moves", body).status_code == 404
    assert elsewhere.get(f"/cases/of/customer/{office.customer}").json() == []


@pytest.mark.parametrize(
    ("given", "status", "id_"),
    [
        ({"kind": "decide"}, 400, "cases.move"),
        ({"kind": "complete"}, 400, "cases.move"),
        ({"kind": "extend"}, 400, "cases.move"),
        ({"kind": "complete", "task_id": 0}, 422, "api.invalid"),
        ({"kind": "complete", "task_id": "x"}, 422, "api.invalid"),
        ({"kind": "terminate", "opinion": "不再办理"}, 400, "cases.not_manager"),
    ],
)
def test_what_cannot_be_done_is_refused(
    office: Office, program: Holding, begun: dict[str, Any], given: dict[str, Any], status: int, id_: str
) -> None:
    """Moves of the clock, missing inputs and those of others are refused with an id, and the case stays as it was."""
    answer = move(program, office.cast.lin_xiao, begun, **given)
    assert (answer.status_code, answer.json()["id"]) == (status, id_)
    assert program(office.cast.lin_xiao).get(f"/cases/{begun['id']}").json()["version"] == begun["version"]


def test_wrong_values_are_named(office: Office, program: Holding) -> None:
    """Every field that is wrong has a sentence, and no case has begun."""
    mine = program(office.cast.lin_xiao)
    body = {"process": "relief", "record_id": office.customer, "values": {"price_new": "很多"}}
    answer = mine.post("/cases/", body)
    assert (answer.status_code, answer.json()["id"]) == (400, "cases.form")
    assert set(answer.json()["fields"]) == {"price_new", "why"}
    assert mine.get("/cases/boxes/started").json()["rows"] == []


def test_the_form_to_begin_with_comes_first(office: Office, program: Holding) -> None:
    """What may be begun over a customer, and what is to be filled in, masked where it is sensitive."""
    mine = program(office.cast.lin_xiao)
    offered = {each["process"] for each in mine.get(f"/cases/startable/customer/{office.customer}").json()}
    assert {"complaint", "relief"} <= offered
    form = mine.get(f"/cases/form/relief/{office.customer}").json()
    fields = {each["code"]: each["cell"]["text"] for each in form["fields"]}
    assert fields["call_back"] == "138****5612"
    assert mine.get(f"/cases/form/notice/{office.customer}").json() is None


def test_pages_follow_over_the_api(office: Office, program: Holding, begun: dict[str, Any]) -> None:
    """``next`` leads on, a damaged place is refused."""
    mine = program(office.cast.lin_xiao)
    mine.post("/cases/", {"process": "notice", "record_id": office.customer})
    first = mine.get("/cases/boxes/started?size=1").json()
    second = mine.get(f"/cases/boxes/started?size=1&after={first['next']}").json()
    assert [row["case_id"] for row in (*first["rows"], *second["rows"])] == [begun["id"] + 1, begun["id"]]
    assert mine.get("/cases/boxes/started?after=x").json()["id"] == "cases.place"
    assert mine.get("/cases/boxes/nothing").json()["id"] == "cases.box"
    board = mine.get("/cases/boards/complaint").json()
    assert [(each["step"], each["count"]) for each in board["columns"]][1] == ("judging", 1)


def test_people_are_found_for_a_move(office: Office, program: Holding, begun: dict[str, Any]) -> None:
    """By a part of their name."""
    path = f"/cases/{begun['id']}/people?kind=transfer&search=孙&task_id={begun['steps'][1]['task_id']}"
    found = program(office.cast.zhao_qi).get(path).json()
    assert [(each["name"], each["near"]) for each in found] == [("孙洁", True)]


def test_originals_need_their_own_scope(office: Office, program: Holding) -> None:
    """A token without ``records:reveal`` gets none; with it, for a reason, a value and a letter are shown in full."""
    mine = program(office.cast.lin_xiao)
    body = {"process": "relief", "record_id": office.customer, "values": {"why": "老客户", "price_new": "700万"}}
    case_id = mine.post("/cases/", body).json()["id"]
    asked = {"form": "relief_form", "field": "call_back", "reason": "回拨核实"}
    refused = program(office.cast.zhou_min, Scope.CASES).post(f"/cases/{case_id}/reveal", asked)
    assert (refused.status_code, refused.json()["id"]) == (403, "api.scope")
    manager = program(office.cast.zhou_min)
    assert manager.post(f"/cases/{case_id}/reveal", asked).json() == {"text": "13800135612"}
    who = viewer(office.cast.zhou_min)
    found = case_view(who, case_id)
    assert found.task_id is not None
    CompleteStep(viewer=who, task_id=found.task_id, version=found.version, values={"verdict": "调整"}).run()
    (letter,) = manager.get(f"/cases/{case_id}").json()["documents"]
    assert "13800135612" not in letter["text"]
    whole = manager.post(f"/cases/{case_id}/reveal", {"document_id": letter["id"], "reason": "寄给客户"}).json()
    assert "13800135612" in whole["text"]
    assert len(ledger.entries_page(filters=ledger.EntryFilters(action="cases.reveal"), size=9).entries) == 2


def test_reading_is_written_down_once(office: Office, program: Holding, begun: dict[str, Any]) -> None:
    """Whoever was copied has read it; then the one before can still take back, since a copy does not hold that up."""
    specialist = program(office.cast.xu_ke)
    assert specialist.post(f"/cases/{begun['id']}/read", {}).json() == {"shares": 1}
    assert specialist.post(f"/cases/{begun['id']}/read", {}).json() == {"shares": 0}
    assert move(program, office.cast.lin_xiao, begun, kind="recall").status_code == 200


def test_a_token_needs_the_scope(office: Office, program: Holding, begun: dict[str, Any]) -> None:
    """A token for records alone reaches no case."""
    answer = program(office.cast.lin_xiao, Scope.RECORDS_READ).get(f"/cases/{begun['id']}")
    assert (answer.status_code, answer.json()["id"]) == (403, "api.scope")
