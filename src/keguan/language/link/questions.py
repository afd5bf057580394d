"""The questions of a survey: what a customer can answer, and how the answers count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.field_type import TYPE_NAMES
from keguan.language.blocks.survey import scale_of
from keguan.language.diagnostics.catalogue import surveys as entries
from keguan.language.feel.types import Text
from keguan.language.model.model import FieldKind
from keguan.language.model.survey import Measure, Scale

if TYPE_CHECKING:
    from keguan.language.blocks.form import FormLine
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.model.form import FormField

_ANSWERABLE = frozenset(
    {
        FieldKind.INTEGER,
        FieldKind.NUMBER,
        FieldKind.CHOICE,
        FieldKind.BOOLEAN,
        FieldKind.DATE,
        FieldKind.TEXT,
        FieldKind.LONG_TEXT,
    }
)
_WORDS = {
    Measure.SATISFACTION: ("满意度", "CSAT"),
    Measure.RECOMMENDATION: ("推荐度", "NPS"),
    Measure.EFFORT: ("费力度", "CES"),
}


def link_scale(field: FormField, line: FormLine, findings: Findings, *, survey: bool) -> Scale | None:
    """How the field's answers count; None where it measures nothing, or after a diagnostic."""
    if survey:
        _check(field, line, findings)
    read = line.measure
    if read is None:
        return None
    if not survey:
        findings.add(entries.MEASURE_ALONE, read.written.span, label=line.label.text)
        return None
    if field.kind is FieldKind.INTEGER:
        return scale_of(read, findings)
    choices = (field.type.choices or ()) if isinstance(field.type, Text) else ()
    if field.kind is not FieldKind.CHOICE or read.measure is not Measure.SATISFACTION or not read.options:
        zh, en = _WORDS[read.measure]
        findings.add(entries.MEASURE_KIND, read.written.span, label=line.label.text, measure=zh, measure_en=en)
        return None
    for option in read.options:
        if option not in choices:
            findings.add(entries.OPTION, read.written.span, label=line.label.text, option=option)
            return None
    return Scale(read.measure, 0, 1, 1, read.options)


def _check(field: FormField, line: FormLine, findings: Findings) -> None:
    """What cannot be asked of a customer."""
    if field.kind not in _ANSWERABLE:
        zh, en = TYPE_NAMES[field.kind]
        findings.add(entries.QUESTION_KIND, line.label.span, label=line.label.text, type=zh, type_en=en)
    if line.source is not None:
        findings.add(entries.QUESTION_SHOWS, line.source.span, label=line.label.text)
