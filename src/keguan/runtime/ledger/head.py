"""The newest block, noted beside the database: who cuts the end off the ledger must also rewrite this file.

The chain of blocks proves everything before its end; that the end itself is there, only something outside the
database can tell. Keeping copies of this file elsewhere makes the proof stronger.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Head:
    """The id and the seal of a block."""

    block_id: int
    seal: str


def note(block_id: int, seal: str) -> None:
    """Note the newest block. An older one than is noted already changes nothing."""
    known = noted()
    if known is not None and known.block_id >= block_id:
        return
    path = _path()
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    draft.write_text(json.dumps({"block": block_id, "seal": seal}), encoding="utf-8")
    draft.replace(path)


def noted() -> Head | None:
    """The newest block noted on this machine, None when there is no readable note."""
    try:
        stored = json.loads(_path().read_text(encoding="utf-8"))
        return Head(int(stored["block"]), str(stored["seal"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _path() -> Path:
    return Path(settings.HOME) / "ledger-head.json"
