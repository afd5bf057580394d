"""Outside systems on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from keguan.connectors.http import tokens
from keguan.runtime import clock
from keguan.runtime.notifications.channel_kinds import Message
from tests.connectors.stand_in import MailServer, Receiver

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture
def receiver(settings: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """A receiver that may be called although it is inside the house, with the clock at noon."""
    settings.PRIVATE_RECEIVERS = True  # type: ignore[attr-defined]
    monkeypatch.setattr(tokens, "_held", {})
    monkeypatch.setattr("keguan.connectors.http.posting.ANSWER_SECONDS", 0.4)
    found = Receiver()
    server = found.start()
    with clock.hold(NOON):
        yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """A mail server."""
    found = MailServer()
    server = found.start()
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def message() -> Message:
    """A step came to 林晓."""
    return Message(
        key="n17-c3",
        to="somebody",
        name="林晓",
        title="客户投诉 TS-202611-0001 的“定责”到了您手上。",
        sentences=("客户投诉 TS-202611-0001 的“定责”到了您手上。",),
        link="https://crm.example.com/notifications/17/",
        mention="13800138000",
    )
