"""One row of a parameter: a value and the day from which it holds."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from keguan.language.blocks.field_type import TYPE_NAMES
from keguan.language.diagnostics.catalogue import parameters as entries
from keguan.language.feel.types import TEXT, MonthDuration
from keguan.language.model.model import FieldKind, ParameterValue
from keguan.language.model.values import read_date, read_value, unquote

if TYPE_CHECKING:
    from keguan.language.blocks.parameter import ParameterLine
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.feel.types import Type


def dated_value(line: ParameterLine, type_: Type, kind: FieldKind, findings: Findings) -> ParameterValue | None:
    """What one row says: the value and its first day; None after diagnostics."""
    try:
        since = read_date(line.since.text)
    except ValueError:
        findings.add(entries.SINCE_UNREADABLE, line.since.span, value=line.since.text)
        return None
    try:
        text = unquote(line.value.text) if type_ == TEXT or kind is FieldKind.CHOICE else line.value.text
        value = read_value(text, type_)
    except ValueError:
        type_unreadable(line, kind, findings, type_)
        return None
    if value is None or isinstance(value, time):  # no type of a parameter is a time of day
        return None
    return ParameterValue(since, value, line.reference)


def type_unreadable(line: ParameterLine, kind: FieldKind, findings: Findings, type_: Type | None = None) -> None:
    """Report a value that is not of its parameter's type."""
    zh, en = ("月数", "months") if isinstance(type_, MonthDuration) else TYPE_NAMES[kind]
    findings.add(entries.VALUE_UNREADABLE, line.value.span, value=line.value.text, expected=zh, expected_en=en)
