"""The place of a page in a box: the sort value and the id of its last row."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext_lazy as _

from keguan.language.model.naming import LARGEST_ID
from keguan.runtime.ledger.actions import Refused

EARLIEST = datetime(1, 1, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Cursor:
    """``at`` None: among those without a moment, which come last."""

    at: datetime | None
    id: int

    def __str__(self) -> str:
        packed = json.dumps([None if self.at is None else self.at.isoformat(), self.id], separators=(",", ":"))
        return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def cursor_from(text: str) -> Cursor | None:
    """The cursor in a page's ``next``; None for the first page. Raises ``Refused`` (``cases.place``)."""
    if not text:
        return None
    try:
        at, last = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        moment = None if at is None else datetime.fromisoformat(at)
        sound = type(last) is int and abs(last) <= LARGEST_ID and (moment is None or _placed(moment))
    except (binascii.Error, ValueError, TypeError, RecursionError):
        sound = False
    if not sound:
        raise Refused("cases.place", _("这个翻页位置已经失效，请回到第一页。"))
    return Cursor(moment, last)


def _placed(moment: datetime) -> bool:
    return moment.tzinfo is not None and moment.replace(tzinfo=UTC) >= EARLIEST
