from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.language.plan.engines import Engine, open_engine

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Each of the two databases in turn; the second only where one is named."""
    opened = open_engine(request.param)
    yield opened
    opened.connection.close()
