"""Look-ups that were denied are written down: who asked, for what, and at which door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from keguan.runtime import clock
from keguan.runtime.ledger import readings
from keguan.runtime.ledger.actions import Record, Refused, append

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.runtime.access.viewer import Viewer

DENIED = "access.denied"
"""The action of an entry about a look-up that was denied."""

OUT_OF_SIGHT = frozenset({"not_found", "type", "hidden", "scope", "approval", "not_permitted"})
"""Last words of the codes of refusals for what is out of sight or not permitted. Whether there is such a record at all
is not told apart, neither to whoever asked nor in the entry: an auditor wants to see who looks for what is there.
"""

_SUBJECTS = {"case_id": "case", "duty_id": "duty", "export_id": "export"}


class FieldDenied(Refused):
    """A question about a field that the viewer may not see, or of which none may be asked; ``field`` as asked."""

    def __init__(self, code: str, message: str, field: str) -> None:
        super().__init__(code, message, {field: message})
        self.field = field


def note_denied(viewer: Viewer, refused: Refused, asked: Mapping[str, object], door: str) -> bool:
    """Write down that a look-up was denied, and return whether it was: at most once a minute for a person and record.

    ``asked`` are the parts of the address (``record_type``, ``record_id``, ``field`` …), ``door`` where it was asked
    (``web /records/…``). Written in a transaction of its own, after whatever was undone.
    """
    field = refused.field if isinstance(refused, FieldDenied) else str(asked.get("field", ""))
    denied = isinstance(refused, FieldDenied) or refused.code.rpartition(".")[2] in OUT_OF_SIGHT
    if viewer.staff_id is None or refused.noted or not denied:
        return False
    refused.noted = True
    subject_type, subject_id = _subject(asked)
    with transaction.atomic():
        which = f"{subject_type[:50]} {subject_id} {clock.now():%H:%M}"
        if not readings.first_today(viewer.staff_id, DENIED, which[-80:]):
            return False
        data = {"code": refused.code, "door": door[:80], **({"field": field[:80]} if field else {})}
        append(viewer.actor, [Record(DENIED, subject_type[:80], subject_id[:20] or None, data=data)])
    return True


def _subject(asked: Mapping[str, object]) -> tuple[str, str]:
    """What was asked for, as far as the address says it."""
    for part, name in _SUBJECTS.items():
        if part in asked:
            return name, str(asked[part])
    return str(asked.get("record_type", "")), str(asked.get("record_id", asked.get("id", "")))
