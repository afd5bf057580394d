from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.language.plan.engines import Engine, open_engine

if TYPE_CHECKING:
    from collections.abc import Iterator


ENGINES = ("sqlite", "postgresql", "duckdb")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Each of the databases in turn; PostgreSQL only where one is named."""
    opened = open_engine(request.param)
    yield opened
    opened.connection.close()
