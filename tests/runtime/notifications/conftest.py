"""A company that can be told things."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from keguan.runtime.notifications import channel_kinds
from keguan.runtime.notifications.telling import Notice
from tests.runtime.notifications.stand_in import StandIn


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """The only way out: one that remembers."""
    found = StandIn()
    monkeypatch.setattr(channel_kinds, "_kinds", {found.code: found})
    return found


@pytest.fixture
def morning() -> Iterator[datetime]:
    """The clock, held at 10:20 on Monday, 23 November 2026, in the company's time zone."""
    from datetime import UTC

    from keguan.runtime import clock

    at = datetime(2026, 11, 23, 2, 20, tzinfo=UTC)
    with clock.hold(at):
        yield at


def assigned(staff_id: int, number: int = 1, **more: object) -> Notice:
    """何宁's step came to somebody."""
    values: dict[str, object] = {
        "staff_id": staff_id,
        "kind": "cases.assigned_until",
        "key": f"case-{number}-{staff_id}",
        "subject": f"TS-202611-{number:04}",
        "facts": {"process": "客户投诉", "step": "定责", "due": "2026-11-24T01:00:00+00:00"},
        "case_id": number,
    }
    return Notice(**{**values, **more})  # type: ignore[arg-type]
