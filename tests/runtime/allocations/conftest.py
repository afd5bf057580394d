"""A wealth centre with its policy in force, and the clock at noon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from tests.runtime.allocations.world import NOON, appoint, publish_policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cast import Cast


@pytest.fixture
def noon() -> Iterator[None]:
    """The clock, held at Tuesday, 30 June 2026, 12:00."""
    with clock.hold(NOON):
        yield


@pytest.fixture
def centre(company: Cast, noon: None) -> Cast:
    """The cast, with ``world.POLICY`` in force and its posts filled."""
    publish_policy()
    appoint(company)
    return company
