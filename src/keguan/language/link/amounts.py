"""数额 of a consequence: a formula, a range within which the approver decides, or a length of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.timing import read_length
from keguan.language.feel.scope import ParameterName
from keguan.language.feel.types import Number
from keguan.language.link.written import written_expression, written_tests
from keguan.language.model.consequence import EVENT_VALUES, LEVELS, Amount, Measure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.feel.scope import Meaning, Scope
    from keguan.language.link.linking import Linking
    from keguan.language.markdown.document import Written

_EVENT: dict[str, Meaning] = {
    name: ParameterName(code, type_) for code, (zh, type_) in EVENT_VALUES.items() for name in (code, zh)
}
_RANGES = ("[", "(", "<", ">", "]")


class EventScope:
    """A scope in which the event can be read too."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def find(self, name: str) -> Meaning | None:
        """What ``name`` means here; a field or parameter of that name comes first."""
        return self._scope.find(name) or _EVENT.get(name)

    def names(self) -> Iterable[str]:
        """Every name in reach."""
        yield from self._scope.names()
        yield from _EVENT


def link_amount(
    linking: Linking, measure: Measure, written: Written, scope: Scope, own: frozenset[str]
) -> Amount | None:
    """How much a measure is; None without one, or after a diagnostic."""
    if not written.text:
        return None
    if measure is Measure.SUSPEND:
        length = read_length(written, linking.findings)
        return None if length is None else Amount(written.text, length=length)
    type_ = Number(0 if measure in LEVELS else 2)
    if written.text.startswith(_RANGES):
        within = written_tests(written, type_, scope, linking.findings)
        return None if within is None else Amount(written.text, within=within)
    value = written_expression(written, EventScope(scope), linking.findings, type_, own)
    return None if value is None else Amount(written.text, value=value)
