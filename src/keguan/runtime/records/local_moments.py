"""A moment in the company's local time, without a zone: Django's own moments have one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    Base = models.Field[datetime | None, datetime | None]
else:
    Base = models.Field


class LocalMoment(Base):
    """SQLite keeps it as text that sorts as it should (2026-03-02 09:30:00), PostgreSQL as a timestamp."""

    def get_internal_type(self) -> str:
        """A type that Django converts nothing for."""
        return "LocalMoment"

    def get_db_prep_value(self, value: object, connection: BaseDatabaseWrapper, prepared: bool = False) -> object:
        """What the driver takes."""
        del prepared
        if isinstance(value, datetime) and connection.vendor == "sqlite":
            return value.isoformat(" ")
        return value

    def from_db_value(self, value: object, *_: object) -> object:
        """What SQLite gives back as text."""
        return datetime.fromisoformat(value) if isinstance(value, str) else value
