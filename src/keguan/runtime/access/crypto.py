"""Sealing sensitive values, and finding them without opening them.

A sealed value is ``algorithm (1) | key id (2) | nonce (12) | ciphertext | tag (16)``; it is bound to its record type,
field and record id, so that it cannot be moved to another place. The algorithm stands in each value: either can be
read, whichever is chosen now.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import lru_cache
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from keguan.runtime.access import keys
from keguan.runtime.access.normal import normalised

if TYPE_CHECKING:
    from keguan.language.model.model import FieldKind

AES_GCM, SM4_GCM = 1, 2
"""Algorithms by their number in a sealed value."""

_NAMES = {"aes-256-gcm": AES_GCM, "sm4-gcm": SM4_GCM}
_HEADER, _NONCE, _TAG = 3, 12, 16
_SIGN_BIT = 1


class Unsealable(Exception):
    """A sealed value that was damaged, moved to another record or field, or sealed under a key that is missing."""


def place(record_type: str, field: str) -> str:
    """The name under which a field's values are sealed and indexed."""
    return f"{record_type}.{field}"


def seal(where: str, record_id: int, text: str) -> bytes:
    """Seal ``text`` for the field ``where`` (see :func:`place`) of one record. Raises ``KeyringError``."""
    key_id, key = keys.newest("fields")
    algorithm = _NAMES[settings.KEGUAN_CIPHER]
    nonce = os.urandom(_NONCE)
    bound = _bound(where, record_id)
    if algorithm == AES_GCM:
        body = _aes(key).encrypt(nonce, text.encode(), bound)
    else:
        encryptor = Cipher(algorithms.SM4(_sm4_key(key)), modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(bound)
        body = encryptor.update(text.encode()) + encryptor.finalize() + encryptor.tag
    return bytes((algorithm,)) + key_id.to_bytes(2, "big") + nonce + body


def open_sealed(where: str, record_id: int, sealed: bytes) -> str:
    """The text in a sealed value. Raises ``Unsealable``.

    Called by nothing but ``access`` itself and the two places in ``records`` that rewrite what they keep; a house test
    holds the list.
    """
    sealed = bytes(sealed)
    if len(sealed) < _HEADER + _NONCE + _TAG:
        raise Unsealable(where)
    key = keys.by_id(key_of(sealed))
    nonce, body = sealed[_HEADER : _HEADER + _NONCE], sealed[_HEADER + _NONCE :]
    bound = _bound(where, record_id)
    try:
        if sealed[0] == AES_GCM:
            return _aes(key).decrypt(nonce, body, bound).decode()
        if sealed[0] == SM4_GCM:
            decryptor = Cipher(algorithms.SM4(_sm4_key(key)), modes.GCM(nonce, body[-_TAG:])).decryptor()
            decryptor.authenticate_additional_data(bound)
            return (decryptor.update(body[:-_TAG]) + decryptor.finalize()).decode()
    except InvalidTag:
        raise Unsealable(f"{where} of record {record_id}") from None
    raise Unsealable(f"{where}: unknown algorithm {sealed[0]}")


def key_of(sealed: bytes) -> int:
    """The id of the key that a sealed value was sealed with."""
    return int.from_bytes(sealed[1:_HEADER], "big")


def blind_index(where: str, kind: FieldKind, text: str) -> int:
    """A keyed hash of the normalised text, 63 bits: equal values of one field have equal indexes, and nothing else can
    be told from them without the key.
    """
    _, key = keys.newest("indexes")
    return keyed(key, f"{where}\0{normalised(kind, text)}")


def blind_indexes(where: str, kind: FieldKind, text: str) -> tuple[int, ...]:
    """The indexes by which a value is looked for while the key for indexes is being rotated: newest first."""
    plain = f"{where}\0{normalised(kind, text)}"
    return tuple(keyed(key, plain) for key in keys.live("indexes"))


def keyed(key: bytes, text: str) -> int:
    """HMAC-SHA256 of ``text``, cut to 63 bits so that it fits a signed column."""
    return int.from_bytes(hmac.digest(key, text.encode(), "sha256")[:8], "big") >> _SIGN_BIT


def _bound(where: str, record_id: int) -> bytes:
    return f"{where}/{record_id}".encode()


@lru_cache(maxsize=8)
def _aes(key: bytes) -> AESGCM:
    return AESGCM(key)


@lru_cache(maxsize=8)
def _sm4_key(key: bytes) -> bytes:
    """SM4 takes 128 bits: derived, so that no key serves two ciphers."""
    return hmac.digest(key, b"keguan sm4", hashlib.sha256)[:16]
