"""The signature of a webhook, with its moment under the signature.

``Keguan-Signature: t=<seconds since 1970>,v1=<hex of HMAC-SHA256(secret, "<t>." + body)>``. A receiver computes it
anew, compares in constant time and refuses a ``t`` of more than five minutes ago. ``Idempotency-Key`` is the same for
every attempt of a message; a receiver keeps it and drops a second one.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

HEADER = "Keguan-Signature"


def signature(secret: str, body: bytes, at: datetime) -> str:
    """The value of the signature's header."""
    seconds = int(at.timestamp())
    digest = hmac.digest(secret.encode(), f"{seconds}.".encode() + body, "sha256")
    return f"t={seconds},v1={digest.hex()}"
