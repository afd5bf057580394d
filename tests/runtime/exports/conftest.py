"""The trading company."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from tests.runtime.duties.world import MONDAY
from tests.runtime.exports.world import open_office

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cast import Cast


@pytest.fixture
def monday() -> Iterator[None]:
    """The clock, held at Monday, 2 March 2026, 09:00."""
    with clock.hold(MONDAY):
        yield


@pytest.fixture
def partners(company: Cast, monday: None) -> list[int]:
    """The ids of four partners, the policy in force."""
    return open_office(company)
