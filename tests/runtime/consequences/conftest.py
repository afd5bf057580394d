"""A company where lateness has consequences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from tests.runtime.consequences.world import publish_policy
from tests.runtime.duties.world import MONDAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cast import Cast


@pytest.fixture
def monday() -> Iterator[None]:
    """The clock, held at Monday, 2 March 2026, 09:00."""
    with clock.hold(MONDAY):
        yield


@pytest.fixture
def office(company: Cast, monday: None) -> Cast:
    """The cast, with ``world.POLICY`` in force."""
    publish_policy()
    return company
