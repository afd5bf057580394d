"""A customer's own address in clear, for a message to that very customer; nobody of the house is shown it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from keguan.language.model.model import FieldKind
from keguan.language.model.naming import record_table
from keguan.runtime.access import crypto
from keguan.runtime.access.columns import columns

if TYPE_CHECKING:
    from keguan.language.model.model import Model

REACHED_AT = {FieldKind.PHONE: "phone", FieldKind.EMAIL: "email"}
"""The kind of address (``notifications.channel_kinds.ADDRESS_KINDS``) that stands in a field of a kind."""

_ASKED = "contact"


def address_in(model: Model, record_type: str, code: str, record_id: int) -> str:
    """What stands in a phone or e-mail field of a record; empty where nothing does or the record is gone. One query.

    For the outbox only. Raises ``KeyError`` for an unknown field, ``ValueError`` for one of another kind and
    ``crypto.Unsealable``.
    """
    column = columns(model, record_type)[code]
    if column.kind not in REACHED_AT:
        raise ValueError(f"{record_type}.{code} is no address")
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {quote(column.physical)} FROM {quote(record_table(record_type))} WHERE id = %s", [record_id]
        )
        row = cursor.fetchone()
    if row is None or row[0] is None:
        return ""
    if column.sensitive:
        return crypto.open_sealed(crypto.place(record_type, code), record_id, row[0])
    return str(row[0])


def address_mark(kind: FieldKind, address: str) -> int:
    """By which an address is known again without being kept: the same for whichever record it stands in."""
    return crypto.blind_index(_ASKED, kind, address)
