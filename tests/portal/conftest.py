"""The portal of a company that takes complaints on it, and a customer's browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from tests.runtime.intake.world import MONDAY, Desk, open_the_desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from tests.cast import Cast


@pytest.fixture
def desk(company: Cast) -> Iterator[Desk]:
    """The packs in force and the people of the procedure at work, on Monday, 2 March 2026, 09:00."""
    with clock.hold(MONDAY):
        yield open_the_desk(company)


@pytest.fixture
def staff_browser(company: Cast) -> Client:
    """A browser in which 周敏 of the staff has signed in."""
    from django.test import Client

    from keguan.runtime.org.models import Staff

    client = Client()
    client.force_login(Staff.objects.get(pk=company.zhou_min.id), backend="keguan.runtime.org.backend.StaffBackend")
    return client
