"""A customer asks for what the law gives them (查阅、更正、删除 …) on the portal: by the pack's data alone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from keguan.language.source import read_pack
from keguan.runtime.intake.actions import Submit
from keguan.runtime.intake.codes import new_mark
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.policies.actions import Publish
from keguan.runtime.processes.models import Case
from tests.publishing import PACKS
from tests.runtime.intake.world import HOME, MONDAY, complete
from tests.runtime.processes.world import join, open_steps
from tests.runtime.records.filing import customer

if TYPE_CHECKING:
    from tests.cast import Cast, Member

SU_HE = {
    "request_your_name": "苏禾",
    "request_your_phone": "13800138000",
    "request_wanted": "删除",
    "request_as": "本人",
    "request_details": "请删掉我的资料",
}


@pytest.fixture
def officer(company: Cast, monday: None) -> Member:
    """何宁, who answers for personal information, in a company with the protection pack."""
    Publish(actor=SYSTEM, packs=(read_pack(PACKS / "protection"),)).run()
    return join(company, "he_ning", "何宁", "privacy_officer")


def asked(**changed: str) -> Case:
    """A request on the portal: its case."""
    receipt = Submit(process="answering_rights", values=SU_HE | changed, mark=new_mark(), address=HOME).run()
    return Case.objects.get(number=receipt.number)


def stored(case: Case) -> tuple[object, ...]:
    """Of whom, by which way, what and when, as it is stored."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT customer_id, request_channel, request_kind, identity_verified FROM rec_rights_request "
            "WHERE id = %s",
            [case.record_id],
        )
        return tuple(cursor.fetchone())


def test_the_clock_starts_with_the_request(company: Cast, officer: Member) -> None:
    """苏禾 is recognised, fifteen days run from now, and the first step is to verify who she is."""
    su_he = customer(company.lin_xiao, "苏禾", "13800138000")
    case = asked()
    assert stored(case) == (su_he, "客户门户", "删除", None)
    assert case.due_at == MONDAY + timedelta(days=15)
    assert open_steps(case) == ["verifying"]


def test_a_stranger_gets_the_same_answer_and_nothing_is_touched(company: Cast, officer: Member) -> None:
    """Whoever is not a customer is not told so: a case begins, with nobody in it; not being who they say ends it with
    an answer, and nothing was done.
    """
    case = asked(request_your_phone="13800138001")
    assert stored(case) == (None, "客户门户", "删除", None)
    complete(officer, case, "verifying", {"identity_found": "不符", "verified_by": "预留手机验证码"})
    assert open_steps(case) == ["answering"]
    assert stored(case)[3] == "不符"
