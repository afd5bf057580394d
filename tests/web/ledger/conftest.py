from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def nothing_noted_outside() -> Iterator[None]:
    """What tests note beside the database must not outlive their transactions."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    for path in Path(settings.HOME).glob("ledger-*"):
        path.unlink()
