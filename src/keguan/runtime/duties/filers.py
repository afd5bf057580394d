"""Who filed a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.ledger import queries as ledger
from keguan.runtime.records.classes import rows_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from keguan.language.model.model import Model


def filers(model: Model, record_type: str, ids: Collection[int]) -> dict[int, int | None]:
    """Who filed each record, as the ledger has it; of an imported one, which has no entry of its own, its owner."""
    owners = dict(rows_of(model, record_type).filter(id__in=set(ids)).values_list("id", "owner_id"))
    known = ledger.doers("records.create", record_type, owners)
    return {record_id: known.get(record_id, owner) for record_id, owner in owners.items()}
