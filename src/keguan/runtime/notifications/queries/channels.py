"""The ways out that the administrator has set up. Secrets never come along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.notifications.channel_kinds import ChannelKind, channel_kind
from keguan.runtime.notifications.models import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class ChannelCard:
    """One channel for reading; ``kind`` is None when no connector provides it any more."""

    id: int
    code: str
    kind: ChannelKind | None
    label: str
    settings: Mapping[str, str]
    enabled: bool


def channels() -> tuple[ChannelCard, ...]:
    """All channels, in the order in which they were made. One query."""
    return tuple(map(_card, Channel.objects.order_by("id").defer("secrets")))


def channel(channel_id: int) -> ChannelCard | None:
    """The channel with this id, None when there is none. One query."""
    return next(map(_card, Channel.objects.filter(pk=channel_id).defer("secrets")), None)


def _card(row: Channel) -> ChannelCard:
    return ChannelCard(row.pk, row.kind, channel_kind(row.kind), row.label, row.settings, row.enabled)
