"""What each name means inside the records of one type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.scope import AmbiguousChildren, ChildName, ParameterName, RecordName, ReferenceName
from keguan.language.feel.stamps import STAMPS
from keguan.language.model.model import FieldKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from keguan.language.feel.scope import Meaning
    from keguan.language.feel.types import Type
    from keguan.language.model.model import Field, Label, Parameter, RecordType


class RecordScope:
    """Names in reach in a record: its own first, then parameters, its child records, and what every record has."""

    def __init__(self, record_type: RecordType, parameters: Mapping[str, Meaning]) -> None:
        self._names = (record_type.label.zh, record_type.code)
        self._own: dict[str, Meaning] = {}
        self._children: dict[str, Meaning] = {}
        self._references: dict[str, ReferenceName] = {}
        self._parameters = parameters

    def add(self, label: Label, code: str, type_: Type, *, usable: bool = True) -> None:
        """Add a field, fact or outcome."""
        meaning = RecordName(code, type_, usable)
        self._own[code] = meaning
        self._own[label.zh] = meaning

    def add_children(self, label: Label, code: str, meaning: Meaning) -> None:
        """Add the records of another type that refer to this one."""
        self._children[code] = meaning
        self._children[label.zh] = meaning

    def add_reference(self, label: Label, code: str, record_type: str, scope: RecordScope) -> None:
        """Add a field that refers to a record of this type, in which ``scope`` is in reach."""
        meaning = ReferenceName(code, record_type, scope)
        self._references |= {code: meaning, label.zh: meaning}

    def find(self, name: str) -> Meaning | None:
        """What ``name`` means here, or None."""
        known = self._own.get(name) or self._parameters.get(name) or self._children.get(name)
        return known or self._references.get(name) or STAMPS.get(name)

    @property
    def own_names(self) -> frozenset[str]:
        """What the record itself is called, as far as that names nothing in it: it may stand before its fields."""
        return frozenset(name for name in self._names if self.find(name) is None)

    def names(self) -> Iterable[str]:
        """Every name in reach."""
        yield from self._own
        yield from self._parameters
        yield from self._children
        yield from self._references

    def clashes(self) -> Iterator[tuple[str, str, str]]:
        """(name, what it is first, what it is also): labels that mean two things here."""
        for name in self._own:
            if name in self._parameters:
                yield name, "own", "parameter"
            if name in self._children and not name.isascii():
                yield name, "own", "children"
        for name in self._children:
            if name in self._parameters:
                yield name, "children", "parameter"


class Scopes:
    """The scopes of every record type: ``inside`` a record, and inside a filter over its children."""

    def __init__(self, record_types: Mapping[str, RecordType], parameters: Mapping[str, Parameter]) -> None:
        names: dict[str, Meaning] = {}
        for parameter in parameters.values():
            names[parameter.code] = names[parameter.label.zh] = ParameterName(parameter.code, parameter.type)
        self._inside = {code: RecordScope(record_type, names) for code, record_type in record_types.items()}
        self._filter = {code: RecordScope(record_type, names) for code, record_type in record_types.items()}
        self._computed: dict[str, dict[str, str]] = {code: {} for code in record_types}
        for record_type in record_types.values():
            for field in record_type.fields:
                if field.kind not in (FieldKind.REFERENCE, FieldKind.PERIOD):
                    self._add(record_type.code, field.label, field.code, field.type, usable=not field.sensitive)
                elif field.target in self._inside:
                    parent = self._inside[field.target]
                    self._inside[record_type.code].add_reference(field.label, field.code, field.target, parent)
                    self._filter[record_type.code].add_reference(field.label, field.code, field.target, parent)
        for record_type in record_types.values():
            self._link_children(record_type)

    def _link_children(self, child: RecordType) -> None:
        links: dict[str, list[Field]] = {}
        for field in child.fields:
            if field.target is not None:
                links.setdefault(field.target, []).append(field)
        for parent, fields in links.items():
            if parent not in self._inside:
                continue
            choices = tuple(
                (field.label.zh, ChildName(child.code, field.code, self._filter[child.code])) for field in fields
            )
            meaning = choices[0][1] if len(choices) == 1 else AmbiguousChildren(choices)
            self._inside[parent].add_children(child.label, child.code, meaning)

    def add(self, record_type: str, label: Label, code: str, type_: Type) -> None:
        """Add a fact or outcome of a record type to every scope that reaches it."""
        self._computed[record_type] |= {code: code, label.zh: code}
        self._add(record_type, label, code, type_, usable=True)

    def _add(self, record_type: str, label: Label, code: str, type_: Type, *, usable: bool) -> None:
        self._inside[record_type].add(label, code, type_, usable=usable)
        self._filter[record_type].add(label, code, type_, usable=usable)

    def computed(self, record_type: str) -> Mapping[str, str]:
        """Facts and outcomes of a record type: code by label and by code."""
        return self._computed[record_type]

    def among(self, record_type: str) -> RecordScope:
        """Names in reach of a filter over records of this type."""
        return self._filter[record_type]

    def inside(self, record_type: str) -> RecordScope:
        """Names in reach of an expression over records of this type."""
        return self._inside[record_type]
