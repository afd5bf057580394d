"""What publishing announces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.ledger.events import Event

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Published(Event):
    """New versions were published. ``publication_ids`` are the sets they made; the first starts on ``effective``."""

    publication_ids: tuple[int, ...]
    effective: date
    versions: tuple[tuple[str, str], ...]  # (pack, version)
