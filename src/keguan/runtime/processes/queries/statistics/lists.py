"""The list behind a figure: its cases, newest first, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.models import Case
from keguan.runtime.processes.queries.boxes import SIZE, Page, case_rows
from keguan.runtime.processes.queries.cursors import Cursor, cursor_from
from keguan.runtime.processes.queries.statistics.again import Recurring, repeated
from keguan.runtime.processes.queries.statistics.selecting import Figure, Statement, joined

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.queries.statistics.selecting import Joined, Selection


def cases(
    viewer: Viewer, selection: Selection, cursor: str = "", rule: Recurring | None = None, size: int = SIZE
) -> Page:
    """A page of the cases of a selection; ``rule`` says what ``Figure.REPEATED`` means. Two queries, and those of the
    rows. Raises ``Refused`` (``cases.place``) for a damaged cursor.
    """
    start = cursor_from(cursor)
    if selection.figure is Figure.REPEATED:
        again = [] if rule is None else repeated(viewer, selection, rule)
        ids = sorted((each for each in again if start is None or each < start.id), reverse=True)[: size + 1]
    else:
        found = joined(viewer, policies.current().model, selection, ())
        ids = [] if found is None else _newest(found, start, size + 1)
    kept = {case.pk: case for case in Case.objects.filter(pk__in=ids[:size])}
    rows = case_rows(viewer, [kept[each] for each in ids[:size]])
    return Page(rows, str(Cursor(None, ids[size - 1])) if len(ids) > size else "")


def _newest(found: Joined, start: Cursor | None, limit: int) -> list[int]:
    sql, bound = f"SELECT c.id {found.source}", list(found.bound)
    if start is not None:
        sql, bound = f"{sql} AND c.id < %s", [*bound, start.id]
    return [row[0] for row in Statement(f"{sql} ORDER BY c.id DESC LIMIT {limit}", bound).rows()]
