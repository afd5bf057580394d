"""What happens once at start-up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from keguan.language.plan.sqlite_functions import register

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


class Configuration(AppConfig):
    """Start-up of the whole house."""

    name = "keguan.config"
    label = "config"

    def ready(self) -> None:
        """Give every SQLite connection the functions that the policy's SQL needs."""
        connection_created.connect(add_functions, dispatch_uid="keguan.config.add_functions")


def add_functions(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Register the SQL emitter's functions on a new SQLite connection."""
    if connection.vendor == "sqlite":
        register(connection.connection)
