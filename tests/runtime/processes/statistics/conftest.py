"""The half year of complaints, looked at on the day after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from tests.runtime.processes.statistics.world import NOW, Half, make

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cast import Cast


@pytest.fixture
def half(company: Cast) -> Iterator[Half]:
    """``TOLD`` in the database, at 10:00 on 1 July 2026."""
    with clock.hold(NOW):
        yield make(company)
