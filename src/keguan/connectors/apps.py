"""The connectors app: makes every way out known to the outbox, and every way in to sign-in."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, cast

from django.apps import AppConfig

from keguan.runtime.notifications.channel_kinds import register
from keguan.runtime.org.federation import doors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.runtime.notifications.channel_kinds import ChannelKind
    from keguan.runtime.org.federation.doors import Directory, Provider


class ConnectorsConfig(AppConfig):
    """E-mail, webhooks, WeCom, DingTalk, Feishu and SMS; OIDC and LDAP."""

    name = "keguan.connectors"
    label = "connectors"
    verbose_name = "连接器"

    def ready(self) -> None:
        """Register the ``CHANNELS``, ``PROVIDERS`` and ``DIRECTORIES`` of every folder here."""
        for found in iter_modules([self.path]):
            module = import_module(f"{self.name}.{found.name}") if found.ispkg else None
            for kind in cast("Sequence[ChannelKind]", getattr(module, "CHANNELS", ())):
                register(kind)
            for provider in cast("Sequence[Provider]", getattr(module, "PROVIDERS", ())):
                doors.register_provider(provider)
            for directory in cast("Sequence[Directory]", getattr(module, "DIRECTORIES", ())):
                doors.register_directory(directory)
