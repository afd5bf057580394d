"""A way out that goes nowhere: it remembers what it was given and answers as it is told to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from keguan.runtime.notifications.channel_kinds import ChannelKind, MaybeSent, Message, NotSent, Setting
from keguan.runtime.notifications.models import Channel, ContactPoint
from keguan.runtime.notifications.sealing import sealed_address, sealed_secrets

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass
class StandIn(ChannelKind):
    """Remembers its messages. ``answers`` are raised one after the other, None is success; then all succeed."""

    code: ClassVar[str] = "stand_in"
    label = "替身"  # type: ignore[assignment]
    note = "只记下来"  # type: ignore[assignment]
    settings: ClassVar[tuple[Setting, ...]] = (
        Setting("place", "地点"),
        Setting("secret", "密钥", secret=True),
    )
    address: ClassVar[str] = "email"
    by_default: ClassVar[bool] = True
    repeats: timedelta = timedelta()
    messages: list[Message] = field(default_factory=list)
    given: list[dict[str, str]] = field(default_factory=list)
    answers: list[NotSent | MaybeSent | Exception | None] = field(default_factory=list)

    def wrong(self, settings: Mapping[str, str]) -> dict[str, str]:
        """The place is a word."""
        return {} if settings["place"].isalpha() else {"place": "地点不对。"}

    def send(self, settings: Mapping[str, str], message: Message) -> str:
        """Remember it."""
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, NotSent):
            raise answer
        self.messages.append(message)
        self.given.append(dict(settings))
        if answer is not None:
            raise answer
        return f"no-{len(self.messages)}"


def channel(label: str = "邮件", kind: str = "stand_in") -> Channel:
    """A channel that is set up."""
    row = Channel.objects.create(kind=kind, label=label, settings={"place": "here"})
    row.secrets = sealed_secrets(row.pk, {"secret": "geheim"})
    row.save()
    return row


def reach(staff_id: int, address: str, at: datetime, *, address_kind: str = "email", verified: bool = True) -> None:
    """Somebody's address."""
    sealed = sealed_address(staff_id, address_kind, address)
    ContactPoint.objects.create(
        staff_id=staff_id, address_kind=address_kind, sealed=sealed, verified=verified, changed_at=at
    )
