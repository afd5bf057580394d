"""The place of a page in a box of cases."""

from __future__ import annotations

from keguan.runtime.records.moment_cursor import Cursor, read_cursor

__all__ = ["Cursor", "cursor_from"]


def cursor_from(text: str) -> Cursor | None:
    """The cursor in a page's ``next``; None for the first page. Raises ``Refused`` (``cases.place``)."""
    return read_cursor(text, "cases.place")
