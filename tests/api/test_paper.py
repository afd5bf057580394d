"""Policies on paper over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile

from keguan.runtime.policies import queries as policies
from keguan.runtime.policies.models import Draft
from tests.credit import lend
from tests.language.paper.documents import SCANNED
from tests.language.paper.hostile import bomb

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from tests.api.conftest import Program
    from tests.cast import Cast


def send(program: Program, name: str, data: bytes) -> HttpResponse:
    """A file for a new policy."""
    file = SimpleUploadedFile(name, data)
    return program.client.post("/api/v1/policies/service/bring-in", {"file": file}, headers=program.headers)


def test_a_file_becomes_a_draft(company: Cast, program: Callable[..., Program]) -> None:
    """The answer tells what was found and what was left out; the draft is there."""
    answer = send(program(company.xu_ke), "规定.txt", SCANNED.encode()).json()
    assert (answer["title"], answer["clauses"], answer["tables"], answer["dropped"]) == (
        "青禾物业客户服务管理规定",
        5,
        1,
        8,
    )
    assert answer["left_out"][0] == {"place": 3, "text": "目 录", "reason": "目录"}
    assert policies.draft(answer["draft"]).card.pack == "service"


def test_a_hostile_file_and_a_stranger_are_refused(company: Cast, program: Callable[..., Program]) -> None:
    """400 with the sentence, 403 without the right; nothing is kept."""
    refused = send(program(company.xu_ke), "制度.docx", bomb())
    assert (refused.status_code, refused.json()["id"]) == (400, "policies.file")
    assert send(program(company.lin_xiao), "规定.txt", SCANNED.encode()).status_code == 403
    assert not Draft.objects.exists()


def test_a_version_is_handed_out_as_word(company: Cast, program: Callable[..., Program]) -> None:
    """Everybody who may read policies; a version that there is not is not found."""
    found = program(company.lin_xiao).get("/policies/property-developer/versions/1.0.0/docx")
    assert found.status_code == 200
    assert found.content.startswith(b"PK")
    assert program(company.lin_xiao).get("/policies/property-developer/versions/9.9.9/docx").status_code == 404
    assert program(company.lin_xiao).get("/policies/property-developer/versions/1.0.0/odt").status_code == 422


def test_a_reason_tells_the_exceptions_own_row_and_each_point(company: Cast, program: Callable[..., Program]) -> None:
    """西山钢构: row 2 of 第三条, an exception to 第二条, then and now; a score line by line."""
    accounts, caller = lend(company), program(company.xu_ke)
    path = f"/records/account/{accounts['西山钢构']}/decisions/credit_grade"
    told, (step,) = caller.get(path).json(), caller.get(f"{path}/history").json()
    for each in (told, step):
        assert (each["clause"], each["exception_to"], each["rule"]) == ("第三条 国有单位", "第二条 等级", 2)
    score = caller.get(f"/records/account/{accounts['滨海水泥']}/decisions/credit_score").json()
    assert (score["exception_to"], score["rule"]) == (None, "1,2")
    assert [(line["rule"], line["points"]) for line in score["scored"]] == [(0, "+50"), (1, "+20"), (2, "+30")]
