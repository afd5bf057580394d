"""A company with figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.runtime.metrics.world import fill, publish_policy

if TYPE_CHECKING:
    from datetime import datetime

    from tests.cast import Cast


@pytest.fixture
def office(company: Cast, afternoon: datetime) -> Cast:
    """The cast with ``world.POLICY`` in force and the customers of ``world.fill``, on 21 November 2026."""
    publish_policy()
    fill(company)
    return company
