"""A company at work on cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from tests.runtime.processes.world import MONDAY, Office, join, publish_policy
from tests.runtime.records.filing import customer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cast import Cast


@pytest.fixture
def monday() -> Iterator[None]:
    """The clock, held at Monday, 2 March 2026, 09:00."""
    with clock.hold(MONDAY):
        yield


@pytest.fixture
def office(company: Cast, monday: None) -> Office:
    """The processes of ``world.POLICY`` in force, and a customer of 林晓's in the 江南 branch."""
    publish_policy()
    sun = join(company, "sun_jie", "孙洁", "salesperson")
    qian = join(company, "qian_bo", "钱博", "salesperson")
    return Office(company, customer(company.lin_xiao), sun, qian)
