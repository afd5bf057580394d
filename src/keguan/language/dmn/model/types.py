"""Item definitions to types."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from keguan.language.dmn.types.reading import read_type
from keguan.language.dmn.types.types import ANY, Allowed, ContextOf, FunctionOf, ListOf, Named, Type

if TYPE_CHECKING:
    from keguan.language.dmn.xml.boxed import Text
    from keguan.language.dmn.xml.definitions import Definitions, FunctionItem, ItemDefinition

Tests = Callable[["Text"], Allowed]
"""A text of tests, ready to be asked of a value."""


class Types:
    """The types of one file, and by the name of the import those of the files it imports."""

    def __init__(self, definitions: Definitions, imported: dict[str, Types], tests: Tests) -> None:
        self._imported = imported
        self._items = {item.name: item for item in definitions.items}
        self._named = {name: Named(name) for name in self._items}
        self._tests = tests
        for name, item in self._items.items():
            self._fill(self._named[name], item)

    def find(self, name: str) -> Type | None:
        """The item definition of that name, or None."""
        if name in self._named:
            return self._named[name]
        for prefix, types in self._imported.items():
            if name.startswith(f"{prefix}."):
                return types.find(name.removeprefix(f"{prefix}."))
        return None

    def read(self, name: str | None) -> Type:
        """The type that a ``typeRef`` names; any type when it names none that is known."""
        if name is None:
            return ANY
        found = read_type(name, self.find)
        if found is None and ":" in name:  # before DMN 1.2 a typeRef was a qualified name: feel:number
            found = read_type(name.partition(":")[2], self.find)
        return ANY if found is None else found

    def allowed_values(self, name: str | None) -> Text | None:
        """What the item definition of that name allows, as it is written."""
        item = self._items.get(name or "")
        return None if item is None else item.allowed or self.allowed_values(item.type if item.type != name else None)

    def _fill(self, named: Named, item: ItemDefinition) -> None:
        inner = self._inner(item)
        named.type = ListOf(inner) if item.collection else inner
        named.allowed = None if item.allowed is None else self._tests(item.allowed)
        named.constraint = None if item.constraint is None else self._tests(item.constraint)

    def _inner(self, item: ItemDefinition) -> Type:
        if item.function is not None:
            return self._function(item.function)
        if item.components:
            return ContextOf(tuple((component.name, self._component(component)) for component in item.components))
        return self.read(item.type)

    def _component(self, item: ItemDefinition) -> Type:
        named = Named(item.name)
        self._fill(named, item)
        return named

    def _function(self, item: FunctionItem) -> Type:
        return FunctionOf(tuple(self.read(parameter.type) for parameter in item.parameters), self.read(item.result))
