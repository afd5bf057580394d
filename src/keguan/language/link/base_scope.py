"""Names where an expression is over the whole base: every record type is the list of all its records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.scope import ChildName, ParameterName
from keguan.language.model.metric import PERIOD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keguan.language.feel.scope import Meaning, Scope
    from keguan.language.link.scopes import Scopes
    from keguan.language.model.model import Parameter, RecordType

_DAYS: dict[str, Meaning] = {
    name: ParameterName(code, type_) for code, (zh, type_) in PERIOD.items() for name in (code, zh)
}


class WithPeriod:
    """A scope in which the first and the last day of the period can be read too."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def find(self, name: str) -> Meaning | None:
        """What ``name`` means here; a field of that name comes first."""
        return self._scope.find(name) or _DAYS.get(name)

    def names(self) -> Iterable[str]:
        """Every name in reach."""
        yield from self._scope.names()
        yield from _DAYS


class BaseScope:
    """The record types as lists of all their records, and the parameters."""

    def __init__(
        self, record_types: Mapping[str, RecordType], parameters: Mapping[str, Parameter], scopes: Scopes
    ) -> None:
        self._names: dict[str, Meaning] = {}
        for parameter in parameters.values():
            meaning = ParameterName(parameter.code, parameter.type)
            self._names[parameter.code] = self._names[parameter.label.zh] = meaning
        for record_type in record_types.values():
            every = ChildName(record_type.code, "", WithPeriod(scopes.among(record_type.code)))
            self._names[record_type.code] = self._names[record_type.label.zh] = every

    def find(self, name: str) -> Meaning | None:
        """What ``name`` means here, or None."""
        return self._names.get(name) or _DAYS.get(name)

    def names(self) -> Iterable[str]:
        """Every name in reach."""
        yield from self._names
        yield from _DAYS
