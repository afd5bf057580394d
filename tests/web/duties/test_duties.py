"""The pages of duties: boxes, a duty and what can be done about it, refusals, budgets, both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime.duties.models import Duty
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.org.actions import NameHead
from tests.cast import JIANGNAN
from tests.runtime.duties.world import change, contract, customer, only, until, visit
from tests.written_down import deeds

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast
    from tests.web.conftest import SignedIn

MOST_FOR_BOXES = 28
MOST_FOR_DUTY = 40


@pytest.fixture
def buyer(office: Cast) -> int:
    """苏晴, a B of 林晓's, who is owed a visit in March and a call after her purchase; 赵启 heads the branch."""
    NameHead(actor=SYSTEM, unit_id=office.units[JIANGNAN], staff_id=office.zhao_qi.id).run()
    found = customer(office.lin_xiao, "苏晴")
    contract(office.zhou_min, found)
    return found


def act(browser: Client, duty: Duty, kind: str, **posted: str) -> tuple[int, str]:
    """Press a button of a duty's page: the status and what the page says."""
    answer = browser.post(f"/duties/{duty.pk}/moves/{kind}/", posted, follow=True)
    return answer.status_code, answer.content.decode()


def state(duty: Duty) -> tuple[object, ...]:
    """All that is stored of it, and how much has been written down of anything."""
    return (*Duty.objects.filter(pk=duty.pk).values_list().get(), deeds())


def test_the_boxes_show_what_is_owed_and_by_which_clause(buyer: int, office: Cast, signed_in: SignedIn) -> None:
    """林晓 finds the visit and the call, each with its customer, the time left and its clause; 方明 finds nothing and
    is told so; a box that there is not is refused.
    """
    browser = signed_in(office.lin_xiao)
    page = browser.get("/duties/").content.decode()
    visit_, call = only("visits", buyer), only("after_purchase", buyer)
    for duty in (visit_, call):
        assert f'<a href="/duties/{duty.pk}/" data-row-link>{duty.task}</a>' in page
    assert page.count("苏晴") == 2
    assert "还有 29 天" in page
    assert '<a class="clause" href="/policies/duty-tests/#visits">条款</a>' in page
    today = browser.get("/duties/?box=today").content.decode()
    assert "今天没有到期的待办。" in today
    assert call.task in browser.get("/duties/?box=claimable").content.decode()
    assert "没有待办。" in signed_in(office.fang_ming).get("/duties/").content.decode()
    assert browser.get("/duties/?box=nothing").status_code == 403
    assert browser.get("/duties/?after=damaged").status_code == 403


def test_a_duty_says_why_and_how_it_is_done(buyer: int, office: Cast, signed_in: SignedIn) -> None:
    """The visit is proved by filing one: the page leads there with the customer filled in, and says what counted."""
    browser, duty = signed_in(office.lin_xiao), only("visits", buyer)
    page = browser.get(f"/duties/{duty.pk}/").content.decode()
    assert f'href="/records/visit/new/?customer={buyer}"' in page
    assert "已认 0 次，共要 1 次。" in page
    assert "2026-03-31 周二 18:00" in page
    assert "转交给别人" in page
    assert ">办结<" not in page.replace("\n", "").replace("  ", "")
    visit(office.lin_xiao, buyer, "2026-03-02")
    done = browser.get(f"/duties/{duty.pk}/").content.decode()
    assert "已办结" in done
    assert "凭证" in done
    assert "系统 待办办结" in done


def test_a_duty_is_claimed_put_back_handed_over_and_attested(buyer: int, office: Cast, signed_in: SignedIn) -> None:
    """Each button does what it says and comes back with a sentence."""
    browser, call = signed_in(office.lin_xiao), only("after_purchase", buyer)
    assert "已领取。" in act(browser, call, "claim")[1]
    call.refresh_from_db()
    assert (call.staff_id, call.claimed) == (office.lin_xiao.id, True)
    assert "已放回。" in act(browser, call, "release")[1]
    assert act(browser, call, "hand_over", staff=str(office.xu_ke.id), note="请代打")[0] == 200
    call.refresh_from_db()
    assert call.staff_id == office.xu_ke.id
    status, page = act(signed_in(office.xu_ke), call, "discharge", note="打过了，很满意")
    assert (status, "已办结。" in page, "许可 办结待办" in page) == (200, True, True)
    call.refresh_from_db()
    assert (call.state, call.note, call.done_by_name) == ("done", "打过了，很满意", "许可")


def test_those_above_let_off_with_a_reason(buyer: int, office: Cast, signed_in: SignedIn) -> None:
    """赵启 has the field for it and 林晓 has not; without a reason he is refused and nothing changes."""
    call = only("after_purchase", buyer)
    address, head = f"/duties/{call.pk}/", signed_in(office.zhao_qi)
    assert "moves/exempt/" in head.get(address).content.decode()
    assert "moves/exempt/" not in signed_in(office.lin_xiao).get(address).content.decode()
    before = state(call)
    status, page = act(head, call, "exempt", note=" ")
    assert (status, "请写明" in page) == (422, True)
    assert state(call) == before
    assert act(signed_in(office.lin_xiao), call, "exempt", note="不想打")[0] == 422
    assert state(call) == before
    assert "已免办。" in act(head, call, "exempt", note="客户出国")[1]
    call.refresh_from_db()
    assert (call.state, call.done_by_name) == ("exempted", "赵启")


def test_a_form_keeps_what_was_typed_and_says_what_is_wrong(office: Cast, signed_in: SignedIn) -> None:
    """The number is too short and the need is missing: both are said at their fields, the number still stands there,
    and nothing is stored. Then it is done, and shown by label and masked.
    """
    found = customer(office.lin_xiao, need="商用", sincerity="高")
    change(office.lin_xiao, found, sincerity="中")
    call, browser = only("files", found), signed_in(office.lin_xiao)
    before = state(call)
    status, page = act(browser, call, "discharge", **{"v-other_phone": "12", "note": "说过了"})
    assert (status, 'value="12"' in page, ">说过了</textarea>" in page) == (422, True, True)
    assert "必须填写" in page
    assert state(call) == before
    page = act(browser, call, "discharge", **{"v-need": "投资", "v-other_phone": "13912345678"})[1]
    assert "<dt>备用电话</dt>" in page
    assert "139****5678" in page
    assert "13912345678" not in page


def test_a_checklist_is_answered_item_by_item(office: Cast, signed_in: SignedIn) -> None:
    """An item left out is asked for; answered with the source on file it passes."""
    found = customer(office.lin_xiao, intends="是", source="来电")
    asked, browser = only("files", found), signed_in(office.xu_ke)
    page = browser.get(f"/duties/{asked.pk}/").content.decode()
    assert 'name="c-original" value="yes"' in page
    assert "一票否决" in page
    before = state(asked)
    status, page = act(browser, asked, "discharge")
    assert (status, "请说明是否符合。" in page) == (422, True)
    assert state(asked) == before
    assert act(browser, asked, "discharge", **{"c-original": "yes"})[0] == 200
    asked.refresh_from_db()
    assert asked.state == "done"


def test_nobody_gets_at_what_is_out_of_sight(buyer: int, office: Cast, signed_in: SignedIn) -> None:
    """方明, of another branch, is refused the page and every move of it, in words that do not name the customer; what
    is no move is not found; nothing changes.
    """
    call, browser = only("after_purchase", buyer), signed_in(office.fang_ming)
    before, refused = state(call), browser.get(f"/duties/{call.pk}/")
    assert refused.status_code == 403
    assert "苏晴" not in refused.content.decode()
    for kind in ("discharge", "claim", "release", "hand_over", "exempt", "cancel"):
        assert act(browser, call, kind, note="我来看看", staff=str(office.fang_ming.id))[0] == 403
    assert signed_in(office.lin_xiao).post(f"/duties/{call.pk}/moves/burn/").status_code == 404
    assert browser.get(f"/duties/{call.pk}/moves/claim/").status_code == 405
    assert state(call) == before


def test_what_is_late_says_so(buyer: int, office: Cast, signed_in: SignedIn) -> None:
    """In April the visit of March stands in the late box and on its page as late, and stays late when it is done."""
    duty = only("visits", buyer)
    until(2026, 4, 2, 18, 0)
    browser = signed_in(office.lin_xiao)
    assert "逾期 2 天" in browser.get("/duties/?box=late").content.decode()
    visit(office.lin_xiao, buyer, "2026-03-31")
    assert "逾期办结" in browser.get(f"/duties/{duty.pk}/").content.decode()


def test_more_duties_take_no_more_queries(buyer: int, office: Cast, signed_in: SignedIn) -> None:
    """The boxes cost the same for one duty and for five; they and a duty's page stay within their budgets."""
    browser, costs = signed_in(office.xu_ke), []
    for count in (1, 4):
        for number in range(count):
            customer(office.lin_xiao, f"客户{number}")
        browser.get("/duties/")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/duties/")
        costs.append(len(asked))
    assert costs[0] == costs[1] <= MOST_FOR_BOXES
    with CaptureQueriesContext(connection) as asked:
        browser.get(f"/duties/{only('checks', buyer).pk}/")
    assert len(asked) <= MOST_FOR_DUTY


def test_the_pages_are_english_too(buyer: int, office: Cast, signed_in: SignedIn) -> None:
    """Whoever reads English finds the boxes, a duty and what was done about it in English."""
    browser, call = signed_in(office.lin_xiao), only("after_purchase", buyer)
    act(browser, call, "claim")
    browser.post("/language", {"language": "en", "next": "/duties/"})
    boxes = browser.get("/duties/").content.decode()
    assert "<h1>Duties</h1>" in boxes
    assert "Due this week" in boxes
    page = browser.get(f"/duties/{call.pk}/").content.decode()
    assert "Give back" in page
    assert "林晓 Claim a duty" in page
