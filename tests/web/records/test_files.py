"""The files of a record in a browser: sent, listed, fetched, exchanged, taken away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from keguan.language.model.files import MEGABYTE
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.attachments import received as receiving_room
from keguan.runtime.attachments.models import Attachment
from keguan.runtime.records import queries as records
from keguan.runtime.records.queries import ListQuery
from tests.runtime.attachments.filing import attached, photo, published
from tests.runtime.attachments.made_files import pdf, png
from tests.runtime.records.filing import customer

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from tests.cast import Cast
    from tests.web.conftest import SignedIn

NEW = {"name": "张伟", "customer_kind": "个人", "phone": "13800135612"}


@pytest.fixture
def home(settings: SettingsWrapper, tmp_path: Path) -> Path:
    """The home folder, empty but for what the test puts there."""
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def browser(company: Cast, signed_in: SignedIn, home: Path) -> Client:
    """林晓's, under a policy whose customers have photos and a mandate."""
    published()
    return signed_in(company.lin_xiao)


def sent(name: str = "合影.png", data: bytes | None = None) -> SimpleUploadedFile:
    """A file in a form."""
    return SimpleUploadedFile(name, png() if data is None else data)


def lying(home: Path) -> int:
    """How many files are on the disk."""
    return sum(path.is_file() for path in (home / "attachments").rglob("*"))


def told(client: Client, record_id: int) -> str:
    """The words on the record's page."""
    html = client.get(f"/records/customer/{record_id}/").content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_a_new_record_is_filed_with_its_files(company: Cast, browser: Client, home: Path) -> None:
    """The form has an input for files that says what it takes; they are there with the record, encrypted."""
    form = browser.get("/records/customer/new/").content.decode()
    assert 'name="file.photos"' in form
    assert 'accept=".png,.jpg,.jpeg,.webp,.pdf" multiple' in form
    assert "png、jpg、jpeg、webp、pdf；每个最大 1 MB，最多 3 个文件" in form
    answer = browser.post("/records/customer/new/", {**NEW, "file.photos": [sent("一.png"), sent("二.png")]})
    assert answer.status_code == 302
    (row,) = records.page(viewer_for(company.lin_xiao.id), "customer", ListQuery(columns=("photos",))).rows
    assert row.cells["photos"].text == "一.png、二.png"
    assert lying(home) == 2


def test_a_form_that_is_refused_keeps_no_file(browser: Client, home: Path) -> None:
    """Nothing is filed, nothing lies on the disk, and the form asks for the file again."""
    answer = browser.post("/records/customer/new/", {**NEW, "phone": "1", "file.photos": sent()})
    assert answer.status_code == 422
    assert "文件没有保存，请重新选择。" in answer.content.decode()
    assert (Attachment.objects.count(), lying(home)) == (0, 0)


def test_files_are_listed_sent_exchanged_and_taken_away(company: Cast, browser: Client, home: Path) -> None:
    """On the record's page, each with its size and who put it there."""
    record_id = customer(company.lin_xiao)
    url = f"/records/customer/{record_id}/files/"
    assert browser.post(url, {"field": "photos", "file.photos": sent("一.png")}).status_code == 302
    page = told(browser, record_id)
    assert "已上传。" in page
    assert "一.png 76 B · 林晓" in page or "一.png" in page
    file = Attachment.objects.get().pk
    browser.post(f"{url}{file}/replace/", {"field": "photos", "file.photos": sent("二.pdf", pdf())})
    page = told(browser, record_id)
    assert ("一.png" in page, "二.pdf" in page) == (False, True)
    file = Attachment.objects.get(gone_at__isnull=True).pk
    browser.post(f"{url}{file}/remove/")
    assert "二.pdf" not in told(browser, record_id)
    assert not Attachment.objects.filter(gone_at__isnull=True).exists()


def test_a_file_is_fetched_so_that_no_browser_runs_it(company: Cast, browser: Client) -> None:
    """As an attachment under its name, of its own kind, sandboxed, never sniffed, never kept; by POST alone."""
    record_id = customer(company.lin_xiao)
    attached(viewer_for(company.lin_xiao.id), record_id, photo("和张总.png"))
    url = f"/records/customer/{record_id}/files/{Attachment.objects.get().pk}/"
    assert browser.get(url).status_code == 405
    answer = browser.post(url)
    assert b"".join(answer.streaming_content) == png()
    assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''%E5%92%8C%E5%BC%A0%E6%80%BB.png"
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_is_not_taken_is_told_and_thrown_away(company: Cast, browser: Client, home: Path) -> None:
    """Too large, none of the kinds, none at all: the sentence on the page, and nothing is kept."""
    record_id = customer(company.lin_xiao)
    url = f"/records/customer/{record_id}/files/"
    for file, sentence in (
        (sent("大.png", png(padding=MEGABYTE)), "文件太大：每个文件最多 1 MB。"),
        (sent("页.html", b"<script>"), "不收这种文件。"),
        (sent("假.png", b"<script>"), "文件的内容不是 .png"),
    ):
        browser.post(url, {"field": "photos", "file.photos": file})
        assert sentence in told(browser, record_id)
    browser.post(url, {"field": "photos"})
    assert "请先选择文件。" in told(browser, record_id)
    assert (Attachment.objects.count(), lying(home)) == (0, 0)


def test_a_full_disk_is_told_and_nothing_is_left(
    company: Cast, browser: Client, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk is nearly full nothing is begun; where it fills up in the middle nothing is left."""
    record_id = customer(company.lin_xiao)
    url = f"/records/customer/{record_id}/files/"
    with monkeypatch.context() as full:
        full.setattr(receiving_room, "FREE", 1 << 60)
        browser.post(url, {"field": "photos", "file.photos": sent()})
    assert "服务器的磁盘快满了" in told(browser, record_id)

    def fails(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr("keguan.runtime.keyring.sealed_stream.SealedWriter.close", fails)
        browser.post(url, {"field": "photos", "file.photos": sent()})
    assert "服务器的磁盘快满了" in told(browser, record_id)
    assert (Attachment.objects.count(), lying(home)) == (0, 0)


def test_files_sent_where_none_are_taken_are_not_kept(company: Cast, browser: Client, home: Path) -> None:
    """A page that takes no files, and somebody who is not signed in, put nothing on the disk."""
    from django.test import Client

    record_id = customer(company.lin_xiao)
    browser.post(f"/records/customer/{record_id}/edit/", {"version": "1", "file.photos": sent()})
    Client().post(f"/records/customer/{record_id}/files/", {"field": "photos", "file.photos": sent()})
    browser.post("/records/customer/new/", {**NEW, "phone": "13900005612", "file.name": sent()})
    assert (Attachment.objects.count(), lying(home)) == (0, 0)


def test_who_may_only_look_gets_no_forms(company: Cast, browser: Client, signed_in: SignedIn) -> None:
    """何审 reads what auditors read, and 方明 of another branch is told nothing."""
    record_id = customer(company.lin_xiao)
    attached(viewer_for(company.lin_xiao.id), record_id)
    url = f"/records/customer/{record_id}/files/{Attachment.objects.get().pk}/"
    answer = signed_in(company.fang_ming).post(url)
    assert answer.status_code in (403, 404)
    assert b"PNG" not in answer.content
    html = signed_in(company.he_shen).get(f"/records/customer/{record_id}/").content.decode()
    assert 'type="file"' not in html
