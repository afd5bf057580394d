"""How much has been written down of what was done; what was refused is written down too, and changes nothing."""

from __future__ import annotations

from keguan.runtime.ledger.models import Entry

REFUSALS = ("ledger.refused", "access.denied")


def deeds() -> int:
    """Entries of the ledger that are no refusals."""
    return Entry.objects.exclude(action__in=REFUSALS).count()
