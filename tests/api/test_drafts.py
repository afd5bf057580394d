"""The process of a policy over HTTP: the same three people, the same refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.org.actions import AddStaff, Appoint
from keguan.runtime.policies import queries as policies
from tests.cast import HEAD_OFFICE, PASSWORD, SINCE, Member

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.conftest import Program
    from tests.cast import Cast

DRAFTS = "/policies/property-developer/drafts"


@pytest.fixture
def director(company: Cast) -> Member:
    """郑远, marketing director, who signs."""
    unit = company.units[HEAD_OFFICE]
    added = AddStaff(actor=SYSTEM, username="zheng_yuan", staff_name="郑远", unit_id=unit, password=PASSWORD).run()
    Appoint(actor=SYSTEM, staff_id=added, role="marketing_director", since=SINCE).run()
    return Member(added, "zheng_yuan", "郑远", "marketing_director", unit)


def _saved(author: Program) -> dict[str, Any]:
    """A draft of 1.1.0, its second revision."""
    begun = author.post(DRAFTS, {}).json()
    files = author.get(f"{DRAFTS}/{begun['id']}").json()["files"]
    text = files["policy.md"].replace("version: 1.0.0", "version: 1.1.0").replace(">= 800万", ">= 600万")
    body = {"revision": 1, "files": {"policy.md": text}}
    saved: dict[str, Any] = author.send("PUT", f"{DRAFTS}/{begun['id']}", body).json()
    return saved


def test_three_programs_publish_a_policy(company: Cast, director: Member, program: Callable[..., Program]) -> None:
    """许可 drafts and submits, 周敏 approves, 郑远 signs; each is told the steps that are theirs."""
    author, reviewer, signer = program(company.xu_ke), program(company.zhou_min), program(director)
    draft = _saved(author)
    assert (draft["revision"], draft["state"], draft["steps"]) == (2, "draft", ["save", "submit", "withdraw"])
    steps = f"{DRAFTS}/{draft['id']}/steps"
    assert author.post(steps, {"step": "submit", "revision": 2}).json()["state"] == "review"
    assert reviewer.get(DRAFTS).json()[0]["steps"] == ["approve", "return"]
    approved = reviewer.post(steps, {"step": "approve", "revision": 2, "opinion": "同意"}).json()
    assert (approved["state"], approved["steps"]) == ("sign", [])
    signed = signer.post(steps, {"step": "sign", "revision": 2}).json()
    assert (signed["state"], signed["version"]) == ("signed", "1.1.0")
    assert policies.current().model.policies["property-developer"].version == "1.1.0"
    moves = author.get(f"{DRAFTS}/{draft['id']}").json()["moves"]
    assert [(each["step"], each["by"]) for each in moves] == [
        ("start", "许可"),
        ("submit", "许可"),
        ("approve", "周敏"),
        ("sign", "郑远"),
    ]


def test_a_program_cannot_go_round_the_signing(company: Cast, program: Callable[..., Program]) -> None:
    """Publishing outright, saving over another's revision and salespeople's drafts are refused; nothing changes."""
    publisher = program(company.zhou_min)
    draft = _saved(program(company.xu_ke))
    before = policies.draft(draft["id"])
    files = dict(before.files)
    outright = publisher.post("/policies/property-developer/publish", {"files": files})
    late = publisher.send("PUT", f"{DRAFTS}/{draft['id']}", {"revision": 1, "files": files})
    seller = program(company.lin_xiao)
    assert (outright.status_code, outright.json()["id"]) == (400, "policies.to_be_signed")
    assert (late.status_code, late.json()["id"]) == (409, "policies.stale")
    assert [seller.get(DRAFTS).status_code, seller.post(DRAFTS, {}).status_code] == [403, 403]
    assert program(company.xu_ke).get(f"/policies/core/drafts/{draft['id']}").status_code == 404
    assert (policies.draft(draft["id"]), len(policies.drafts())) == (before, 1)
    assert policies.current().model.policies["property-developer"].version == "1.0.0"
