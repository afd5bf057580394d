"""The files of records over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from keguan.runtime.attachments.models import Attachment
from keguan.runtime.tokens.scopes import Scope
from tests.runtime.attachments.filing import published
from tests.runtime.attachments.made_files import pdf, png
from tests.runtime.records.filing import customer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from tests.api.conftest import Program
    from tests.cast import Cast


@pytest.fixture(autouse=True)
def _published(company: Cast, settings: SettingsWrapper, tmp_path: Path) -> None:
    """Customers have photos and a mandate; the home folder is empty."""
    settings.HOME = tmp_path
    published()


def put(program: Program, path: str, name: str, data: bytes, method: str = "POST") -> object:
    """Send a file as a body."""
    return program.client.generic(
        method, f"/api/v1{path}?name={quote(name)}", data, "application/octet-stream", headers=program.headers
    )


def test_a_file_is_put_listed_fetched_exchanged_and_removed(company: Cast, program: Callable[..., Program]) -> None:
    """The whole way, with the version of the record after each step."""
    mine, record_id = program(company.lin_xiao), customer(company.lin_xiao)
    base = f"/records/customer/{record_id}/files"
    answer = put(mine, f"{base}/photos", "合影.png", png())
    assert (answer.status_code, answer.json()) == (201, {"version": 2})
    (photos, mandate) = mine.get(base).json()
    assert [(each["name"], each["kind"], each["size"]) for each in photos["files"]] == [
        ("合影.png", "image", len(png()))
    ]
    assert (photos["kinds"], photos["largest"], photos["most"]) == (["image", "pdf"], 1048576, 3)
    assert (mandate["field"], mandate["files"], mandate["changeable"]) == ("mandate", [], True)
    file = f"{base}/photos/{photos['files'][0]['id']}"
    fetched = mine.get(file)
    assert (fetched.getvalue(), fetched.headers["Content-Type"]) == (png(), "image/png")
    assert put(mine, file, "二.pdf", pdf(), "PUT").json() == {"version": 3}
    (photos, _mandate) = mine.get(base).json()
    removed = mine.client.delete(f"/api/v1{base}/photos/{photos['files'][0]['id']}", headers=mine.headers)
    assert removed.json() == {"version": 4}
    assert not Attachment.objects.filter(gone_at__isnull=True).exists()


def test_an_unfit_file_a_strange_field_and_a_narrow_token_are_refused(
    company: Cast, program: Callable[..., Program], tmp_path: Path
) -> None:
    """Each with its code, and nothing is kept."""
    record_id = customer(company.lin_xiao)
    mine, reader = program(company.lin_xiao), program(company.lin_xiao, Scope.RECORDS_READ)
    base = f"/records/customer/{record_id}/files"
    assert put(mine, f"{base}/photos", "合影.png", b"MZ").json()["id"] == "attachments.unfit"
    assert put(mine, f"{base}/photos", "大.png", png(padding=1 << 20)).json()["id"] == "attachments.unfit"
    assert put(mine, f"{base}/name", "合影.png", png()).json()["id"] == "attachments.not_found"
    assert put(reader, f"{base}/photos", "合影.png", png()).json()["id"] == "api.scope"
    other = program(company.fang_ming)
    assert put(other, f"{base}/photos", "合影.png", png()).json()["id"] == "records.not_found"
    assert other.get(f"{base}/photos/1").json()["id"] == "attachments.not_found"
    assert Attachment.objects.count() == 0
    assert [path for path in (tmp_path / "attachments").rglob("*") if path.is_file()] == []


def test_a_value_cannot_be_written_for_a_file(company: Cast, program: Callable[..., Program]) -> None:
    """JSON has no files: a number or a name for an attachment is refused at its field."""
    record_id = customer(company.lin_xiao)
    given = {"version": 1, "values": {"photos": 2}}
    answer = program(company.lin_xiao).send("PATCH", f"/records/customer/{record_id}", given)
    assert answer.json()["fields"] == {"photos": "这一项是附件：请上传文件，不能填写。"}
