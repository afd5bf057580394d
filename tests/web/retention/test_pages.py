"""The pages of retention: overview, a batch, witnesses, holds, what is only stored, the list; budgets and languages."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from keguan.runtime import clock
from keguan.runtime.jobs.actions import run_now
from keguan.runtime.retention.models import Aside, Batch, Destroyed, Hold
from keguan.runtime.retention.working import catch_up
from tests.cast import PASSWORD
from tests.runtime.retention.world import (
    approved,
    gathered,
    memo,
    sender,
    stored,
    submitted,
    there,
    waybill,
    witness,
)

if TYPE_CHECKING:
    from tests.cast import Cast, Member
    from tests.web.conftest import SignedIn

BUDGETS = {
    "/retention/": 40,
    "/retention/batches/": 24,
    "/retention/holds/": 26,
    "/retention/stored/": 32,
    "/retention/list/": 22,
}
MOST_FOR_A_BATCH = 34
ADDRESS = "云岭市清溪路七十七号院"


def browser_of(member: Member) -> Client:
    """A browser in which this person has signed in with their password."""
    browser = Client()
    answer = browser.post("/sign-in", {"username": member.username, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()[:500]
    return browser


def text(answer: object) -> str:
    """What a page says, blanks made one."""
    return re.sub(r"\s+", " ", answer.content.decode())  # type: ignore[attr-defined]


def test_the_whole_way_on_the_pages(archive: Cast) -> None:
    """Struck out, submitted, approved, watched by two in their own browsers, destroyed, and in the list."""
    kept, gone = waybill(archive.xu_ke), waybill(archive.xu_ke, receiver_address=ADDRESS)
    batch = gathered()
    url = f"/retention/batches/{batch.pk}/"
    keeper = browser_of(archive.xu_ke)
    assert ADDRESS in text(keeper.get(url))
    item = batch.items.get(record_id=kept)
    keeper.post(url, {"strike": "1", "item": str(item.pk), "reason": "客户正在查询"})
    answer = keeper.post(url, {"submit": "1", "opinion": "期满，申请销毁"}, follow=True)
    assert "审批中" in text(answer)
    from keguan.runtime.processes.models import Case
    from tests.runtime.processes.world import complete

    batch.refresh_from_db()
    case = Case.objects.get(pk=batch.case_id or 0)
    complete(archive.zhou_min, case, "decide", "同意")
    complete(archive.lin_xiao, case, "decide", "同意")
    assert "您是提出人，不能监销" in text(keeper.get(url))
    first, second = browser_of(archive.zhao_qi), browser_of(archive.he_shen)
    assert "还要监销" in text(first.post(url, {"witness": "1", "password": PASSWORD}, follow=True))
    assert there("waybill", gone)
    assert "处理中" in text(second.post(url, {"witness": "1", "password": PASSWORD}, follow=True))
    batch.refresh_from_db()
    assert run_now(batch.job_id or 0)
    assert [there("waybill", each) for each in (kept, gone)] == [True, False]
    page = text(keeper.get(f"/retention/list/?batch={batch.pk}"))
    assert f"{batch.number}-00001" in page
    assert "赵启、何审" in page
    assert ADDRESS not in page
    assert ADDRESS not in text(keeper.get(url))


def test_those_who_approve_see_the_list(archive: Cast, signed_in: SignedIn) -> None:
    """Whoever handles the case finds the batch from it and sees what would be destroyed, by their own classes; somebody
    else does not.
    """
    waybill(archive.xu_ke, receiver_address=ADDRESS)
    batch = gathered()
    number = stored("waybill", batch.items.get().record_id, "waybill_number")[0]
    case = submitted(archive, batch)
    approver = signed_in(archive.lin_xiao)
    assert f"/retention/batches/{batch.pk}/" in text(approver.get(f"/cases/{case.pk}/"))
    page = text(approver.get(f"/retention/batches/{batch.pk}/"))
    assert number in page
    assert ADDRESS not in page
    assert signed_in(archive.guan_li).get(f"/retention/batches/{batch.pk}/").status_code == 403


def test_a_wrong_password_watches_nothing(archive: Cast) -> None:
    """The page says that it did not fit, and nothing was confirmed."""
    waybill(archive.xu_ke)
    batch = approved(archive, gathered())
    answer = browser_of(archive.zhao_qi).post(
        f"/retention/batches/{batch.pk}/", {"witness": "1", "password": "not-my-password"}
    )
    assert answer.status_code == 422
    assert "没有通过验证" in text(answer)
    assert not batch.witnesses.exists()


def test_a_refusal_keeps_what_was_typed(archive: Cast, signed_in: SignedIn) -> None:
    """An opinion too short is refused on the page, and still stands in its field."""
    waybill(archive.xu_ke)
    batch = gathered()
    answer = signed_in(archive.xu_ke).post(f"/retention/batches/{batch.pk}/", {"submit": "1", "opinion": "好"})
    assert answer.status_code == 422
    assert ">好</textarea>" in text(answer)
    assert Batch.objects.get().state == "gathered"


def test_a_record_is_held_and_released_on_the_pages(archive: Cast, signed_in: SignedIn) -> None:
    """Held on its own page; the holder is not offered to lift it, and somebody else lifts it."""
    record = waybill(archive.xu_ke)
    holder, other = signed_in(archive.xu_ke), signed_in(archive.zhao_qi)
    page = f"/retention/records/waybill/{record}/"
    answer = holder.post(page, {"hold": "1", "reason": "法院要求保全证据"}, follow=True)
    assert "许可于2026-06-30封存" in text(answer)
    assert "解除的事由" not in text(holder.get("/retention/holds/"))
    hold = Hold.objects.get()
    refused = holder.post("/retention/holds/", {"hold": str(hold.pk), "reason": "案件已经了结"})
    assert refused.status_code == 422
    assert "自己封存的不能自己解除" in text(refused)
    other.post("/retention/holds/", {"hold": str(hold.pk), "reason": "案件已经了结"})
    hold.refresh_from_db()
    assert hold.lifted_by_name == "赵启"


def test_what_is_only_stored_is_held_and_taken_back_on_its_page(archive: Cast, signed_in: SignedIn) -> None:
    """Without a hold the page says why not; held and taken back it is among the others; an auditor has no form."""
    record = memo(archive.xu_ke, "2026-05-31")
    catch_up()
    page = f"/retention/stored/memo/{record}/"
    assert "取回" not in text(signed_in(archive.he_shen).get(page)).split("<main", 1)[-1]
    keeper = signed_in(archive.xu_ke)
    answer = keeper.post(page, {"take": "1", "reason": "法院调取材料"})
    assert answer.status_code == 422
    assert "请先封存，再取回" in text(answer)
    assert "已封存" in text(keeper.post(page, {"hold": "1", "reason": "法院调取材料"}, follow=True))
    assert "已取回" in text(keeper.post(page, {"take": "1", "reason": "法院调取材料"}, follow=True))
    assert there("memo", record)
    assert not Aside.objects.exists()


def test_whoever_signed_in_long_ago_proves_it_again_before_watching(archive: Cast) -> None:
    """Twenty minutes after signing in, a witness is asked who they are first; nothing is confirmed."""
    waybill(archive.xu_ke)
    batch = approved(archive, gathered())
    browser = browser_of(archive.zhao_qi)
    clock.advance(timedelta(minutes=20))
    page = f"/retention/batches/{batch.pk}/"
    answer = browser.post(page, {"witness": "1", "password": PASSWORD}, headers={"referer": f"http://testserver{page}"})
    assert (answer.status_code, answer["Location"]) == (302, f"/account/again?next={quote(page, safe='')}")
    assert not batch.witnesses.exists()


def test_erasing_wants_to_be_sure(archive: Cast, signed_in: SignedIn) -> None:
    """Without the tick nothing is erased; with it everything of the person is only stored."""
    person = sender(archive.xu_ke)
    mine = waybill(archive.xu_ke, "2026-01-31", sender=str(person))
    browser, page = signed_in(archive.zhao_qi), f"/retention/records/sender/{person}/"
    answer = browser.post(page, {"erase": "1", "erase_reason": "本人来函要求删除"})
    assert (answer.status_code, there("sender", person)) == (422, True)
    answer = browser.post(page, {"erase": "1", "erase_reason": "本人来函要求删除", "sure": "1"}, follow=True)
    assert "应本人要求删除" in text(answer)
    assert Aside.objects.count() == 2
    shown = text(browser.get(f"/retention/stored/waybill/{mine}/"))
    assert "法定保存期限到2027-01-31，期满销毁。" in shown
    assert browser.get(f"/records/waybill/{mine}/").status_code == 403


def test_the_records_page_says_until_when(archive: Cast, signed_in: SignedIn) -> None:
    """Everybody who sees the record reads the sentence with its clause; only those who may act get the link."""
    record = waybill(archive.xu_ke, "2026-01-31")
    page = text(signed_in(archive.zhao_qi).get(f"/records/waybill/{record}/"))
    assert "保存到2027-01-31：自签收日起1年，之后销毁（运单保存，快递暂行条例第三十四条）。" in page
    assert "/policies/retention-tests/#keeping" in page
    assert f"/retention/records/waybill/{record}/" in page
    assert "/retention/records/" not in text(signed_in(archive.lin_xiao).get(f"/records/waybill/{record}/"))


def test_the_desk_names_what_waits(archive: Cast, signed_in: SignedIn) -> None:
    """A batch to be appraised stands on the desk of those who dispose, and on nobody else's."""
    waybill(archive.xu_ke)
    batch = gathered()
    assert batch.number in text(signed_in(archive.xu_ke).get("/desk/"))
    assert batch.number not in text(signed_in(archive.lin_xiao).get("/desk/"))
    approved(archive, batch)
    assert batch.number in text(signed_in(archive.he_shen).get("/desk/"))
    assert batch.number not in text(signed_in(archive.xu_ke).get("/desk/"))


def test_proof_by_those_who_know(archive: Cast, signed_in: SignedIn) -> None:
    """Whoever knows the number finds the line; another number finds none, and nothing typed stands on the page."""
    record = waybill(archive.xu_ke)
    number = str(stored("waybill", record, "waybill_number")[0])
    batch = approved(archive, gathered())
    witness(archive.zhao_qi, batch)
    witness(archive.fang_ming, batch)
    batch.refresh_from_db()
    run_now(batch.job_id or 0)
    browser = signed_in(archive.he_shen)
    answer = text(browser.post("/retention/list/proof/", {"type": "waybill", "v_waybill_number": number}))
    assert Destroyed.objects.get().reference in answer
    assert number not in answer
    missed = text(browser.post("/retention/list/proof/", {"type": "waybill", "v_waybill_number": "YD777777"}))
    assert "清册里没有与这些资料相符的档案" in missed


@pytest.mark.parametrize("url", BUDGETS)
def test_others_are_refused(archive: Cast, signed_in: SignedIn, url: str) -> None:
    """Somebody who neither disposes nor holds nor audits is told so, and sees nothing."""
    answer = signed_in(archive.lin_xiao).get(url)
    assert answer.status_code == 403
    assert "保存与销毁" not in text(signed_in(archive.lin_xiao).get("/desk/"))


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize("url", BUDGETS)
def test_budgets(archive: Cast, signed_in: SignedIn, url: str, rows: int) -> None:
    """A list costs the same queries, however much stands in it."""
    for number in range(rows):
        waybill(archive.xu_ke, "2025-01-01")
        memo(archive.xu_ke, "2026-05-01")
        Hold.objects.create(
            kind="held", record_type="waybill", record_id=number + 1, reason="保全", since="2026-06-01",
            by_id=archive.zhao_qi.id, by_name="赵启", at="2026-06-01T00:00:00Z",
        )  # fmt: skip
    catch_up()
    browser = signed_in(archive.xu_ke)
    browser.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(url).status_code == 200
    assert len(queries) <= BUDGETS[url]


def test_the_budget_of_a_batch(archive: Cast, signed_in: SignedIn) -> None:
    """A batch of sixty costs no more queries than its budget, and its second page has the rest."""
    for _ in range(60):
        waybill(archive.xu_ke)
    batch = gathered()
    browser = signed_in(archive.xu_ke)
    with CaptureQueriesContext(connection) as queries:
        page = text(browser.get(f"/retention/batches/{batch.pk}/"))
    assert len(queries) <= MOST_FOR_A_BATCH
    assert page.count('name="item"') == 50
    after = re.search(r"\?after=(\d+)", page)
    assert after
    assert text(browser.get(f"/retention/batches/{batch.pk}/?after={after[1]}")).count('name="item"') == 10


@pytest.mark.parametrize("url", BUDGETS)
def test_both_languages(archive: Cast, signed_in: SignedIn, url: str) -> None:
    """In English no Chinese is left of the page's own words."""
    browser = signed_in(archive.he_shen)
    browser.post("/language", {"language": "en"})
    page = browser.get(url).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert not re.search(r"[一-鿿]", re.sub(r"<option.*?</option>", "", main))
