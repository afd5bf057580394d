"""Text made to harm a database or a letter, in every place where somebody may type it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tests.api.conftest import program
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.conftest import Program
    from tests.cast import Cast

__all__ = ["program"]

HARMFUL = (
    "'; DROP TABLE rec_customer; --",
    "x' OR '1'='1",
    '" OR ""="',
    "%' UNION SELECT phone FROM rec_customer --",
    "\\'; SELECT pg_sleep(9); --",
    "%s %(name)s {0} ? :1",
)


def rows() -> int:
    """How many customers there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM rec_customer")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("text", HARMFUL)
def test_sql_is_only_text(company: Cast, program: Callable[..., Program], text: str) -> None:
    """Filed as a name it is that name; searched, filtered and sorted by, it finds what bears it and nothing else, and
    the table is as it was.
    """
    keeper = program(company.xu_ke)
    other = {"name": "顾明远", "customer_kind": "个人", "phone": "13900006789"}
    assert keeper.post("/records/customer", {"values": other}).status_code == 201
    made = keeper.post("/records/customer", {"values": {**other, "name": text, "phone": "13900006780"}})
    assert made.status_code == 201, made.content
    record_id = made.json()["id"]
    assert keeper.get(f"/records/customer/{record_id}").json()["cells"]["name"]["value"] == text
    lists = {
        "filter": {"filters": [{"code": "name", "operator": "is", "values": [text]}]},
        "code": {"filters": [{"code": text, "operator": "is", "values": ["1"]}]},
        "search": {"search": text},
        "sort": {"sort": text},
        "after": {"after": text},
    }
    answers = {name: keeper.post("/records/customer/list", asked) for name, asked in lists.items()}
    assert {name: answer.status_code for name, answer in answers.items() if answer.status_code >= 500} == {}
    assert [row["id"] for row in answers["filter"].json()["rows"]] == [record_id]
    for name in ("code", "sort"):
        assert answers[name].status_code == 400
    found = {row["id"] for row in answers["search"].json().get("rows", [])}
    assert found <= {record_id}
    assert rows() == 2


def test_chance_that_guards_something_is_not_guessable() -> None:
    """Outside the demo company, whose customers are drawn, nothing draws from ``random``: secrets, keys, codes and
    nonces come from the operating system.
    """
    source = REPOSITORY / "src/keguan"
    drawing = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and any(each.name == "random" for each in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module == "random")
    }
    assert {path for path in drawing if not path.startswith("demo/")} == set()
