"""What is sealed of an attachment beside the file itself: its name, and the key of the file.

Every file has a key of its own, which lies sealed in its row: a rotated key for fields reseals these few bytes and not
the file, and a file whose row has lost its key can be read by nobody any more.
"""

from __future__ import annotations

import os

from keguan.runtime.access import crypto
from keguan.runtime.access.sealed_columns import SealedColumn

_NAME, _KEY = crypto.place("attachment", "name"), crypto.place("attachment", "key")
_KEY_BYTES = 32


def new_key() -> bytes:
    """A key for one file."""
    return os.urandom(_KEY_BYTES)


def sealed_name(token: int, name: str) -> bytes:
    """A file's name as its row keeps it, bound to the file's token."""
    return crypto.seal(_NAME, token, name)


def opened_name(token: int, sealed: bytes) -> str:
    """A file's name: for ``access`` itself, for whoever may read the file, and for whoever keeps it.

    Raises ``crypto.Unsealable``.
    """
    return crypto.open_sealed(_NAME, token, sealed)


def sealed_key(token: int, key: bytes) -> bytes:
    """A file's key as its row keeps it."""
    return crypto.seal(_KEY, token, key.hex())


def opened_key(token: int, sealed: bytes) -> bytes:
    """A file's key. Raises ``crypto.Unsealable``."""
    return bytes.fromhex(crypto.open_sealed(_KEY, token, sealed))


SEALED = (
    SealedColumn("attachments_attachment", "name", lambda _id, reads: (_NAME, reads[0]), reads=("token",)),
    SealedColumn("attachments_attachment", "key", lambda _id, reads: (_KEY, reads[0]), reads=("token",)),
)
"""Where names and keys of files lie."""
