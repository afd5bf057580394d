"""AES-256-GCM over one secret, bound to its place. Knows no Django: the key file is read before there are settings."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


class Unopened(Exception):
    """The wrong key, or something that was damaged or moved from its place."""


def seal_secret(key: bytes, place: bytes, secret: bytes) -> bytes:
    """Nonce (12 bytes), ciphertext and tag."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, secret, place)


def open_secret(key: bytes, place: bytes, sealed: bytes) -> bytes:
    """What ``seal_secret`` was given. Raises ``Unopened``."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], place)
    except (InvalidTag, ValueError):
        raise Unopened from None
