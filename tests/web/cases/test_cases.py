"""The pages of cases: boxes, a case and its moves, starting one, the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime.processes.models import Case, Move, Share
from tests.runtime.processes.world import open_task, start

if TYPE_CHECKING:
    from tests.runtime.processes.world import Office
    from tests.web.conftest import SignedIn

MATTER = {"matter": "空调不制冷"}
MOST_FOR_BOXES = 30
MOST_FOR_CASE = 60


def test_a_case_is_started_from_its_record(office: Office, signed_in: SignedIn) -> None:
    """林晓 opens her customer, presses 发起客户投诉, leaves the matter out, is told at the field, and starts it."""
    browser = signed_in(office.cast.lin_xiao)
    record = browser.get(f"/records/customer/{office.customer}/")
    address = f"/cases/new/complaint/{office.customer}/"
    assert address in record.content.decode()
    refused = browser.post(address, {"v-claim": "5000"})
    assert refused.status_code == 422
    assert "必须填写" in refused.content.decode()
    assert 'value="5000"' in refused.content.decode()
    assert Case.objects.count() == 0
    begun = browser.post(address, {"v-matter": "空调不制冷", "v-claim": "5000"})
    case = Case.objects.get()
    assert begun["Location"] == f"/cases/{case.pk}/"
    assert open_task(case, "judging").due_at is not None


def test_the_box_shows_what_waits(office: Office, signed_in: SignedIn) -> None:
    """赵启 finds the complaint in his box by its number, with its step and the time left; 林晓 finds it in hers."""
    case = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    page = signed_in(office.cast.zhao_qi).get("/cases/").content.decode()
    assert case.number in page
    assert "定责" in page
    assert "还有 24 小时" in page
    assert case.number in signed_in(office.cast.lin_xiao).get("/cases/?box=started").content.decode()
    assert case.number not in signed_in(office.cast.fang_ming).get("/cases/").content.decode()


def test_a_step_is_completed_on_the_page(office: Office, signed_in: SignedIn) -> None:
    """赵启 reads the form, presses 成立 with an opinion, and comes back to the case, which has gone on."""
    case = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    browser = signed_in(office.cast.zhao_qi)
    page = browser.get(f"/cases/{case.pk}/").content.decode()
    assert "空调不制冷" in page
    assert ">成立<" in page.replace("\n", "").replace("  ", "")
    task = open_task(case, "judging")
    done = browser.post(
        f"/cases/{case.pk}/moves/complete/",
        {"task_id": task.pk, "version": case.version, "outcome": "成立", "opinion": "属实"},
    )
    assert done["Location"] == f"/cases/{case.pk}/"
    after = browser.get(f"/cases/{case.pk}/").content.decode()
    assert "属实" in after
    assert "签名有效" in after
    assert open_task(case, "calling").state == "open"


def test_whoever_is_slower_is_told_and_keeps_what_was_typed(office: Office, signed_in: SignedIn) -> None:
    """A stale version is refused on the case as it stands now, with the opinion still in the field."""
    case = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    task = open_task(case, "judging")
    browser, moves = signed_in(office.cast.zhao_qi), Move.objects.count()
    refused = browser.post(
        f"/cases/{case.pk}/moves/complete/",
        {"task_id": task.pk, "version": case.version - 1, "outcome": "成立", "opinion": "写了很久的意见"},
    )
    assert refused.status_code == 422
    assert "写了很久的意见" in refused.content.decode()
    assert Move.objects.count() == moves
    case.refresh_from_db()
    assert open_task(case, "judging").pk == task.pk


def test_every_move_has_its_panel(office: Office, signed_in: SignedIn) -> None:
    """转办 offers people and goes to the one chosen; a move that may not be made says why and has no link."""
    case = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    task = open_task(case, "judging")
    browser = signed_in(office.cast.zhao_qi)
    page = browser.get(f"/cases/{case.pk}/?move=transfer&task={task.pk}").content.decode()
    assert "周敏" in page
    assert 'aria-disabled="true"' in page
    browser.post(
        f"/cases/{case.pk}/moves/transfer/",
        {
            "task_id": task.pk,
            "version": Case.objects.get().version,
            "staff": office.cast.zhou_min.id,
            "opinion": "请办",
        },
    )
    assert Share.objects.filter(task=task, staff_id=office.cast.zhou_min.id, state="open").count() == 1


def test_nobody_sees_a_case_out_of_sight(office: Office, signed_in: SignedIn) -> None:
    """方明, of another branch, is refused the case, its sheet and its moves; nothing changes."""
    case = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    browser, moves = signed_in(office.cast.fang_ming), Move.objects.count()
    for address in (f"/cases/{case.pk}/", f"/cases/{case.pk}/print/"):
        answer = browser.get(address)
        assert answer.status_code == 403
        assert "空调不制冷" not in answer.content.decode()
    assert browser.post(f"/cases/{case.pk}/moves/comment/", {"opinion": "我来看看"}).status_code == 403
    assert Move.objects.count() == moves


@pytest.mark.parametrize("count", [1, 4])
def test_more_cases_take_no_more_queries(office: Office, signed_in: SignedIn, count: int) -> None:
    """Boxes, board and case stay within their budgets, however many cases there are."""
    cases = [start(office.cast.lin_xiao, "complaint", office.customer, MATTER) for _ in range(count)]
    browser = signed_in(office.cast.zhao_qi)
    for address, most in (
        ("/cases/", MOST_FOR_BOXES),
        ("/cases/board/complaint/", MOST_FOR_BOXES),
        (f"/cases/{cases[0].pk}/", MOST_FOR_CASE),
    ):
        browser.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(address).status_code == 200
        assert len(asked) <= most


def test_the_pages_are_english_too(office: Office, signed_in: SignedIn) -> None:
    """Whoever reads English finds the boxes and a case in English."""
    case = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    browser = signed_in(office.cast.zhao_qi)
    browser.post("/language", {"language": "en", "next": "/cases/"})
    assert "Cases" in browser.get("/cases/").content.decode()
    assert "Time limits" in browser.get(f"/cases/{case.pk}/").content.decode()
