"""Six digits that show whose an address is. Nothing is stored: they follow from the address, the hour and a key."""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import TYPE_CHECKING

from keguan.runtime.keyring import key

if TYPE_CHECKING:
    from datetime import datetime

    from keguan.runtime.notifications.models import ContactPoint

LIVES = timedelta(hours=1)
"""A code is good for so long at least, and for twice as long at most."""

_HOUR = int(LIVES.total_seconds())


def code_of(point: ContactPoint, at: datetime) -> str:
    """The code of an address in the hour of ``at``. Raises ``KeyringError``."""
    return _code(point, int(at.timestamp()) // _HOUR)


def fits(point: ContactPoint, code: str, now: datetime) -> bool:
    """Whether it is the code of this hour or of the last one."""
    hour = int(now.timestamp()) // _HOUR
    typed = code.strip().encode()
    return any(hmac.compare_digest(_code(point, each).encode(), typed) for each in (hour, hour - 1))


def _code(point: ContactPoint, hour: int) -> str:
    """Bound to the sealed address: whoever changes the address needs another code."""
    bound = f"notifications.code/{point.pk}/{hour}/".encode() + bytes(point.sealed)
    return f"{int.from_bytes(hmac.digest(key('tokens')[1], bound, 'sha256')[:8], 'big') % 10**6:06d}"
