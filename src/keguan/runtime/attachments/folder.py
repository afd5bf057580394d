"""Where the files lie: new ones in ``incoming`` until their record is committed, the others under two characters."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from keguan.runtime.keyring import KeyringError
from keguan.runtime.keyring.sealed_reader import SealedReader
from keguan.runtime.keyring.sealed_stream import Damaged, SealedWriter, sealed_frames
from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

NAME = "attachments"
_INCOMING, _SUFFIX, _PURPOSE = "incoming", ".sealed", "uploads"
_PART = 1 << 20


def writer(token: int, key: bytes) -> SealedWriter:
    """Begin a file in ``incoming``. Raises ``OSError`` and ``KeyringError``."""
    path = _incoming(token)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return SealedWriter(path, _PURPOSE, _place(token), key)


def reader(token: int, key: bytes) -> io.BufferedReader:
    """A file to look around in. Raises ``Damaged`` and ``OSError``."""
    return io.BufferedReader(SealedReader(_found(token), _place(token), key), _PART // 16)


def pieces(token: int, key: bytes) -> Iterator[bytes]:
    """A file in clear, piece by piece. Raises ``Refused`` (``attachments.file_gone``) when it is gone or damaged:
    before the first piece where that can be known, else in the middle.
    """
    try:
        yield from sealed_frames(_found(token), _place(token), key)
    except (OSError, Damaged, KeyringError) as error:
        raise Refused("attachments.file_gone", _("文件已经不在了，或者已损坏。请联系系统管理员从备份恢复。")) from error


def checksum(token: int) -> str:
    """The SHA-256 of the file as it lies there. Raises ``OSError``."""
    digest = hashlib.sha256()
    with _found(token).open("rb") as stream:
        while part := stream.read(_PART):
            digest.update(part)
    return digest.hexdigest()


def settle(token: int) -> None:
    """Move a file from ``incoming`` to its place; one that is there already stays."""
    if _incoming(token).exists():
        path = _settled(token)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _incoming(token).replace(path)


def delete(token: int) -> None:
    """Delete a file wherever it lies; one that is gone already is fine."""
    _incoming(token).unlink(missing_ok=True)
    _settled(token).unlink(missing_ok=True)


def waiting(before: datetime) -> list[int]:
    """Tokens of the files that came before a moment and lie in ``incoming`` still."""
    folder = Path(settings.HOME) / NAME / _INCOMING
    return sorted(
        int(path.name.removesuffix(_SUFFIX), 16)
        for path in folder.glob(f"*{_SUFFIX}")
        if path.stat().st_mtime < before.timestamp()
    )


def _found(token: int) -> Path:
    settled = _settled(token)
    return settled if settled.exists() else _incoming(token)


def _incoming(token: int) -> Path:
    return Path(settings.HOME) / NAME / _INCOMING / f"{token:016x}{_SUFFIX}"


def _settled(token: int) -> Path:
    name = f"{token:016x}{_SUFFIX}"
    return Path(settings.HOME) / NAME / name[-len(_SUFFIX) - 2 : -len(_SUFFIX)] / name


def _place(token: int) -> str:
    return f"attachment/{token:016x}"
