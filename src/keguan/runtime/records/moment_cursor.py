"""The place of a page in a list that goes by a moment: that of its last row, and the row's id."""

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
    """``at`` None: among those without a moment, which come last."""

    at: datetime | None
    id: int

    def __str__(self) -> str:
        packed = json.dumps([None if self.at is None else self.at.isoformat(), self.id], separators=(",", ":"))
        return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def read_cursor(text: str, code: str, *, dated: bool = False) -> Cursor | None:
    """The cursor in a page's ``next``; None for the first page. ``dated``: every row of the list has a moment. Raises
    ``Refused`` (``code``) for a damaged one.
    """
    if not text:
        return None
    try:
        at, last = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        moment = None if at is None else datetime.fromisoformat(at)
        sound = type(last) is int and abs(last) <= LARGEST_ID and (not dated if moment is None else _placed(moment))
    except (binascii.Error, ValueError, TypeError, RecursionError):
        sound = False
    if not sound:
        raise Refused(code, _("这个翻页位置已经失效，请回到第一页。"))
    return Cursor(moment, last)


def _placed(moment: datetime) -> bool:
    return moment.tzinfo is not None and moment.replace(tzinfo=UTC) >= _EARLIEST
