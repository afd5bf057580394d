"""A deadline that is written as a parameter (投诉期限, 处理天数 工作日) → the deadline with its dated lengths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.timing import NamedDeadline
from keguan.language.diagnostics.catalogue import timing as entries
from keguan.language.model.kinds import FieldKind
from keguan.language.model.timing import Deadline, Length, Unit

if TYPE_CHECKING:
    from keguan.language.link.linking import Linking
    from keguan.language.model.parameter import Parameter

_SECONDS = ((86_400, Unit.DAY), (3600, Unit.HOUR), (60, Unit.MINUTE))


def link_deadline(written: Deadline | NamedDeadline | None, linking: Linking) -> Deadline | None:
    """The deadline; of a parameter, its length by day. None after a diagnostic when there is no such parameter or it is
    no amount of time.
    """
    if not isinstance(written, NamedDeadline):
        return written
    parameter = _known(written.name, linking)
    if parameter is None:
        linking.findings.add(entries.DEADLINE, written.span, value=written.text)
        return None
    lengths = [(each.since, _length(parameter, each.value, written.unit)) for each in parameter.values]
    dated = tuple((since, length) for since, length in lengths if length is not None)
    if not dated or len(dated) < len(lengths):
        linking.findings.add(entries.DEADLINE_PARAMETER, written.span, label=parameter.label.zh)
        return None
    return Deadline(written.text, length=dated[-1][1], dated=dated, parameter=parameter.code)


def _known(name: str, linking: Linking) -> Parameter | None:
    found = (each for each in linking.parameters.values() if name in (each.label.zh, each.label.en, each.code))
    return next(found, None)


def _length(parameter: Parameter, value: object, unit: Unit | None) -> Length | None:
    """What a value comes to: of 时长 itself, of 整数 so many of the unit written after the name."""
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        return None
    if parameter.kind is FieldKind.DURATION and unit is None:
        return next((Length(value // size, each) for size, each in _SECONDS if value % size == 0), None)
    if parameter.kind is FieldKind.INTEGER and unit is not None:
        return Length(value, unit)
    return None
