"""Which records moved from one outcome to another of late: the list behind the figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from keguan.language.model.naming import history_table
from keguan.runtime.decisions.reach import ids_in_reach
from keguan.runtime.policies.queries import current

if TYPE_CHECKING:
    from datetime import datetime

    from keguan.runtime.access.viewer import Viewer


def moved(
    viewer: Viewer, decision: str, since: datetime, until: datetime, before: str, after: str, limit: int = 200
) -> tuple[int, ...]:
    """The ids of the records within the viewer's scope whose first output, a text, went from ``before`` to ``after`` in
    a stretch of time; the newest first, each once. Raises ``KeyError`` for a decision that is not in force.
    """
    found = ids_in_reach(viewer, decision)
    if found is None:
        return ()
    inner, parameters = found
    first = current().model.decisions[decision].outputs[0].code
    quoted = connection.ops.quote_name
    was, now = quoted(f"was_{first}"), quoted(f"out_{first}")
    moments = [connection.ops.adapt_datetimefield_value(moment) for moment in (since, until)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT record_id FROM {quoted(history_table(decision))} "
            f"WHERE decided_at >= %s AND decided_at < %s AND {was} = %s AND {now} = %s AND record_id IN ({inner}) "
            f"GROUP BY record_id ORDER BY max(id) DESC LIMIT %s",
            [*moments, before, after, *parameters, limit],
        )
        return tuple(record_id for (record_id,) in cursor.fetchall())
