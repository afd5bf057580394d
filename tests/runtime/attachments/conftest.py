"""A folder of its own for each test's files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper


@pytest.fixture(autouse=True)
def own_home(settings: SettingsWrapper, tmp_path: Path) -> Path:
    """The home folder, empty but for what the test puts there; the keys stay where they are."""
    settings.HOME = tmp_path
    return tmp_path
