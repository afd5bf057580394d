"""编号 as authors write it: TS-{年}{月}-{序号:4}."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import processes as entries
from keguan.language.model.numbering import Numbering, Place

if TYPE_CHECKING:
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Written

PLACES = {
    "年": Place.YEAR,
    "月": Place.MONTH,
    "日": Place.DAY,
    "序号": Place.SEQUENCE,
    "year": Place.YEAR,
    "month": Place.MONTH,
    "day": Place.DAY,
    "sequence": Place.SEQUENCE,
}
_PIECE = re.compile(r"\{\s*(?P<name>[^{}:：]*?)\s*(?:[:：]\s*(?P<digits>[0-9]))?\s*\}|(?P<text>[^{}]+)|(?P<wrong>[{}])")
_COARSER = {Place.MONTH: (Place.YEAR,), Place.DAY: (Place.YEAR, Place.MONTH)}


def read_numbering(written: Written, findings: Findings) -> Numbering | None:
    """A pattern of numbers; None after a diagnostic when it cannot be read or would give one number twice."""
    parts: list[str | Place] = []
    digits = 1
    for found in _PIECE.finditer(written.text):
        if found.group("text"):
            parts.append(found.group("text"))
            continue
        place = PLACES.get((found.group("name") or "").lower())
        if place is None or (found.group("digits") and place is not Place.SEQUENCE):
            findings.add(entries.NUMBERING, written.span, value=written.text, place=found.group())
            return None
        parts.append(place)
        digits = int(found.group("digits") or digits)
    if parts.count(Place.SEQUENCE) != 1:
        findings.add(entries.NUMBERING_SEQUENCE, written.span, value=written.text)
        return None
    for place, coarser in _COARSER.items():
        if place in parts and not set(coarser) <= set(parts):
            findings.add(entries.NUMBERING_REPEATS, written.span, value=written.text)
            return None
    return Numbering(written.text, tuple(parts), max(digits, 1))
