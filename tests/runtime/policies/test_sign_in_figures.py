"""The figures of sign-in as a policy says them."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING

from keguan.language.feel.types import Number
from keguan.language.model.parameter import ParameterValue
from keguan.runtime import clock
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org.passwords import figures
from keguan.runtime.policies import sign_in_figures

if TYPE_CHECKING:
    from datetime import datetime

    import pytest

    from tests.cast import Cast


def parameter(scale: int, *values: tuple[date, int]) -> SimpleNamespace:
    """What a 参数 block makes of these dated values."""
    return SimpleNamespace(type=Number(scale), values=tuple(ParameterValue(day, value, "") for day, value in values))


def in_force(monkeypatch: pytest.MonkeyPatch, **parameters: SimpleNamespace) -> None:
    """A policy with these parameters."""
    monkeypatch.setattr(
        sign_in_figures, "current", lambda: SimpleNamespace(model=SimpleNamespace(parameters=parameters))
    )


def test_a_policy_says_what_holds_on_the_day(cast: Cast, afternoon: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """The value of today, whatever its decimals; what begins tomorrow and what is no figure of ours is left out."""
    in_force(
        monkeypatch,
        password_days=parameter(0, (date(2026, 1, 1), 60), (date(2026, 11, 22), 30)),
        lock_minutes=parameter(2, (date(2026, 1, 1), 4500)),
        idle_minutes=parameter(0, (date(2027, 1, 1), 5)),
        other=parameter(0, (date(2026, 1, 1), 1)),
    )
    assert sign_in_figures.said() == {"password_days": 60, "lock_minutes": 45}
    found = figures.figures()
    assert (found.password_days, found.lock_minutes, found.lock_failures) == (60, 45, 5)
    clock.advance(clock.now().replace(day=22, hour=6) - clock.now())
    assert figures.figures().password_days == 30


def test_without_a_policy_the_settings_hold(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is kept from signing in because nothing is published yet."""

    def none() -> None:
        raise Refused("policies.none", "")

    monkeypatch.setattr(sign_in_figures, "current", none)
    assert figures.figures() == figures.Figures(0, 8, 5, 30, 10_000_000)
