"""Documents that show sensitive fields without saying that they are meant to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import documents as entries

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject


def sensitive_places(subject: Subject) -> None:
    """Report every place that names a sensitive field, unless the document declares that it discloses some, or that it
    masks all as on a waybill.
    """
    for document in subject.model.blocks.documents.values():
        for place in document.places:
            if place.sensitive and not (document.discloses or document.waybill):
                subject.findings.add(entries.PLACE_SENSITIVE, place.span, label=document.label.zh, field=place.text)
