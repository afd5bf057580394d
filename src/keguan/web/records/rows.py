"""Where the rows that decided stand, in words and as a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext

if TYPE_CHECKING:
    from keguan.runtime.decisions.queries import Counted


def rows_text(counted: Counted) -> str:
    """``第 5 行``, ``第 1、3 行``, ``第九条（例外于第四条）第 2 行``; empty when no row counted."""
    if not counted.rows:
        return ""
    rows = gettext("第 %(rule)s 行") % {"rule": gettext("、").join(map(str, counted.rows))}
    if counted.exception_to is None:
        return rows
    places = {"clause": counted.clause.number, "base": counted.exception_to.number, "rows": rows}
    return gettext("%(clause)s（例外于%(base)s）%(rows)s") % places


def rows_url(counted: Counted, row: int | None = None) -> str:
    """The row (the first of them) in the document; empty when no row counted."""
    first = row or next(iter(counted.rows), None)
    document = reverse("policies:document", args=[counted.clause.pack])
    return "" if first is None else f"{document}#{counted.block}-{first}"
