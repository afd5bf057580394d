"""Recovery codes: for whoever has lost the telephone."""

from __future__ import annotations

import hashlib
import secrets

COUNT = 10
"""Codes that are made at a time."""

_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without letters and digits that look alike; 32 of them, so each carries five bits."""

_LENGTH = 24
_GROUP = 4


def new_codes() -> tuple[str, ...]:
    """Fresh codes of 120 random bits each, such as ``7KQM-2FXA-9TBC-H4PW-ZQ8N-3VRE``: enough for a plain hash."""
    return tuple(_new() for _ in range(COUNT))


def digest(code: str) -> str:
    """The SHA-256 under which a code is kept, in hex: however it was typed."""
    bare = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(bare.encode()).hexdigest()


def _new() -> str:
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return "-".join(letters[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))
