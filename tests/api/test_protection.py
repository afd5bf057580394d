"""What the API must not say, and how it refuses."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile

from keguan.runtime.imports.workbook import limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.conftest import Program
    from tests.cast import Cast

GU = {"name": "顾明远", "customer_kind": "个人", "phone": "13900006789"}


def test_the_ledger_names_fields_and_never_values(company: Cast, program: Callable[..., Program]) -> None:
    """何审 may not see names: an entry about a changed name tells that it changed, not from what to what."""
    keeper = program(company.xu_ke)
    made = keeper.post("/records/customer", {"values": GU}).json()["id"]
    change = {"version": 1, "values": {"name": "顾明近", "phone": "13900006780"}}
    assert keeper.send("PATCH", f"/records/customer/{made}", change).status_code == 200
    answer = program(company.he_shen).get("/ledger/?action=records.update")
    assert answer.json()["entries"][0]["data"] == {"changes": ["name", "phone"], "version": 2}
    assert "顾明" not in answer.content.decode()


def test_what_a_role_may_not_do_is_forbidden(company: Cast, program: Callable[..., Program]) -> None:
    """A salesperson's token may not publish and not import, whatever its scopes: 403, not a mistake in the request."""
    seller = program(company.lin_xiao)
    answers = [
        seller.post("/policies/core/publish", {"files": {}}),
        seller.get("/imports/template/customer"),
    ]
    assert [(each.status_code, each.json()["id"]) for each in answers] == [(403, "not_permitted")] * 2


@pytest.mark.parametrize("path", ["/records/customer/{huge}/decisions/customer_grade", "/imports/{huge}"])
def test_an_id_beyond_every_table_is_not_found(company: Cast, program: Callable[..., Program], path: str) -> None:
    """An id that no column can hold is answered like any other that does not exist."""
    assert program(company.xu_ke).get(path.format(huge=10**30)).status_code == 404


@pytest.mark.parametrize("value", ["\ud800", "a\0b"], ids=["surrogate", "nul"])
def test_text_that_no_database_holds_is_refused(company: Cast, program: Callable[..., Program], value: str) -> None:
    """Half a surrogate pair and NUL are refused with a sentence in values, filters, searches and cursors alike."""
    keeper = program(company.xu_ke)
    filters = [{"code": code, "operator": "is", "values": [value]} for code in ("name", "grade")]
    answers = [
        keeper.post("/records/customer", {"values": {**GU, "name": value}}),
        *(keeper.post("/records/customer/list", {"filters": [each]}) for each in filters),
        keeper.post("/records/customer/list", {"search": "顾" + value}),
        keeper.post("/records/customer/list", {"sort": value}),
    ]
    assert [each.status_code for each in answers if each.status_code not in (200, 400, 422)] == []


def test_a_time_without_a_zone_is_asked_for_again(company: Cast, program: Callable[..., Program]) -> None:
    """The ledger cannot place 09:00 without a zone."""
    auditor = program(company.he_shen)
    assert auditor.get("/ledger/?since=2026-11-21T09:00:00").status_code == 422
    assert auditor.get("/ledger/?since=2026-11-21T09:00:00%2B08:00").status_code == 200


def test_a_file_beyond_the_limit_is_not_even_read(
    company: Cast, program: Callable[..., Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The size is looked at before the file is brought into memory."""

    def read(_file: InMemoryUploadedFile) -> bytes:
        raise AssertionError("the file was read")

    monkeypatch.setattr(limits, "MAX_BYTES", 10)
    monkeypatch.setattr(InMemoryUploadedFile, "read", property(read))
    keeper = program(company.xu_ke)
    file = io.BytesIO(b"x" * 11)
    file.name = "名单.csv"
    answer = keeper.client.post("/api/v1/imports/", {"record_type": "customer", "file": file}, headers=keeper.headers)
    assert (answer.status_code, answer.json()["id"]) == (400, "imports.too_large")
