"""The browser tests of policies run in the same running Keguan as the journeys."""

from __future__ import annotations

from tests.web.journey.conftest import (
    _cast_home,
    browser_type_launch_args,
    complaints,
    pytest_collection_modifyitems,
    shots,
    site,
    walker,
)

__all__ = [
    "_cast_home",
    "browser_type_launch_args",
    "complaints",
    "pytest_collection_modifyitems",
    "shots",
    "site",
    "walker",
]
