"""Telling people, and what they and the administrator do about it."""

from __future__ import annotations

from keguan.runtime.notifications.actions.channels import AddChannel, ChangeChannel, SwitchChannel, TryChannel
from keguan.runtime.notifications.actions.contacts import ConfirmContact, SendCode, SetContact
from keguan.runtime.notifications.actions.deliveries import SendAgain, SettleDelivery
from keguan.runtime.notifications.actions.preferences import SetPreferences
from keguan.runtime.notifications.actions.reading import MarkAllRead, MarkRead
from keguan.runtime.notifications.outward import write_to_customer
from keguan.runtime.notifications.telling import Notice, tell

__all__ = [
    "AddChannel",
    "ChangeChannel",
    "ConfirmContact",
    "MarkAllRead",
    "MarkRead",
    "Notice",
    "SendAgain",
    "SendCode",
    "SetContact",
    "SetPreferences",
    "SettleDelivery",
    "SwitchChannel",
    "TryChannel",
    "tell",
    "write_to_customer",
]
