"""Asking for an original, of a record, of a case's form and of a letter, with a reason."""

from __future__ import annotations

from django.db import transaction

from keguan.runtime.access.actions import Reveal
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes import queries as cases
from keguan.runtime.processes.actions import RevealDocument, RevealValue
from tests.leaks.through_filter import ASKED
from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """What was revealed."""
    seen = []
    for code, _value in ASKED:
        try:
            with transaction.atomic():
                action = Reveal(
                    viewer=person.viewer, record_type="customer", id=world.customer, field=code, reason="核对资料"
                )
                seen.append(action.run())
        except Refused as refused:
            seen.append(str(refused))
    (letter, note) = cases.case_view(viewer_for(world.cast.zhou_min.id), world.case).documents
    of_case = {"viewer": person.viewer, "case_id": world.case, "reason": "核对资料"}
    asked = [RevealValue(form="leak_form", field=field, **of_case) for field in ("leak_id", "leak_phone", "leak_name")]
    for action in (*asked, *(RevealDocument(document_id=each.id, **of_case) for each in (letter, note))):
        try:
            with transaction.atomic():
                seen.append(action.run())
        except Refused as refused:
            seen.append(str(refused))
    return "\n".join(seen)
