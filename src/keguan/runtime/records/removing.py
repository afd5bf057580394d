"""What else goes when a record is taken out for good: its decisions' histories, and what merely waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from keguan.language.model.naming import history_table
from keguan.runtime.records.pointing import registered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.model.model import Model

_BATCH = 500


def forget(model: Model, record_type: str, ids: Sequence[int]) -> None:
    """Delete the histories of these records, and stop what waits for them (open duties that nobody has touched)."""
    quote = connection.ops.quote_name
    for first in range(0, len(ids), _BATCH):
        part = list(ids[first : first + _BATCH])
        marks = ", ".join(["%s"] * len(part))
        for decision in model.decisions.values():
            if decision.record_type == record_type:
                with connection.cursor() as cursor:
                    cursor.execute(
                        f"DELETE FROM {quote(history_table(decision.code))} WHERE record_id IN ({marks})", part
                    )
        for each in registered():
            if each.stopped and each.live is not None:
                each.rows(record_type).filter(each.live, **{f"{each.id_field}__in": part}).update(**each.stopped)
