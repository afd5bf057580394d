"""The packs, published once for the whole test session."""

from __future__ import annotations

from pathlib import Path

from keguan.language.source import read_pack
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.policies.actions import Publish

PACKS = Path(__file__).resolve().parent.parent / "packs"


def publish_packs() -> None:
    """Publish the packs that every installation begins with, as ``keguan setup`` does."""
    Publish(actor=SYSTEM, packs=tuple(read_pack(PACKS / name) for name in ("core", "property-developer"))).run()
