"""Where others write for so long that there is no turn, staff, customers and programs are told so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import OperationalError, connection
from django.test import Client

from keguan.runtime.ledger.crowded import crowded
from tests.api.conftest import program

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.conftest import Program
    from tests.cast import Cast
    from tests.web.conftest import SignedIn

__all__ = ["program"]


def locked(*_arguments: object) -> object:
    """What SQLite says after it has waited."""
    raise OperationalError("database is locked")


def test_staff_are_told_to_try_again(company: Cast, signed_in: SignedIn) -> None:
    """503 with a moment after which to try, and a sentence instead of an excuse for our fault."""
    client = signed_in(company.lin_xiao)
    client.raise_request_exception = False
    with connection.execute_wrapper(locked):
        response = client.get("/desk/")
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "这一次没有轮到，什么也没有改变" in response.content.decode()


def test_customers_are_told_to_try_again(company: Cast) -> None:
    """The same on their pages, without the house."""
    client = Client(raise_request_exception=False)
    with connection.execute_wrapper(locked):
        response = client.get("/portal/")
    assert response.status_code == 503
    assert "现在很忙" in response.content.decode()
    assert "/desk/" not in response.content.decode()


def test_programs_are_told_to_try_again(company: Cast, program: Callable[..., Program]) -> None:
    """503 with an id that says so."""
    asking = program(company.lin_xiao)
    with connection.execute_wrapper(locked):
        response = asking.get("/records/customer/1")
    assert (response.status_code, response["Retry-After"], response.json()["id"]) == (503, "10", "api.crowded")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OperationalError("database is locked"), True),
        (OperationalError("canceling statement due to lock timeout"), True),
        (OperationalError("no such table: x"), False),
        (RuntimeError("database is locked"), False),
        (None, False),
    ],
)
def test_other_failures_are_our_fault(error: Exception | None, expected: bool) -> None:
    """Only a wait in vain counts, also as what led to another error."""
    assert crowded(error) is expected
    later = RuntimeError("not saved")
    later.__cause__ = error
    assert crowded(later) is expected
