"""The pages of consequences: boxes, one to be decided, refusals, the objection, budgets, both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime.consequences.models import Proposal
from tests.runtime.consequences.world import proposals
from tests.runtime.duties.world import customer, until
from tests.written_down import deeds

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast
    from tests.web.conftest import SignedIn

MOST_FOR_BOXES = 24
MOST_FOR_ONE = 32


@pytest.fixture
def fine(office: Cast) -> Proposal:
    """A fine of 200 to 1500 yuan about 林晓, who did not check her customer 苏晴 in time; to be decided by 周敏."""
    customer(office.lin_xiao, "苏晴")
    until(2026, 3, 5, 9, 0)
    return proposals("check_results", 1)[0]


def press(browser: Client, fine: Proposal, button: str, **typed: str) -> tuple[int, str]:
    """Press a button of its page: the status and what the page says."""
    posted = {button: "1", "version": str(fine.version), **typed}
    answer = browser.post(f"/consequences/{fine.pk}/", posted, follow=True)
    return answer.status_code, answer.content.decode()


def state(fine: Proposal) -> tuple[object, ...]:
    """All that is stored of it, and how much has been written down of anything."""
    return (*Proposal.objects.filter(pk=fine.pk).values_list().get(), deeds())


def test_the_boxes_show_what_is_to_be_decided(office: Cast, fine: Proposal, signed_in: SignedIn) -> None:
    """周敏 finds the fine with its limits, about whom and for what; it is in nobody else's box."""
    page = signed_in(office.zhou_min).get("/consequences/").content.decode()
    assert f'<a href="/consequences/{fine.pk}/" data-row-link>罚款 [200..1500]</a>' in page
    assert "林晓" in page
    assert "核对奖惩" in page
    for member in (office.lin_xiao, office.zhao_qi, office.fang_ming):
        empty = signed_in(member).get("/consequences/").content.decode()
        assert "这里没有奖惩。" in empty
        assert "罚款" not in empty
    assert signed_in(office.zhou_min).get("/consequences/?box=nothing").status_code == 403


def test_one_is_approved_within_its_limits(office: Cast, fine: Proposal, signed_in: SignedIn) -> None:
    """The page names the clause and the duty; 1501 yuan is refused, stays in the field and changes nothing; 300 come
    into force, and are shown as decided.
    """
    browser = signed_in(office.zhou_min)
    page = browser.get(f"/consequences/{fine.pk}/").content.decode()
    assert 'href="/policies/consequence-tests/#results"' in page
    assert f'href="/duties/{fine.duty_id}/"' in page
    before = state(fine)
    status, page = press(browser, fine, "approve", amount="1501", opinion="太慢了")
    assert (status, 'value="1501"' in page, ">太慢了</textarea>" in page) == (422, True, True)
    assert 'role="alert"' in page
    assert state(fine) == before
    status, page = press(browser, fine, "approve", amount="300")
    assert (status, "罚款 ¥300.00" in page, "生效" in page) == (200, True, True)
    fine.refresh_from_db()
    assert (fine.state, fine.amount, fine.decided_by_name) == ("approved", 30_000, "周敏")
    assert "罚款 ¥300.00" in browser.get("/consequences/?box=decided").content.decode()
    assert press(browser, fine, "approve", amount="400")[0] == 422
    fine.refresh_from_db()
    assert fine.amount == 30_000


def test_one_is_rejected_for_a_reason(office: Cast, fine: Proposal, signed_in: SignedIn) -> None:
    """Without a reason she is told so and nothing changes; with one nothing comes into force."""
    browser, before = signed_in(office.zhou_min), state(fine)
    assert press(browser, fine, "reject")[0] == 422
    assert state(fine) == before
    status, page = press(browser, fine, "reject", opinion="客户出差")
    assert (status, "客户出差" in page) == (200, True)
    fine.refresh_from_db()
    assert fine.state == "rejected"


def test_whom_it_falls_on_may_object_once(office: Cast, fine: Proposal, signed_in: SignedIn) -> None:
    """In force, 林晓 finds it in her box with a field for her objection; it is open again and says what she said."""
    press(signed_in(office.zhou_min), fine, "approve", amount="300")
    fine.refresh_from_db()
    browser = signed_in(office.lin_xiao)
    assert "罚款 ¥300.00" in browser.get("/consequences/?box=mine").content.decode()
    assert 'name="object"' in browser.get(f"/consequences/{fine.pk}/").content.decode()
    before = state(fine)
    assert press(browser, fine, "object")[0] == 422
    assert state(fine) == before
    assert press(browser, fine, "object", opinion="当天系统停机，无法核对")[0] == 200
    fine.refresh_from_db()
    assert (fine.state, fine.objection) == ("proposed", "当天系统停机，无法核对")
    assert "当天系统停机" in signed_in(office.zhou_min).get(f"/consequences/{fine.pk}/").content.decode()


def test_nobody_decides_who_may_not(office: Cast, fine: Proposal, signed_in: SignedIn) -> None:
    """赵启 knows the case and has no button; 林晓 and 方明 do not know of it; whoever posts all the same changes
    nothing.
    """
    before = state(fine)
    known = signed_in(office.zhao_qi).get(f"/consequences/{fine.pk}/")
    assert (known.status_code, b'name="approve"' in known.content) == (200, False)
    assert press(signed_in(office.zhao_qi), fine, "approve", amount="300")[0] == 422
    for member in (office.lin_xiao, office.fang_ming):
        browser = signed_in(member)
        refused = browser.get(f"/consequences/{fine.pk}/")
        assert (refused.status_code, "罚款" in refused.content.decode()) == (403, False)
        assert press(browser, fine, "approve", amount="300")[0] == 403
    assert state(fine) == before


def test_more_of_them_take_no_more_queries(office: Cast, fine: Proposal, signed_in: SignedIn) -> None:
    """One or four: the box costs the same; box and page stay within their budgets."""
    browser, costs = signed_in(office.zhou_min), []
    for number in range(2):
        browser.get("/consequences/")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/consequences/")
        costs.append(len(asked))
        if number == 0:
            for name in ("甲", "乙", "丙"):
                customer(office.lin_xiao, name)
            until(2026, 3, 12, 9, 0)
    assert len(proposals("check_results", 1)) == 4
    assert costs[0] == costs[1] <= MOST_FOR_BOXES
    with CaptureQueriesContext(connection) as asked:
        browser.get(f"/consequences/{fine.pk}/")
    assert len(asked) <= MOST_FOR_ONE


def test_the_pages_are_english_too(office: Cast, fine: Proposal, signed_in: SignedIn) -> None:
    """Whoever reads English finds the boxes and one of them in English."""
    browser = signed_in(office.zhou_min)
    browser.post("/language", {"language": "en", "next": "/consequences/"})
    assert "For me to decide" in browser.get("/consequences/").content.decode()
    page = browser.get(f"/consequences/{fine.pk}/").content.decode()
    assert ">Approve<" in page
    assert "<h1>Fine" in page
