"""Tables outside the archive that point to records: each noun above says so once, in its app's ``ready``.

What happens to a record happens to what points to it: a hand-over moves it to the new owner's place, a merge to the
surviving record, an un-merge back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models


@dataclass(frozen=True, slots=True)
class Pointing:
    """One pair of columns that names a record by type and id; both are the model's field names.

    ``live`` are the rows about which something is still to be done (None: all). ``placed``: their ``owner_id`` and
    ``unit_id`` are their record's; what is over stays where it was, and so do the figures about it. ``once``: fields
    that together with the id are unique, so that a row cannot move to a record that has an equal one; such a row stays
    where it is, and while it is live gets the ``stopped`` values, since its record is gone. ``used`` are the rows that
    show that somebody has worked with the record (None: all).
    """

    model: type[models.Model]
    type_field: str = "record_type"
    id_field: str = "record_id"
    placed: bool = False
    once: tuple[str, ...] = ()
    live: models.Q | None = None
    stopped: Mapping[str, Any] = field(default_factory=dict)
    used: models.Q | None = None

    @property
    def name(self) -> str:
        """What its rows are kept under when they move."""
        return f"{self.model._meta.db_table}.{self.id_field}"  # noqa: SLF001 - documented by Django

    def rows(self, record_type: str) -> models.QuerySet[models.Model]:
        """The rows that point to records of a type."""
        return self.model._default_manager.filter(**{self.type_field: record_type})  # noqa: SLF001 - documented


_registered: dict[str, Pointing] = {}


def points(pointing: Pointing) -> None:
    """Register a table's columns. Twice the same is once."""
    _registered[pointing.name] = pointing


def registered() -> tuple[Pointing, ...]:
    """All of them, in the order of their names."""
    return tuple(_registered[name] for name in sorted(_registered))


def place_again(record_type: str, ids: Any, owner_id: int | None, unit: Mapping[str, int | None]) -> None:
    """Give what stands where these records stand (``ids``: a query or a list) their new owner and unit (if any)."""
    for each in registered():
        if each.placed:
            rows = each.rows(record_type).filter(each.live or models.Q(), **{f"{each.id_field}__in": ids})
            rows.update(owner_id=owner_id, **unit)


def named(name: str) -> Pointing | None:
    """The registered one with this name; None for one of a newer or older program."""
    return _registered.get(name)
