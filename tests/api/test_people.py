"""People, appointments, departures and reviews over HTTP: the same actions, the same refusals as on the pages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from keguan.runtime.departures.models import Departure, Handing
from keguan.runtime.jobs.actions import run_now
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.org import queries as org
from keguan.runtime.org.actions import Appoint
from keguan.runtime.org.models import Appointment, Proposal, Staff
from keguan.runtime.reviews.models import Campaign
from keguan.runtime.tokens.scopes import Scope
from tests.cast import JIANGNAN
from tests.runtime.records.filing import customer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pytest_django import DjangoAssertNumQueries

    from tests.api.conftest import Program
    from tests.cast import Cast

    Holding = Callable[..., Program]

HUGE = 10**30


def refused(answer: Any, status: int, code: str) -> None:
    """Assert how a request was refused."""
    assert (answer.status_code, answer.json()["id"]) == (status, code)


def test_people_are_listed_and_looked_at(company: Cast, afternoon: datetime, program: Holding) -> None:
    """By name, with what they hold; one of them with every appointment."""
    admin = program(company.guan_li)
    rows = admin.get("/people/?text=林").json()["rows"]
    assert [(each["name"], [role["label"] for role in each["roles"]]) for each in rows] == [("林晓", ["销售员"])]
    one = admin.get(f"/people/{company.lin_xiao.id}").json()
    assert (one["row"]["unit"], one["departure_id"]) == (JIANGNAN, None)
    assert [(each["code"], each["over"]) for each in one["appointments"]] == [("salesperson", False)]
    for staff_id in (999_999, HUGE, -1):
        refused(admin.get(f"/people/{staff_id}"), 404, "org.no_staff")


def test_a_list_of_people_costs_what_it_cost(
    company: Cast, program: Holding, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """The token, the viewer, the people and their roles: no query for each of them."""
    admin = program(company.guan_li)
    with django_assert_max_num_queries(16):
        assert len(admin.get("/people/").json()["rows"]) == len(Staff.objects.all())


def test_the_list_goes_on(company: Cast, program: Holding, monkeypatch: pytest.MonkeyPatch) -> None:
    """Page after page everybody comes once."""
    from keguan.api.people import routes

    listed = org.staff_page
    monkeypatch.setattr(routes.org, "staff_page", lambda *given, **more: listed(*given, **more, most=3))
    admin, seen, after = program(company.guan_li), [], ""
    while True:
        page = admin.get(f"/people/?after={after}").json()
        seen += [each["id"] for each in page["rows"]]
        after = page["next"]
        if not after:
            break
    assert sorted(seen) == sorted(Staff.objects.values_list("id", flat=True))


def test_one_proposes_and_another_confirms(company: Cast, afternoon: datetime, program: Holding) -> None:
    """管理 proposes; she cannot confirm it herself; whoever may give roles does, and 赵启 has it."""
    Appoint(actor=SYSTEM, staff_id=company.xu_ke.id, role="security_administrator", since=date(2026, 1, 1)).run()
    admin, second = program(company.guan_li), program(company.xu_ke)
    asked = {"staff_id": company.zhao_qi.id, "role": "salesperson", "reason": "客服人手不够"}
    made = admin.post("/appointments/", asked)
    assert (made.status_code, made.json()["appointment_id"]) == (201, None)
    proposal = made.json()["proposal_id"]
    (waiting,) = admin.get("/appointments/proposals").json()
    assert (waiting["name"], waiting["label"], waiting["state"]) == ("赵启", "销售员", "waiting")
    assert admin.post(f"/appointments/proposals/{proposal}/confirm", {}).status_code == 403
    confirmed = second.post(f"/appointments/proposals/{proposal}/confirm", {})
    assert confirmed.status_code == 200
    assert Appointment.objects.get(pk=confirmed.json()["appointment_id"]).role == "salesperson"
    refused(
        second.post(f"/appointments/proposals/{proposal}/refuse", {"reason": "不需要"}), 409, "org.proposal_decided"
    )
    ended = admin.post(f"/appointments/{confirmed.json()['appointment_id']}/end", {})
    assert ended.status_code == 204
    refused(admin.post("/appointments/", asked | {"role": "nothing"}), 400, "org.no_role")
    for number in (999_999, HUGE):
        refused(admin.post(f"/appointments/{number}/end", {}), 404, "org.no_appointment")
        refused(second.post(f"/appointments/proposals/{number}/confirm", {}), 404, "org.no_proposal")


def test_a_proposal_is_refused_or_taken_back(company: Cast, program: Holding) -> None:
    """With a reason by the second administrator, without one by the first."""
    Appoint(actor=SYSTEM, staff_id=company.xu_ke.id, role="security_administrator", since=date(2026, 1, 1)).run()
    admin, second = program(company.guan_li), program(company.xu_ke)
    asked = {"staff_id": company.zhao_qi.id, "role": "salesperson"}
    first = admin.post("/appointments/", asked).json()["proposal_id"]
    refused(second.post(f"/appointments/proposals/{first}/refuse", {"reason": ""}), 400, "org.refusal_reason")
    assert second.post(f"/appointments/proposals/{first}/refuse", {"reason": "岗位已满"}).status_code == 204
    last = admin.post("/appointments/", asked).json()["proposal_id"]
    assert admin.post(f"/appointments/proposals/{last}/withdraw", {}).status_code == 204
    assert list(Proposal.objects.order_by("id").values_list("state", flat=True)) == ["refused", "withdrawn"]


def test_an_account_is_closed_for_the_time_being(company: Cast, program: Holding) -> None:
    """Closed and opened again; never one's own."""
    admin = program(company.guan_li)
    assert admin.post(f"/people/{company.zhao_qi.id}/account", {"active": False}).status_code == 204
    assert not Staff.objects.get(pk=company.zhao_qi.id).is_active
    assert admin.post(f"/people/{company.zhao_qi.id}/account", {"active": True}).status_code == 204
    refused(admin.post(f"/people/{company.guan_li.id}/account", {"active": False}), 400, "org.own_account")
    refused(admin.post(f"/people/{HUGE}/account", {"active": False}), 404, "org.no_staff")


def test_somebody_leaves_and_what_they_held_goes_on(company: Cast, afternoon: datetime, program: Holding) -> None:
    """林晓 leaves today; what is in hand is handed over as a job whose results are read; then she is taken back."""
    customer(company.lin_xiao)
    admin = program(company.guan_li)
    made = admin.post("/departures/", {"staff_id": company.lin_xiao.id, "reason": "本人辞职"})
    assert (made.status_code, made.json()["state"], made.json()["kept"]) == (201, "left", {"customer": 1})
    departure = made.json()["id"]
    held = admin.get(f"/departures/{departure}/held").json()
    assert (held["nothing"], held["records"]) == (False, [{"record_type": "customer", "count": 1, "more": False}])
    asked = {"to_staff_id": company.zhao_qi.id, "reason": "接替林晓"}
    begun = admin.post(f"/departures/{departure}/hand_over", asked)
    assert (begun.status_code, begun.json()["state"]) == (202, "waiting")
    refused(admin.post(f"/departures/{departure}/hand_over", asked), 409, "departures.busy")
    run_now(Handing.objects.get().job_id or 0)
    done = admin.get(f"/departures/hand_overs/{begun.json()['id']}").json()
    assert (done["state"], done["records"], done["error"]) == ("done", {"customer": 1}, "")
    assert admin.get(f"/departures/hand_overs/{begun.json()['id']}/results").json() == []
    assert admin.get(f"/departures/{departure}/held").json()["nothing"]
    assert [each["id"] for each in admin.get("/departures/").json()["rows"]] == [departure]
    back = admin.post(f"/departures/{departure}/reinstate", {"reason": "返聘上岗"})
    assert (back.status_code, back.json()["state"]) == (200, "reinstated")


def test_a_hand_over_that_waits_is_stopped(company: Cast, afternoon: datetime, program: Holding) -> None:
    """By whoever began it; nothing has gone. A part that does not exist, and ids that cannot be, are refused."""
    customer(company.lin_xiao)
    admin = program(company.guan_li)
    plan = {"staff_id": company.lin_xiao.id, "on": "2026-12-31", "reason": "合同到期"}
    departure = admin.post("/departures/", plan).json()["id"]
    asked = {"to_staff_id": company.zhao_qi.id, "reason": "接替林晓"}
    refused(admin.post(f"/departures/{departure}/hand_over", asked | {"parts": ["nothing"]}), 400, "departures.parts")
    made = admin.post(f"/departures/{departure}/hand_over", asked).json()["id"]
    stopped = admin.post(f"/departures/hand_overs/{made}/cancel", {})
    assert (stopped.status_code, stopped.json()["state"], stopped.json()["records"]) == (202, "cancelled", None)
    assert admin.post(f"/departures/{departure}/cancel", {"reason": "本人撤回"}).json()["state"] == "cancelled"
    for number in (999_999, HUGE, -1):
        for path in (f"/departures/{number}", f"/departures/{number}/held", f"/departures/hand_overs/{number}/results"):
            refused(admin.get(path), 404, "departures.not_found")


def test_a_review_is_begun_answered_and_closed(company: Cast, afternoon: datetime, program: Holding) -> None:
    """何审 may look and not begin; whoever reviews keeps one appointment and takes another away, with a reason."""
    Appoint(actor=SYSTEM, staff_id=company.xu_ke.id, role="security_administrator", since=date(2026, 1, 1)).run()
    second, auditor = program(company.xu_ke), program(company.he_shen)
    about = {"title": "年度复核", "due": "2026-12-31", "roles": ["salesperson"]}
    assert auditor.post("/reviews/", about).status_code == 403
    refused(second.post("/reviews/", about | {"unanswered": "nothing"}), 400, "reviews.unanswered")
    made = second.post("/reviews/", about)
    assert (made.status_code, made.json()["title"]) == (201, "年度复核")
    review = made.json()["id"]
    assert [each["id"] for each in auditor.get("/reviews/").json()] == [review]
    rows = second.get(f"/reviews/{review}/items").json()["rows"]
    assert {each["role"] for each in rows} == {"salesperson"}
    mine = [each["id"] for each in second.get("/reviews/mine").json()]
    refused(second.post("/reviews/answer", {"items": [*mine[:1], 999_999], "keep": True}), 404, "reviews.not_found")
    assert second.post("/reviews/answer", {"items": mine[:1], "keep": True}).json() == {"count": 1}
    refused(second.post("/reviews/answer", {"items": mine[1:2], "keep": False}), 400, "reviews.reason")
    gone = {"items": mine[1:], "keep": False, "reason": "已经调岗"}
    assert second.post("/reviews/answer", gone).json() == {"count": len(mine) - 1}
    closed = second.post(f"/reviews/{review}/close", {})
    assert (closed.status_code, Campaign.objects.get().closed_at is not None) == (200, True)
    for number in (999_999, HUGE):
        refused(second.get(f"/reviews/{number}/items"), 404, "reviews.not_found")


def test_others_reach_none_of_it(company: Cast, afternoon: datetime, program: Holding) -> None:
    """A salesperson, and a token for something else, are refused; nothing has begun."""
    seller, narrow = program(company.lin_xiao), program(company.guan_li, Scope.RECORDS_READ, Scope.PEOPLE_READ)
    for path in ("/people/", f"/people/{company.zhao_qi.id}", "/departures/", "/appointments/proposals"):
        assert seller.get(path).status_code == 403
    assert seller.get("/reviews/").json() == []
    leave = {"staff_id": company.zhao_qi.id, "reason": "本人辞职"}
    assert seller.post("/departures/", leave).status_code == 403
    refused(narrow.post("/departures/", leave), 403, "api.scope")
    refused(narrow.post("/appointments/", {"staff_id": company.zhao_qi.id, "role": "auditor"}), 403, "api.scope")
    assert narrow.get("/people/").status_code == 200
    assert (Departure.objects.count(), Proposal.objects.count()) == (0, 0)
