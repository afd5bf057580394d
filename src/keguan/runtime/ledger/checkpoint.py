"""How far the last sound proof on this machine came, so that the next one can go on from there."""

from __future__ import annotations

import hmac
import json
import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from keguan.runtime import keyring
from keguan.runtime.ledger.models import Block


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A block, its last entry, its seal, the last entries of the lanes there, and how many the lanes had counted."""

    block: int
    last: int
    seal: str
    ends: frozenset[int]
    met: int = 0


def keep(reached: Checkpoint) -> None:
    """Keep it for the next time; the file is keyed, so that nobody else moves it on."""
    if not reached.block:
        return
    stated = json.dumps([reached.block, reached.last, reached.seal, sorted(reached.ends), reached.met])
    key_id, key = keyring.key("ledger")
    path = _path()
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    draft.write_text(json.dumps({"stated": stated, "key": key_id, "mac": _mac(key, stated)}), encoding="utf-8")
    draft.replace(path)


def kept() -> Checkpoint | None:
    """The last one, if it is ours and its block still is in the database as it was; else None: begin anew."""
    try:
        found = json.loads(_path().read_text(encoding="utf-8"))
        stated, mac = str(found["stated"]), str(found["mac"])
        if not hmac.compare_digest(_mac(keyring.key_by_id(found["key"]), stated), mac):
            return None
        block, last, seal, ends, met = json.loads(stated)
    except (OSError, ValueError, KeyError, TypeError, keyring.KeyringError):
        return None
    if not Block.objects.filter(pk=block, last=last, seal=seal).exists():
        return None
    return Checkpoint(block, last, seal, frozenset(ends), met)


def _mac(key: bytes, stated: str) -> str:
    return hmac.digest(key, b"checkpoint" + stated.encode(), "sha256").hex()


def _path() -> Path:
    return Path(settings.HOME) / "ledger-verified.json"
