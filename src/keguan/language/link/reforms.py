"""Reforms (修订) laid over the parameters of the packs that a pack uses: from their first day to their last the new
value holds, and before and after it what held anyway.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from keguan.language.blocks.parameter import ParameterDeclaration
from keguan.language.diagnostics.catalogue import names
from keguan.language.diagnostics.catalogue import parameters as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.link.dated import dated_value
from keguan.language.model.values import read_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keguan.language.blocks.parameter import ParameterLine
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.link.packs import Pack
    from keguan.language.model.model import Parameter, ParameterValue

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Reform:
    """A value and the last day on which it holds; None: for good, or until the pack's next one."""

    value: ParameterValue
    until: date | None
    line: ParameterLine


def lay_reforms(parameters: Mapping[str, Parameter], packs: Sequence[Pack], findings: Findings) -> dict[str, Parameter]:
    """The parameters with every pack's reforms, packs in the order in which they use each other."""
    result = dict(parameters)
    reformed: dict[str, list[str]] = {}
    for pack in packs:
        found: dict[str, list[_Reform]] = {}
        for declared in pack.declared:
            if isinstance(declared.declaration, ParameterDeclaration) and declared.declaration.reform:
                for line in declared.declaration.lines:
                    parameter = _find(line, pack, result, findings)
                    reform = _reform(line, parameter, findings) if parameter is not None else None
                    if parameter is not None and reform is not None:
                        found.setdefault(parameter.code, []).append(reform)
        for code, reforms in found.items():
            _check_order(reforms, result[code], findings)
            for other in reformed.setdefault(code, []):
                if other not in pack.reach:
                    span, label = reforms[0].line.label.span, result[code].label.zh
                    findings.add(entries.REFORM_CLASH, span, label=label, pack=pack.id, other=other)
            reformed[code].append(pack.id)
            result[code] = replace(result[code], values=_laid(result[code].values, reforms))
    return result


def _find(line: ParameterLine, pack: Pack, parameters: Mapping[str, Parameter], findings: Findings) -> Parameter | None:
    parameter = parameters.get(line.code.text)
    if parameter is None or parameter.label.zh != line.label.text:
        known = [each.label.zh for each in parameters.values()]
        values = {"label": line.label.text, "code": line.code.text}
        hint = suggest(line.label.text, known)
        if parameter is not None:
            right = f"{parameter.label.zh} ({parameter.code})"
            hint = {"suggestion": f"写成 {right}。", "suggestion_en": f"Write {right}."}
        findings.add(entries.REFORM_UNKNOWN, line.label.span, **values, **hint)
        return None
    if parameter.clause.pack not in pack.reach:
        findings.add(names.PACK_NOT_USED, line.label.span, name=line.label.text, pack=parameter.clause.pack)
        return None
    if line.type is not None and line.type.type != parameter.type:
        findings.add(entries.TYPES_MIXED, line.type.written.span, label=line.label.text)
        return None
    return parameter


def _reform(line: ParameterLine, parameter: Parameter, findings: Findings) -> _Reform | None:
    value = dated_value(line, parameter.type, parameter.kind, findings)
    until = None
    if line.until.text:
        try:
            until = read_date(line.until.text)
        except ValueError:
            findings.add(entries.UNTIL_UNREADABLE, line.until.span, value=line.until.text)
            return None
    if value is not None and until is not None and until < value.since:
        findings.add(entries.UNTIL_BEFORE, line.until.span, label=line.label.text, since=value.since, until=until)
        return None
    return _Reform(value, until, line) if value is not None else None


def _check_order(reforms: list[_Reform], parameter: Parameter, findings: Findings) -> None:
    """Put a pack's reforms of one parameter in order of time, and report two for one day."""
    reforms.sort(key=lambda reform: reform.value.since)
    for first, second in pairwise(reforms):
        if first.value.since == second.value.since or (first.until is not None and first.until >= second.value.since):
            since = second.value.since
            findings.add(entries.SINCE_TWICE, second.line.since.span, label=parameter.label.zh, since=since)


def _laid(base: Sequence[ParameterValue], reforms: Sequence[_Reform]) -> tuple[ParameterValue, ...]:
    values = {value.since: value for value in base}
    for number, reform in enumerate(reforms):
        following = reforms[number + 1].value.since if number + 1 < len(reforms) else None
        after = reform.until + _DAY if reform.until is not None and reform.until < date.max else following
        kept = {since: value for since, value in values.items() if since < reform.value.since}
        kept[reform.value.since] = reform.value
        if after is not None:
            earlier = [value for value in base if value.since <= after]
            if earlier:
                kept[after] = replace(max(earlier, key=lambda value: value.since), since=after)
            kept |= {value.since: value for value in base if value.since > after}
        values = kept
    return tuple(values[since] for since in sorted(values))
