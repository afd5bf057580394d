"""A periodic record type needs the two dates that say which period one record is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import records as entries
from keguan.language.model.model import FieldKind

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject

DATES = ("period_start", "period_end")


def period_dates(subject: Subject) -> None:
    """Report a periodic type without date fields ``period_start`` and ``period_end``."""
    for record_type in subject.model.record_types.values():
        if record_type.cadence is None:
            continue
        dates = {field.code for field in record_type.fields if field.kind is FieldKind.DATE}
        for code in DATES:
            if code not in dates:
                label = record_type.label.zh
                subject.findings.add(entries.PERIOD_DATES, record_type.span, label=label, code=code)
