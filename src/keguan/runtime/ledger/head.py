"""The newest block, noted beside the database: who cuts the end off the ledger must also rewrite this file.

The chain of blocks proves everything before its end; that the end itself is there, only something outside the
database can tell. It is the first of the anchors (``anchors.py``), and the only one written with every block.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from keguan.runtime.ledger.receipts import Receipt


@dataclass(frozen=True, slots=True)
class Head:
    """The id and the seal of a block."""

    block_id: int
    seal: str


def note(receipt: Receipt) -> None:
    """Note the newest block. An older one than is noted already changes nothing."""
    known = noted()
    if known is not None and known.block_id >= receipt.block:
        return
    path = _path()
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    draft.write_text(receipt.text, encoding="utf-8")
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
