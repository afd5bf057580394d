"""The list of customers and of contracts, as query and as page, with every column asked for.

The page's forms are left out: their choices are the policy's words (钻石卡), which everybody may read.
"""

from __future__ import annotations

import re

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import queries as records
from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """Every column, through the query and through the browser."""
    seen = []
    for record_type in ("customer", "purchase_contract", "visit"):
        try:
            everything = records.ListQuery(columns=records.everything(record_type))
            seen.append(repr(records.page(person.viewer, record_type, everything).rows))
        except Refused as refused:
            seen.append(str(refused))
        page = person.client.get(f"/records/{record_type}/").content.decode()
        seen.append(re.sub(r"<form.*?</form>", "", page, flags=re.DOTALL))
    return "\n".join(seen)
