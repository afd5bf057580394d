"""A look-up that was denied is in the ledger: who asked for what and at which door, once a minute."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.test import Client

from keguan.runtime import clock
from keguan.runtime.access.denied import DENIED
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.org.models import Staff
from keguan.runtime.tokens.actions import IssueToken
from keguan.runtime.tokens.scopes import Scope
from tests.runtime.records.filing import customer

if TYPE_CHECKING:
    from datetime import datetime

    from tests.cast import Cast, Member


def browser(member: Member) -> Client:
    """Somebody's browser."""
    client = Client()
    client.force_login(Staff.objects.get(pk=member.id), backend="keguan.runtime.org.backend.StaffBackend")
    return client


def denied() -> list[dict[str, Any]]:
    """What the ledger says of denied look-ups, the oldest first."""
    entries = ledger.entries_page(filters=ledger.EntryFilters(action=DENIED), size=50).entries
    return [
        {"who": each.actor_name, "via": each.via, "type": each.subject_type, "id": each.subject_id, **each.data}
        for each in reversed(entries)
    ]


def test_a_record_out_of_sight(company: Cast) -> None:
    """方明 opens a customer of the other branch by its number: the page says nothing, the ledger says it all."""
    made = customer(company.lin_xiao)
    path = f"/records/customer/{made}/"
    answer = browser(company.fang_ming).get(path)
    assert answer.status_code == 403
    assert "张伟" not in answer.content.decode()
    assert denied() == [
        {
            "who": "方明", "via": "web", "type": "customer", "id": str(made), "code": "records.not_found",
            "door": f"web {path}",
        }
    ]  # fmt: skip


def test_once_a_minute(company: Cast, afternoon: datetime) -> None:
    """Asking again and again makes one entry a minute for a record; another record, or another person, one more."""
    first, second = customer(company.lin_xiao), customer(company.lin_xiao, "李四光", "13800135613")
    fang = browser(company.fang_ming)
    for _ in range(3):
        fang.get(f"/records/customer/{first}/")
    fang.get(f"/records/customer/{second}/")
    browser(company.guan_li).get(f"/records/customer/{first}/")
    assert [(each["who"], each["id"]) for each in denied()] == [
        ("方明", str(first)),
        ("方明", str(second)),
        ("管理", str(first)),
    ]
    with clock.hold(afternoon + timedelta(minutes=1)):
        browser(company.fang_ming).get(f"/records/customer/{first}/")
    assert len(denied()) == 4


def test_the_api_tells_too(company: Cast) -> None:
    """A program with somebody's token leaves the same trace, with its own door, for a record and for a hidden field."""
    made = customer(company.lin_xiao)
    issued = IssueToken(
        actor=company.he_shen.actor, staff_id=company.he_shen.id, label="测试", scopes=frozenset(Scope), days=1
    ).run()
    headers = {"Authorization": f"Bearer {issued.secret}"}
    client = Client()
    asked = {"filters": [{"code": "name", "operator": "is", "values": ["张伟"]}]}
    answer = client.post("/api/v1/records/customer/list", asked, content_type="application/json", headers=headers)
    assert answer.status_code == 400
    answer = client.get(f"/api/v1/records/nothing/{made}", headers=headers)
    assert answer.status_code in (400, 404)
    told = [(each["via"], each["type"], each["id"], each.get("field"), each["door"]) for each in denied()]
    assert told == [
        ("api", "customer", "", "name", "api POST /api/v1/records/customer/list"),
        ("api", "nothing", str(made), None, f"api GET /api/v1/records/nothing/{made}"),
    ]


def test_a_slip_is_none(company: Cast) -> None:
    """A wrong value or a missing reason is no attempt to see what one may not."""
    made = customer(company.lin_xiao)
    lin = browser(company.lin_xiao)
    lin.post(f"/records/customer/{made}/reveal/phone/", {"reason": "看"})
    lin.get("/records/customer/?sort=nothing_like_that")
    assert [each["code"] for each in denied()] == ["records.sort"]
