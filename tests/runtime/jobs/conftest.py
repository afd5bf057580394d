"""Both brokers: the same tests run with the database's queue and with Redis."""

from __future__ import annotations

import os

import pytest


@pytest.fixture(params=["database", "redis"])
def broker(request: pytest.FixtureRequest) -> str:
    """The address of the broker; empty for the database. Redis only where ``KEGUAN_TEST_BROKER_URL`` names one."""
    if request.param == "database":
        return ""
    named = os.environ.get("KEGUAN_TEST_BROKER_URL", "")
    if not named:
        pytest.skip("KEGUAN_TEST_BROKER_URL names no Redis")
    return named
