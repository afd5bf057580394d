"""Parameter declarations → parameters with their dated values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.parameter import ParameterDeclaration
from keguan.language.diagnostics.catalogue import parameters as entries
from keguan.language.feel.types import Number
from keguan.language.link.codes import Taken, check_code, check_label, make_label
from keguan.language.link.dated import dated_value, type_unreadable
from keguan.language.link.reforms import lay_reforms
from keguan.language.model.model import FieldKind, Parameter
from keguan.language.model.values import infer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from keguan.language.blocks.parameter import ParameterLine
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.feel.types import Type
    from keguan.language.link.packs import Declared, Pack


def link_parameters(packs: Sequence[Pack], findings: Findings) -> dict[str, Parameter]:
    """Parameters by code, their values earliest first."""
    result: dict[str, Parameter] = {}
    taken = Taken()
    for pack in packs:
        for declared in pack.declared:
            if not isinstance(declared.declaration, ParameterDeclaration) or declared.declaration.reform:
                continue
            grouped: dict[tuple[str, str], list[ParameterLine]] = {}
            for line in declared.declaration.lines:
                grouped.setdefault((line.code.text, line.label.text), []).append(line)
            for lines in grouped.values():
                first = lines[0]
                if not (check_code(first.code, findings) and check_label(first.label, findings)):
                    continue
                if not taken.claim(first.code, first.label, findings):
                    continue
                parameter = _parameter(lines, declared, pack.effective, findings)
                if parameter is not None:
                    result[parameter.code] = parameter
    return lay_reforms(result, packs, findings)


def _parameter(
    lines: Sequence[ParameterLine], declared: Declared, effective: date, findings: Findings
) -> Parameter | None:
    first = lines[0]
    typed = _type(lines, findings)
    if typed is None:
        return None
    type_, kind = typed
    if kind is FieldKind.STAFF:
        findings.add(entries.PERSON, first.label.span, label=first.label.text)
        return None
    values = {}
    for line in lines:
        value = dated_value(line, type_, kind, findings)
        if value is None:
            continue
        if value.since in values:
            findings.add(entries.SINCE_TWICE, line.since.span, label=first.label.text, since=value.since)
        values[value.since] = value
    if values and min(values) > effective:
        findings.add(entries.NOT_YET, first.since.span, label=first.label.text, effective=effective)
    label = make_label(first.label.text, first.english, first.code.text)
    ordered = tuple(values[since] for since in sorted(values))
    return Parameter(first.code.text, label, type_, kind, ordered, declared.clause, first.label.span)


def _type(lines: Sequence[ParameterLine], findings: Findings) -> tuple[Type, FieldKind] | None:
    """The declared type, or the one type that fits every value."""
    for line in lines:
        if line.type is not None:
            return line.type.type, line.type.kind
    found: list[tuple[Type, FieldKind]] = []
    for line in lines:
        try:
            found.append(infer(line.value.text))
        except ValueError:
            type_unreadable(line, FieldKind.TEXT, findings)
    if not found:
        return None
    numbers = [type_ for type_, kind in found if isinstance(type_, Number) and kind is not FieldKind.PERCENT]
    if len(numbers) == len(found):
        scale = max(number.scale for number in numbers)
        return Number(scale), FieldKind.INTEGER if scale == 0 else FieldKind.NUMBER
    if len(set(found)) > 1:
        findings.add(entries.TYPES_MIXED, lines[-1].value.span, label=lines[0].label.text)
    return found[0]
