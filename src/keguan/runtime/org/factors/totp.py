"""One-time codes by time (RFC 6238): six digits, 30-second steps, HMAC-SHA-1, as every authenticator app knows them."""

from __future__ import annotations

import hmac
import secrets
import struct
from base64 import b32encode
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from datetime import datetime

STEP_SECONDS = 30
DIGITS = 6
SECRET_BYTES = 20
"""As long as the hash, as RFC 4226 asks (section 4, R6)."""

WINDOW = 1
"""A code of the step before or after is taken too: clocks differ."""


def new_secret() -> bytes:
    """A shared secret."""
    return secrets.token_bytes(SECRET_BYTES)


def step_at(moment: datetime) -> int:
    """The number of the step that a moment falls into."""
    return int(moment.timestamp()) // STEP_SECONDS


def code_at(secret: bytes, step: int) -> str:
    """The code of a step (RFC 4226, 5.3)."""
    digest = hmac.digest(secret, struct.pack(">Q", step), "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def matching_step(secret: bytes, given: str, moment: datetime, after: int) -> int | None:
    """The step whose code was given, of those around the moment and later than ``after``; None: none of them.

    Every step of the window is compared, whichever fits.
    """
    now, found = step_at(moment), None
    for step in range(now - WINDOW, now + WINDOW + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), given.encode()) and step > after:
            found = step
    return found


def written(secret: bytes) -> str:
    """The secret for typing it in: base 32 in groups of four."""
    text = b32encode(secret).decode()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def address(secret: bytes, account: str, issuer: str) -> str:
    """The ``otpauth://`` address that a QR code holds."""
    query = urlencode({"secret": b32encode(secret).decode(), "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(issuer)}:{quote(account)}?{query}"
