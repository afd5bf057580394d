"""The company's desk for complaints, on a Monday morning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from tests.runtime.intake.world import MONDAY, Desk, open_the_desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cast import Cast


@pytest.fixture
def monday() -> Iterator[None]:
    """The clock, held at Monday, 2 March 2026, 09:00."""
    with clock.hold(MONDAY):
        yield


@pytest.fixture
def desk(company: Cast, monday: None) -> Desk:
    """The packs in force and the people of the procedure at work."""
    return open_the_desk(company)
