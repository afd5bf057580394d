"""The ledger as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Entries and the blocks that seal them."""

    name = "keguan.runtime.ledger"
    label = "ledger"
