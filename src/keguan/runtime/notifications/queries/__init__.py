"""What may be asked about notifications, channels and deliveries."""

from __future__ import annotations

from keguan.runtime.notifications.channel_kinds import ADDRESS_KINDS, ChannelKind, Setting, channel_kind, channel_kinds
from keguan.runtime.notifications.kinds import GROUPS, Group
from keguan.runtime.notifications.models import DeliveryState, Digest
from keguan.runtime.notifications.queries.channels import ChannelCard, channel, channels
from keguan.runtime.notifications.queries.deliveries import (
    DeliveryCard,
    DeliveryPage,
    deliveries,
    delivery,
    written_to_customer,
)
from keguan.runtime.notifications.queries.inbox import (
    MOST_COUNTED,
    InboxPage,
    NoticeCard,
    inbox,
    notice,
    opened_at,
    unread,
)
from keguan.runtime.notifications.queries.preferences import Contact, GroupWish, Wish, wish
from keguan.runtime.notifications.trouble import ADMINISTERS

__all__ = [
    "ADDRESS_KINDS",
    "ADMINISTERS",
    "GROUPS",
    "MOST_COUNTED",
    "ChannelCard",
    "ChannelKind",
    "Contact",
    "DeliveryCard",
    "DeliveryPage",
    "DeliveryState",
    "Digest",
    "Group",
    "GroupWish",
    "InboxPage",
    "NoticeCard",
    "Setting",
    "Wish",
    "channel",
    "channel_kind",
    "channel_kinds",
    "channels",
    "deliveries",
    "delivery",
    "inbox",
    "notice",
    "opened_at",
    "unread",
    "wish",
    "written_to_customer",
]
