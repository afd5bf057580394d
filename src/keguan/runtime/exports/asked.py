"""What an export was asked to hold, kept sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.access import crypto
from keguan.runtime.access.sealed_columns import SealedColumn
from keguan.runtime.permits.selection import selection_from

if TYPE_CHECKING:
    from keguan.runtime.exports.models import Export
    from keguan.runtime.permits.selection import Selection

_PLACE = crypto.place("export", "selection")


def sealed(token: int, selection: Selection) -> bytes:
    """A selection as an export keeps it: bound to its token."""
    return crypto.seal(_PLACE, token, selection.to_json())


def selection_of(export: Export) -> Selection:
    """What an export is to hold."""
    return selection_from(crypto.open_sealed(_PLACE, export.token, bytes(export.selection)))


SEALED = SealedColumn("exports_export", "selection", lambda _id, reads: (_PLACE, reads[0]), reads=("token",))
"""Where the selections of exports lie."""
