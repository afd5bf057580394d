"""Cases that begin because of a member of staff: the record that is filed for them must be one that can be filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import processes as entries
from keguan.language.model.model import FieldKind

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject

FILLED = frozenset({FieldKind.STAFF, FieldKind.DATE, FieldKind.TEXT, FieldKind.LONG_TEXT})
"""Kinds of which the system knows what to write: the person, the day, the reason."""


def staff_occasions(subject: Subject) -> None:
    """Report a record type without a staff field, and required fields that the system could not fill."""
    for process in subject.model.blocks.processes.values():
        if not process.start.occasions:
            continue
        record_type = subject.model.record_types[process.record_type]
        staff = [field for field in record_type.fields if field.kind is FieldKind.STAFF]
        wrong = [field for field in record_type.fields if field.required is True and field.kind not in FILLED]
        wrong += [field for field in staff[1:] if field.required is True]
        if wrong or not staff:
            names = [(field.label.zh, field.label.en) for field in wrong] if staff else [("人员", "staff")]
            subject.findings.add(
                entries.OCCASION_RECORD,
                process.span,
                process=process.label.zh,
                record_type=record_type.label.zh,
                fields="、".join(zh for zh, _ in names),
                fields_en=", ".join(en for _, en in names),
            )
