"""A company that asks its customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from keguan.runtime.notifications import channel_kinds
from tests.runtime.records.filing import customer
from tests.runtime.surveys.world import MONDAY, Sms, publish_policy, repaired

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import SettingsWrapper

    from tests.cast import Cast


@dataclass(frozen=True)
class Asking:
    """The cast, and a customer of 林晓's in the 江南 branch."""

    cast: Cast
    zhang: int

    def repaired(self, customer_id: int | None = None, outcome: str = "修好") -> int:
        """许可 files a repair and 林晓 ends it; the case's id."""
        return repaired(self.cast.xu_ke, self.cast.lin_xiao, customer_id or self.zhang, outcome)


@pytest.fixture
def monday() -> Iterator[None]:
    """The clock, held at Monday, 2 March 2026, 09:00."""
    with clock.hold(MONDAY):
        yield


@pytest.fixture
def asking(company: Cast, monday: None, settings: SettingsWrapper) -> Asking:
    """``world.POLICY`` in force."""
    settings.ADDRESS = settings.PORTAL_ADDRESS = "https://kg.example"
    zhang = customer(company.lin_xiao)
    publish_policy()
    return Asking(company, zhang)


@pytest.fixture
def sms(monkeypatch: pytest.MonkeyPatch) -> Sms:
    """The only way out of the house."""
    found = Sms()
    monkeypatch.setattr(channel_kinds, "_kinds", {found.code: found})
    return found
