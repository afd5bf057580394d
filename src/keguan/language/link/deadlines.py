"""A deadline or a frequency written as a parameter (投诉期限, 处理天数 工作日) → the same with its dated lengths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.timing import NamedDeadline, NamedFrequency
from keguan.language.diagnostics.catalogue import timing as entries
from keguan.language.feel.types import MonthDuration
from keguan.language.model.kinds import FieldKind
from keguan.language.model.timing import Deadline, Frequency, Length, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from keguan.language.diagnostics.findings import Findings
    from keguan.language.link.linking import Linking
    from keguan.language.model.parameter import Parameter

_SECONDS = ((86_400, Unit.DAY), (3600, Unit.HOUR), (60, Unit.MINUTE))


def link_deadline(written: Deadline | NamedDeadline | None, linking: Linking) -> Deadline | None:
    """The deadline; of a parameter, its length by day. None after a diagnostic when there is no such parameter or it is
    no amount of time.
    """
    return dated_deadline(written, linking.parameters, linking.findings)


def dated_deadline(
    written: Deadline | NamedDeadline | None, parameters: Mapping[str, Parameter], findings: Findings
) -> Deadline | None:
    """As ``link_deadline``, where no more is linked yet than the parameters."""
    if not isinstance(written, NamedDeadline):
        return written
    parameter = _known(written.name, parameters)
    if parameter is None:
        findings.add(entries.DEADLINE, written.span, value=written.text)
        return None
    dated = _dated(parameter, written.unit)
    if not dated:
        findings.add(entries.DEADLINE_PARAMETER, written.span, label=parameter.label.zh)
        return None
    return Deadline(written.text, length=dated[-1][1], dated=dated, parameter=parameter.code)


def link_frequency(written: Frequency | NamedFrequency | None, linking: Linking) -> Frequency | None:
    """The frequency; of a parameter, its period by day. None after a diagnostic when there is no such parameter or it
    is no amount of time.
    """
    if not isinstance(written, NamedFrequency):
        return written
    parameter = _known(written.name, linking.parameters)
    if parameter is None:
        linking.findings.add(entries.FREQUENCY, written.span, value=written.text)
        return None
    dated = _dated(parameter, written.unit)
    if not dated:
        linking.findings.add(entries.FREQUENCY_PARAMETER, written.span, label=parameter.label.zh)
        return None
    often = (written.at_least, written.at_most)
    return Frequency(written.text, dated[-1][1], *often, parameter=parameter.code, dated=dated)


def _dated(parameter: Parameter, unit: Unit | None) -> tuple[tuple[date, Length], ...]:
    """What each value comes to from its day on; nothing when one of them is no amount of time."""
    lengths = [(each.since, _length(parameter, each.value, unit)) for each in parameter.values]
    dated = tuple((since, length) for since, length in lengths if length is not None)
    return dated if len(dated) == len(lengths) else ()


def _known(name: str, parameters: Mapping[str, Parameter]) -> Parameter | None:
    found = (each for each in parameters.values() if name in (each.label.zh, each.label.en, each.code))
    return next(found, None)


def _length(parameter: Parameter, value: object, unit: Unit | None) -> Length | None:
    """What a value comes to: of 时长 and 月数 itself, of 整数 so many of the unit written after the name."""
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        return None
    if isinstance(parameter.type, MonthDuration):
        return Length(value, Unit.MONTH) if unit is None else None
    if parameter.kind is FieldKind.DURATION and unit is None:
        return next((Length(value // size, each) for size, each in _SECONDS if value % size == 0), None)
    if parameter.kind is FieldKind.INTEGER and unit is not None:
        return Length(value, unit)
    return None
