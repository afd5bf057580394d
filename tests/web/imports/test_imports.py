"""The import wizard without a browser: each step's page, and what is refused where."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.imports import queries as imports
from keguan.runtime.jobs import actions as jobs
from keguan.runtime.records import queries as records
from tests.cast import Cast
from tests.web.conftest import SignedIn

ROWS = (
    ("林知远", "个人", "13900000001", "11010519491231002X"),
    ("何雨桐", "个人", "13900000003", "110105194912310021"),
)


def _workbook(
    *rows: tuple[str, ...], headings: tuple[str, ...] = ("姓名", "客户类别", "手机", "身份证号")
) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(headings)
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile("customers.xlsx", stream.getvalue())


@pytest.fixture
def step(company: Cast, signed_in: SignedIn) -> object:
    """许可's browser at the wizard."""
    return signed_in(company.xu_ke)


def test_a_file_goes_through_every_step(company: Cast, signed_in: SignedIn) -> None:
    """Upload, mapping with masked samples, dry run with reasons, run, and the file of rejected rows."""
    client = signed_in(company.xu_ke)
    begun = client.post("/imports/new/", {"type": "customer", "file": _workbook(*ROWS)})
    address = begun["Location"]
    html = client.get(address).content.decode()
    assert "每一列是什么" in html
    assert "139****0001" in html
    assert "13900000001" not in html

    mapping = {"column.0": "name", "column.1": "customer_kind", "column.2": "phone", "column.3": "id_number"}
    assert client.post(f"{address}check/", {**mapping, "on_duplicate": "skip"}).status_code == 302
    assert "正在试运行" in client.get(address).content.decode()
    viewer = viewer_for(company.xu_ke.id)
    (card,) = imports.imports(viewer)
    jobs.run_now(card.job.id if card.job else 0)
    html = client.get(address).content.decode()
    assert "试运行结果" in html
    assert "校验码不对" in html
    assert records.page(viewer, "customer", records.ListQuery()).rows == ()

    assert client.post(f"{address}start/").status_code == 302
    fragment = client.get(f"{address}state/", headers={"HX-Request": "true"}).content.decode()
    assert "正在导入" in fragment
    assert 'hx-trigger="every 1s"' in fragment
    (card,) = imports.imports(viewer)
    jobs.run_now(card.job.id if card.job else 0)
    html = client.get(address).content.decode()
    assert "导入完成" in html
    assert f"/records/customer/?is.@import={card.id}" in html
    back = client.get(f"{address}errors/")
    assert back["Content-Disposition"].startswith("attachment; filename*=UTF-8''customers-")
    sheet = openpyxl.load_workbook(io.BytesIO(back.content)).active
    assert sheet is not None
    assert sheet.max_row == 2
    (imported,) = records.page(viewer, "customer", records.ListQuery()).rows
    assert imported.title.text == "林知远"

    timeline = client.get(f"/records/customer/{imported.id}/").content.decode().partition('id="timeline"')[2]
    assert f'<a href="/imports/{card.id}/">建档</a>' in timeline
    assert "由“customers.xlsx”导入" in timeline
    elsewhere = signed_in(company.he_shen).get(f"/records/customer/{imported.id}/").content.decode()
    assert "<p>建档</p>" in elsewhere.partition('id="timeline"')[2]
    assert "customers.xlsx" not in elsewhere


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (SimpleUploadedFile("notes.txt", b"\x00\x01\x02"), "notice--bad"),
        (_workbook(("1", "2"), headings=("甲", "乙")), "一列认得出来"),
        (_workbook(), "只有列名，没有数据"),
    ],
    ids=["not a table", "strange headings", "no rows"],
)
def test_a_bad_file_is_refused_on_the_upload_page(
    given: SimpleUploadedFile, sentence: str, company: Cast, signed_in: SignedIn
) -> None:
    """The sentence says what is wrong, the choice of type stays, and no import is begun."""
    response = signed_in(company.xu_ke).post("/imports/new/", {"type": "customer", "file": given})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert '<option value="customer" selected>' in response.content.decode()
    assert imports.imports(viewer_for(company.xu_ke.id)) == ()


def test_no_file_is_said_so(company: Cast, signed_in: SignedIn) -> None:
    """Sending the form without a file asks for one."""
    response = signed_in(company.xu_ke).post("/imports/new/", {"type": "customer"})
    assert response.status_code == 422
    assert "请选择要导入的文件。" in response.content.decode()


def test_a_mapping_that_cannot_work_is_said_above_it(company: Cast, signed_in: SignedIn) -> None:
    """Without a column for a required field nothing is tried, and the page stays."""
    client = signed_in(company.xu_ke)
    address = client.post("/imports/new/", {"type": "customer", "file": _workbook(*ROWS)})["Location"]
    response = client.post(f"{address}check/", {"column.0": "name"})
    assert response.status_code == 422
    assert "还没有对应的列" in response.content.decode()
    assert "每一列是什么" in response.content.decode()


def test_an_import_is_cancelled(company: Cast, signed_in: SignedIn) -> None:
    """A waiting import is over at once, and nothing is in."""
    client = signed_in(company.xu_ke)
    address = client.post("/imports/new/", {"type": "customer", "file": _workbook(ROWS[0])})["Location"]
    client.post(f"{address}start/")
    assert client.post(f"{address}cancel/").status_code == 302
    assert "导入已取消" in client.get(address).content.decode()
    assert records.page(viewer_for(company.xu_ke.id), "customer", records.ListQuery()).rows == ()


def test_the_same_unfinished_file_is_taken_up_again(company: Cast, signed_in: SignedIn) -> None:
    """Uploading it once more leads to the import already begun."""
    client = signed_in(company.xu_ke)
    first, second = (
        client.post(
            "/imports/new/", {"type": "customer", "file": SimpleUploadedFile("a.csv", b"\xe5\xa7\x93\xe5\x90\x8d\na\n")}
        )
        for _ in range(2)
    )
    assert first["Location"] == second["Location"]


def test_somebody_elses_import_does_not_exist(company: Cast, signed_in: SignedIn) -> None:
    """方明 may not import; his address of another's import is refused."""
    address = signed_in(company.xu_ke).post("/imports/new/", {"type": "customer", "file": _workbook(*ROWS)})["Location"]
    assert signed_in(company.fang_ming).get(address).status_code == 403


def test_a_template_is_downloaded(company: Cast, signed_in: SignedIn) -> None:
    """The template's headings are the fields' labels."""
    response = signed_in(company.xu_ke).get("/imports/template/customer/")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    assert [cell.value for cell in sheet[1]][:3] == ["姓名", "客户类别", "性别"]


def test_an_import_is_taken_back(company: Cast, signed_in: SignedIn) -> None:
    """The report leads to a preview, the preview to the undoing, and that says what became of it."""
    client = signed_in(company.xu_ke)
    address = client.post("/imports/new/", {"type": "customer", "file": _workbook(*ROWS)})["Location"]
    mapping = {"column.0": "name", "column.1": "customer_kind", "column.2": "phone", "column.3": "id_number"}
    client.post(f"{address}check/", {**mapping, "on_duplicate": "skip"})
    viewer = viewer_for(company.xu_ke.id)
    for _ in range(2):
        (card,) = imports.imports(viewer)
        jobs.run_now(card.job.id if card.job else 0)
        client.post(f"{address}start/")
    (card,) = imports.imports(viewer)
    assert card.created >= 1
    assert f"{address}undo/" in client.get(address).content.decode()
    html = client.get(f"{address}undo/").content.decode()
    assert f"<strong>{card.created}</strong>" in html
    assert client.post(f"{address}undo/").status_code == 302
    assert "正在撤销" in client.get(f"{address}undo/").content.decode()
    undone = imports.undone(viewer, card.id)
    jobs.run_now(undone.job.id if undone and undone.job else 0)
    assert f"删除 {card.created} 份，恢复 0 份，保留 0 份。" in client.get(f"{address}undo/").content.decode()
    assert records.page(viewer, "customer", records.ListQuery()).rows == ()
