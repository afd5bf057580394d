"""The pages of exports: from a list to a file, through an approval where one is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.exports.models import Export as Stored
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.permits.models import Permit
from tests.runtime.exports.world import add, approved, chosen, decide, fetched, job_of, make

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from tests.cast import Cast
    from tests.web.conftest import SignedIn


def test_the_list_leads_to_its_export(company: Cast, partners: list[int], signed_in: SignedIn) -> None:
    """Whoever may export finds the link, with the list's conditions in it; whoever may not does not."""
    address = "/exports/new/partner/?is.city=云岭"
    page = signed_in(company.xu_ke).get("/records/partner/?is.city=云岭").content.decode()
    assert 'href="/exports/new/partner/?is.city=' in page
    assert "/exports/new/" not in signed_in(company.fang_ming).get("/records/partner/").content.decode()
    shown = signed_in(company.xu_ke).get(address).content.decode()
    assert "城市：云岭" in shown
    assert "2 份" in shown
    assert "评语" not in shown
    refused = signed_in(company.fang_ming).get("/exports/new/partner/").content.decode()
    assert "按制度，您不能导出这类档案" in refused


def test_from_the_page_to_the_file(company: Cast, partners: list[int], signed_in: SignedIn) -> None:
    """Ticked, sent, made and fetched: the file comes by a POST from its owner alone, with its name, not to be kept by
    any cache, and the ledger has the address.
    """
    client = signed_in(company.xu_ke)
    posted = {"c": ["name", "phone"], "form": "csv", "purpose": "邮寄对账单", "recipient": "本人", "is.city": "云岭"}
    answer = client.post("/exports/new/partner/", posted)
    export = Stored.objects.get()
    assert answer["Location"] == f"/exports/{export.pk}/"
    assert "排队中" in client.get(answer["Location"]).content.decode()
    make(viewer_for(company.xu_ke.id), export.pk)
    page = client.get(f"/exports/{export.pk}/state/").content.decode()
    assert f'action="/exports/{export.pk}/file/"' in page
    assert "hx-get" not in page
    assert client.get(f"/exports/{export.pk}/file/").status_code == 405
    file = client.post(f"/exports/{export.pk}/file/")
    data = b"".join(file.streaming_content)  # type: ignore[attr-defined]
    assert data.decode("utf-8-sig").count("\r\n") == 3
    assert file["Content-Disposition"] == (
        f"attachment; filename*=UTF-8''%E5%BE%80%E6%9D%A5%E5%AE%A2%E6%88%B7-EX{export.pk:06d}.csv"
    )
    assert (file["Cache-Control"], file["Content-Length"]) == ("no-store", str(len(data)))
    assert signed_in(company.zhao_qi).post(f"/exports/{export.pk}/file/").status_code == 403
    (entry,) = ledger.entries_page(filters=ledger.EntryFilters(action="exports.download")).entries
    assert entry.data["address"] == "127.0.0.1"


def test_a_bulk_export_is_asked_for_and_then_made(company: Cast, partners: list[int], signed_in: SignedIn) -> None:
    """Five rows: the page offers to ask, not to export; asked with the process's own fields, approved in the case, the
    permit's page has the button.
    """
    add(company, "新客户", "云岭", "", "", "")
    client = signed_in(company.xu_ke)
    page = client.get("/exports/new/partner/").content.decode()
    assert "5 行以上为批量导出" in page
    assert '<button class="button button--main">导出</button>' not in page
    assert 'name="partner_approval-guard"' in page
    assert 'name="partner_approval-purpose"' not in page
    posted = {
        "c": ["name"], "form": "csv", "purpose": "年度对账", "recipient": "事务所", "ask": "partner_approval",
        "partner_approval-guard": "水印",
    }  # fmt: skip
    wrong = client.post("/exports/new/partner/", {**posted, "purpose": ""})
    assert wrong.status_code == 422
    assert "请写明用途" in wrong.content.decode()
    assert not Permit.objects.exists()
    answer = client.post("/exports/new/partner/", posted)
    permit = Permit.objects.get()
    assert answer["Location"] == f"/exports/permits/{permit.pk}/"
    assert "按批准的导出" not in client.get(answer["Location"]).content.decode()
    decide(company.zhou_min, permit.case_id)
    assert "按批准的导出" in client.get(answer["Location"]).content.decode()
    begun = client.post(f"/exports/permits/{permit.pk}/export/")
    assert begun["Location"] == f"/exports/{Stored.objects.get().pk}/"
    assert "已用完" in client.get(answer["Location"]).content.decode()


def test_one_s_own_list(
    company: Cast,
    partners: list[int],
    signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    """Empty it says what to do; later it has one's own and nobody else's, in few queries."""
    client = signed_in(company.xu_ke)
    assert "还没有导出过" in client.get("/exports/").content.decode()
    fetched(company.xu_ke, chosen("name"))
    fetched(company.zhao_qi, chosen("name"))
    approved(company, company.xu_ke, chosen("name"))
    with django_assert_max_num_queries(14):
        page = client.get("/exports/").content.decode()
    mine, other = (Stored.objects.get(staff_id=each.id).number for each in (company.xu_ke, company.zhao_qi))
    assert (mine in page, other in page, "已准予" in page) == (True, False, True)


def test_the_register(company: Cast, partners: list[int], signed_in: SignedIn) -> None:
    """The auditor finds exports and permits by name; a clerk is refused."""
    fetched(company.xu_ke, chosen("name"))
    approved(company, company.zhao_qi, chosen("name"))
    auditor = signed_in(company.he_shen)
    page = auditor.get("/exports/register/?staff=许&type=partner").content.decode()
    assert Stored.objects.get().number in page
    assert "10.1.2.3" in page
    assert "没有符合条件的导出" in auditor.get("/exports/register/?since=2026-03-03").content.decode()
    assert "赵启" in auditor.get("/exports/register/permits/").content.decode()
    for address in ("/exports/register/", "/exports/register/permits/", "/exports/trace/"):
        assert signed_in(company.xu_ke).get(address).status_code == 403


def test_a_leaked_file_is_traced(company: Cast, partners: list[int], signed_in: SignedIn) -> None:
    """The auditor gives the file in and is told whose it is; a strange one leads nowhere."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    data = fetched(company.xu_ke, chosen("name"))
    client = signed_in(company.he_shen)
    told = client.post("/exports/trace/", {"file": SimpleUploadedFile("x.csv", data)}).content.decode()
    assert Stored.objects.get().number in told
    assert "逐字节相同" in told
    assert "没有找到来源" in client.post("/exports/trace/", {"text": "a,b\n1,2"}).content.decode()
    assert client.post("/exports/trace/", {}).status_code == 422


def test_the_sheet_of_a_record(company: Cast, partners: list[int], signed_in: SignedIn) -> None:
    """What may be printed is on the sheet, masked where it must be, with who and when behind it; the ledger has it. The
    balance waits for an approval, and the remark is never printed.
    """
    client = signed_in(company.xu_ke)
    address = f"/exports/print/partner/{partners[0]}/"
    assert f'href="{address}"' in client.get(f"/records/partner/{partners[0]}/").content.decode()
    assert "云岭建材" not in client.get(address).content.decode()
    sheet = client.post(address).content.decode()
    assert "云岭建材" in sheet
    assert "138****0001" in sheet
    assert "许可 云岭置地 2026-03-02" in sheet
    assert ("1,234,567" in sheet, "123.45" in sheet, "常拖欠" in sheet) == (False, False, False)
    (entry,) = ledger.entries_page(filters=ledger.EntryFilters(action="records.print")).entries
    assert (entry.actor_name, entry.subject_id, entry.data["address"]) == ("许可", str(partners[0]), "127.0.0.1")
    assert "不能打印" in signed_in(company.fang_ming).post(address).content.decode()


def test_asking_to_print_what_waits_for_an_approval(company: Cast, partners: list[int], signed_in: SignedIn) -> None:
    """Asked for on the record's page and approved, the balance is on the sheet once."""
    client = signed_in(company.xu_ke)
    posted = {
        "purpose": "当面核对", "recipient": "", "ask": "partner_approval", "partner_approval-guard": "水印",
    }  # fmt: skip
    client.post(f"/exports/ask/partner/{partners[0]}/print/", posted)
    decide(company.zhou_min, Permit.objects.get().case_id)
    address = f"/exports/print/partner/{partners[0]}/"
    assert "1,234,567" in client.post(address).content.decode()
    assert Permit.objects.get().state == "used_up"
    assert "1,234,567" not in client.post(address).content.decode()


@pytest.mark.parametrize(
    ("address", "status"), [("/exports/999/", 403), ("/exports/permits/999/", 403), ("/exports/new/no_such/", 404)]
)
def test_what_is_not_there(company: Cast, partners: list[int], signed_in: SignedIn, address: str, status: int) -> None:
    """An export, a permit or a type that is not there is answered as one that is out of sight."""
    assert signed_in(company.xu_ke).get(address).status_code == status


def test_calling_off_and_looking_on(company: Cast, partners: list[int], signed_in: SignedIn) -> None:
    """Called off by its owner before it is made, the page says so."""
    client = signed_in(company.xu_ke)
    client.post("/exports/new/partner/", {"c": ["name"], "form": "csv", "purpose": "邮寄对账单"})
    export = Stored.objects.get()
    assert client.post(f"/exports/{export.pk}/cancel/").status_code == 302
    assert job_of(export.pk)
    assert "已取消" in client.get(f"/exports/{export.pk}/").content.decode()
