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
def centre(company: Cast) -> Iterator[Cast]:
    """The cast, with the policy of ``tests.runtime.allocations.world`` in force, on Tuesday, 30 June 2026, at noon."""
    with clock.hold(NOON):
        publish_policy()
        appoint(company)
        yield company
