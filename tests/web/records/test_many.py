"""What is done with chosen records: handing over, bulk edits, merging, pairs that may be one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.jobs.actions import run_now
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import StartScan
from keguan.runtime.records.models import BulkEdit, Merge, Scan, Suspect, Transfer
from tests.runtime.records.filing import customer, reception

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast
    from tests.web.conftest import SignedIn
    from tests.web.records.conftest import Filed


def html(client: Client, address: str) -> str:
    """A page that answers."""
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()[:2000]
    return response.content.decode()


def test_boxes_are_for_those_who_may(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """The service manager can choose rows and do three things with them; a salesperson sees no box."""
    page = html(signed_in(company.zhou_min), "/records/customer/")
    assert page.count('class="pick"') == 2
    for address in ("hand-over/", "bulk/", "merge/", "duplicates/"):
        assert f"/records/customer/{address}" in page
    assert 'class="pick"' not in html(signed_in(company.lin_xiao), "/records/customer/")


def test_handing_over(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """The form names the chosen, says what is wrong, hands over, and both sides find it in their lists."""
    client = signed_in(company.zhou_min)
    address = f"/records/customer/hand-over/?id={filed.su_qing}&id={filed.gu_mingyuan}"
    assert "苏晴" in html(client, address)
    given = {"id": [filed.su_qing, filed.gu_mingyuan], "to": "没有这个人", "reason": "片区调整"}
    wrong = client.post("/records/customer/hand-over/", given)
    assert (wrong.status_code, "请填写一位同事的姓名或登录名。" in wrong.content.decode()) == (422, True)
    done = client.post("/records/customer/hand-over/", {**given, "to": "方明"})
    assert done["Location"] == "/records/-/hand-overs/"
    assert "移交给 方明" in html(client, "/records/-/hand-overs/")
    receiver = signed_in(company.fang_ming)
    assert "周敏 移交给您" in html(receiver, "/records/-/hand-overs/")
    page = html(receiver, f"/records/customer/{filed.su_qing}/")
    assert "片区调整" in page
    assert "林晓" in page


def test_an_offer_is_accepted_on_its_page(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """Nothing moves before the receiver presses the button."""
    given = {"id": filed.su_qing, "to": "方明", "reason": "片区调整", "acceptance": "1"}
    signed_in(company.zhou_min).post("/records/customer/hand-over/", given)
    receiver = signed_in(company.fang_ming)
    assert "等待确认" in html(receiver, "/records/-/hand-overs/")
    assert receiver.get(f"/records/customer/{filed.su_qing}/").status_code == 403
    receiver.post(f"/records/-/hand-overs/{Transfer.objects.get().pk}/", {"state": "done"})
    assert receiver.get(f"/records/customer/{filed.su_qing}/").status_code == 200


def test_a_bulk_edit(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """Fields are chosen by their boxes; the result names each record and why, and comes as a workbook."""
    client = signed_in(company.zhou_min)
    address = f"/records/customer/bulk/?id={filed.su_qing}&id={filed.gu_mingyuan}"
    page = html(client, address)
    assert 'value="source"' in page
    assert 'value="phone"' not in page
    empty = client.post("/records/customer/bulk/", {"id": [filed.su_qing]})
    assert "请至少选择一项要修改的内容。" in empty.content.decode()
    ids = [filed.su_qing, filed.gu_mingyuan]
    done = client.post("/records/customer/bulk/", {"id": ids, "set": "source", "source": "来访"})
    edit = BulkEdit.objects.get()
    assert done["Location"] == f"/records/-/bulk/{edit.pk}/"
    assert "正在修改" in html(client, done["Location"])
    run_now(edit.job_id or 0)
    page = html(client, done["Location"])
    assert re.findall(r"(已修改|本来就是这样|不能改) (\d+)", page) == [
        ("已修改", "1"),
        ("本来就是这样", "1"),
        ("不能改", "0"),
    ]
    file = client.get(f"/records/-/bulk/{edit.pk}/results.xlsx")
    assert file["Content-Type"].endswith("spreadsheetml.sheet")
    assert signed_in(company.lin_xiao).get(done["Location"]).status_code == 403


def test_merging_and_taking_it_back(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """Side by side, field by field; the old address leads on; the record's page takes it back."""
    client = signed_in(company.zhou_min)
    one = client.get(f"/records/customer/merge/?id={filed.su_qing}")
    assert "合并要正好选择两份档案" in one.content.decode()
    page = html(client, f"/records/customer/merge/?id={filed.su_qing}&id={filed.gu_mingyuan}")
    assert 'name="take.phone"' in page
    assert "139****5612" in page
    given = {"id": [filed.su_qing, filed.gu_mingyuan], "reason": "同一人两份", "take.source": "1", "take.name": "0"}
    done = client.post("/records/customer/merge/", given)
    assert done["Location"] == f"/records/customer/{filed.su_qing}/"
    moved = client.get(f"/records/customer/{filed.gu_mingyuan}/")
    assert (moved.status_code, moved["Location"]) == (302, done["Location"])
    assert "撤销合并" in html(client, done["Location"])
    back = client.post(f"/records/-/merges/{Merge.objects.get().pk}/undo/", {"type": "customer"})
    assert back["Location"] == f"/records/customer/{filed.gu_mingyuan}/"
    viewer = viewer_for(company.zhou_min.id)
    assert records.get(viewer, "customer", filed.su_qing).cells["source"].text == "来访"


def test_every_old_address_leads_to_the_survivor(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """The drawer, the reasons, the form, printing and the terms of a merged id are those of the surviving record, with
    what stood behind the question mark; a form that is sent is not sent on.
    """
    client = signed_in(company.zhou_min)
    given = {"id": [filed.gu_mingyuan, filed.su_qing], "reason": "同一位客户"}
    assert client.post("/records/customer/merge/", given).status_code == 302
    pages = ("", "drawer/", "edit/", "reveal/phone/", "why/customer_grade/?of=1")
    for page in pages:
        answer = client.get(f"/records/customer/{filed.su_qing}/{page}")
        assert (answer.status_code, answer["Location"]) == (302, f"/records/customer/{filed.gu_mingyuan}/{page}")
    terms = client.get(f"/retention/records/customer/{filed.su_qing}/")
    assert terms["Location"] == f"/retention/records/customer/{filed.gu_mingyuan}/"
    assert client.post(f"/records/customer/{filed.su_qing}/reveal/phone/", {"reason": "核对来电"}).status_code == 403


def test_all_that_the_list_finds_is_handed_over(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """From the list's button: how many, to whom; the result page shows the progress, then what became of each."""
    client = signed_in(company.zhou_min)
    assert "移交全部" in html(client, "/records/customer/")
    address = "/records/customer/hand-over/?f.customer_kind=" + "个人"
    assert "将移交符合列表条件的全部" in html(client, address)
    wrong = client.post(address, {"to": "赵启", "reason": "换"})
    assert wrong.status_code == 422
    answer = client.post(address, {"to": "赵启", "reason": "片区调整"})
    results = str(answer["Location"])
    assert "正在移交" in html(client, results)
    run_now(BulkEdit.objects.get().job_id or 0)
    shown = html(client, results)
    assert "移交结果" in shown
    assert "已移交" in shown
    assert "批量修改" not in shown.split("<main", 1)[-1]
    assert Transfer.objects.get().to_id == company.zhao_qi.id


def test_a_bulk_job_is_stopped_on_its_page(company: Cast, signed_in: SignedIn, filed: Filed) -> None:
    """By whoever began it, before it began: everything stays; nobody else finds its page."""
    client, other = signed_in(company.zhou_min), signed_in(company.xu_ke)
    answer = client.post("/records/customer/hand-over/", {"to": "赵启", "reason": "片区调整"})
    results = str(answer["Location"])
    assert other.post(f"{results}stop/").status_code == 403
    assert client.post(f"{results}stop/").status_code == 302
    assert "中途停下了" in html(client, results)
    assert not Transfer.objects.exists()


def test_an_old_address_says_nothing_to_whom_the_survivor_is_out_of_sight(
    company: Cast, signed_in: SignedIn, filed: Filed
) -> None:
    """方明 gets the same answer for a merged id as for one that never was."""
    given = {"id": [filed.su_qing, filed.gu_mingyuan], "reason": "同一人两份"}
    signed_in(company.zhou_min).post("/records/customer/merge/", given)
    other = signed_in(company.fang_ming)
    answers = [other.get(f"/records/customer/{each}/") for each in (filed.gu_mingyuan, 10**6)]
    assert [each.status_code for each in answers] == [403, 403]


def test_pairs_that_may_be_one(company: Cast, signed_in: SignedIn) -> None:
    """The list says why; one is dismissed and gone; the search can be begun from it."""
    one = customer(company.lin_xiao, "张伟明", "13800135612")
    two = customer(company.fang_ming, "张炜明", "13800135613")
    client = signed_in(company.zhou_min)
    assert "还没有查过" in html(client, "/records/customer/duplicates/")
    assert client.post("/records/customer/duplicates/scan/").status_code == 302
    assert "正在查找" in html(client, "/records/customer/duplicates/")

    run_now(Scan.objects.get().job_id or 0)
    page = html(client, "/records/customer/duplicates/")
    for text in ("张伟明", "张炜明", "姓名读音相近", "手机只差一处", f"?id={one}&amp;id={two}"):
        assert text in page
    assert "13800135612" not in page
    client.post(f"/records/customer/duplicates/{Suspect.objects.get().pk}/dismiss/")
    assert "没有疑似重复" in html(client, "/records/customer/duplicates/")


def test_pages_ask_the_same_however_much_there_is(company: Cast, signed_in: SignedIn) -> None:
    """Queries of the pairs and of a merge do not grow with what there is."""
    client = signed_in(company.zhou_min)
    counts = []
    for many in (2, 5):
        ids = [customer(company.lin_xiao, f"张伟明{many}", f"1380013{many}61{number}") for number in range(many)]
        for each in ids[:2]:
            for _ in range(many):
                reception(company.xu_ke, each)
        run_now(StartScan(viewer=viewer_for(company.zhou_min.id), record_type="customer", wake=False).run())
        taken = []
        for address in ("/records/customer/duplicates/", f"/records/customer/merge/?id={ids[0]}&id={ids[1]}"):
            with CaptureQueriesContext(connection) as captured:
                html(client, address)
            taken.append(len(captured))
        counts.append(taken)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 75
