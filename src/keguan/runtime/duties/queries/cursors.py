"""The place of a page in a box: the moment and the id of its last row."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext_lazy as _

from keguan.language.model.naming import LARGEST_ID
from keguan.runtime.ledger.actions import Refused

_EARLIEST = datetime(1, 1, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row of a page."""

    at: datetime
    id: int

    def __str__(self) -> str:
        packed = json.dumps([self.at.isoformat(), self.id], separators=(",", ":"))
        return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def cursor_from(text: str) -> Cursor | None:
    """The cursor in a page's ``next``; None for the first page. Raises ``Refused`` (``duties.place``)."""
    if not text:
        return None
    try:
        at, last = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        moment = datetime.fromisoformat(at)
        good = type(last) is int and 0 < last <= LARGEST_ID and _placed(moment)
    except (binascii.Error, UnicodeDecodeError, ValueError, TypeError, RecursionError):
        good = False
    if not good:
        raise Refused("duties.place", _("这个翻页位置已经失效，请回到第一页。"))
    return Cursor(moment, last)


def _placed(moment: datetime) -> bool:
    return moment.tzinfo is not None and moment.replace(tzinfo=UTC) >= _EARLIEST
