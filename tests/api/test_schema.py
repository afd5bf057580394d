"""The API keeps to its own description, whatever it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from keguan.config.wsgi import application
from tests.api.test_journey import GU

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.api.conftest import Program
    from tests.cast import Cast

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)

PHASES = (Phase.explicit, *((Phase.generate,) if connection.vendor == "sqlite" else ()))
"""Every operation is asked what its description calls for on each engine, and what chance makes up on the first."""

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


KNOWN = {
    "record_type": "customer", "record_id": 1, "decision": "customer_grade", "pack": "property-developer",
    "box": "todo",
    "case_id": 1,
}  # fmt: skip


@schema.hook
def map_path_parameters(_context: object, path_parameters: dict[str, object] | None) -> dict[str, object] | None:
    """Half of the made-up path parameters name something that is there, so that the requests get past the door."""
    if not path_parameters or len(str(path_parameters)) % 2:
        return path_parameters
    return {name: KNOWN.get(name, value) for name, value in path_parameters.items()}


@pytest.fixture
def authorization(company: Cast, program: Callable[..., Program]) -> Iterator[dict[str, dict[str, str]]]:
    """The headers of two programs: 何审's for the ledger, 周敏's, who may publish and import, for everything else.

    顾明远 is filed, so that there is a record to find. Requests through the bare WSGI application would close the
    connection that the test's transaction lives in; they are kept from it (last: Django's client connects it again).
    """
    keeper = program(company.zhou_min)
    filed = keeper.post("/records/customer", {"values": GU})
    assert filed.status_code == 201
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield {"ledger": program(company.he_shen).headers, "other": keeper.headers}
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=15,
    phases=PHASES,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
def test_answers_are_as_described(case: schemathesis.Case, authorization: dict[str, dict[str, str]]) -> None:
    """Whatever a program sends, it gets a described answer of the described form, and never a crash."""
    headers = authorization["ledger" if "/ledger/" in case.path else "other"]
    case.call_and_validate(headers=headers, checks=list(CHECKS))
