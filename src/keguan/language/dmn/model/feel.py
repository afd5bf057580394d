"""The FEEL of one file: parsed with the names in reach, compiled with its types, its faults kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.dmn.budget import Exhausted, budget
from keguan.language.dmn.execution.expressions import Compiler, constant
from keguan.language.dmn.execution.scope import INPUT, Compiled, Scope
from keguan.language.dmn.functions import BUILT_IN
from keguan.language.dmn.model.names import Names
from keguan.language.dmn.model.types import Types
from keguan.language.feel import parse_expression, parse_unary_tests
from keguan.language.source import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.diagnostics.diagnostic import Diagnostic
    from keguan.language.dmn.types.types import Allowed, Type
    from keguan.language.dmn.xml.boxed import Text
    from keguan.language.dmn.xml.definitions import Definitions, ItemDefinition


class Feel:
    """Reads the FEEL of one file. What cannot be read is null, and a diagnostic among ``faults``.

    The names of components, which may stand behind a dot or in a filter, are in reach everywhere.
    """

    def __init__(self, definitions: Definitions, imported: Mapping[str, Feel]) -> None:
        self.faults: list[Diagnostic] = []
        self.members: frozenset[str] = frozenset(_member_names(definitions.items))
        self.members = self.members.union(*(each.members for each in imported.values()))
        self._file = definitions.file
        self._names = Names(self.members)
        types = {name: each.types for name, each in imported.items()}
        self.types: Types = Types(definitions, types, self.allowed)
        self._compiler = Compiler(self.types.find)

    def feel(self, text: Text, names: frozenset[str]) -> Compiled:
        """The expression that the text is."""
        return self._expression(text.text, text.line, names)

    def several(self, text: Text, names: frozenset[str]) -> Compiled:
        """The list of the expressions that stand in the text with commas between them."""
        return self._expression(f"[{text.text}]", text.line, names)

    def cell(self, text: Text, names: frozenset[str]) -> Compiled:
        """The tests that the text is."""
        cell, found = parse_unary_tests(text.text, self._span(text.text, text.line), self._known(text.text, names))
        self.faults += found
        return constant(None) if cell is None else self._compiler.cell(cell)

    def allowed(self, text: Text) -> Allowed:
        """The tests that an item definition makes of its values. What cannot be read allows everything."""
        cell, found = parse_unary_tests(text.text, self._span(text.text, text.line))
        self.faults += found
        if cell is None:
            return lambda _value: True
        test = Compiler(lambda _name: None).cell(cell)

        def run(value: object) -> bool:
            try:
                with budget():
                    return test(Scope({**BUILT_IN, INPUT: value})) is True
            except Exhausted:
                return False

        return run

    def allowed_values(self, type_name: str | None) -> Text | None:
        """What the item definition of that name allows, as it is written."""
        return self.types.allowed_values(type_name)

    def type(self, name: str | None) -> Type:
        """The type that a ``typeRef`` names."""
        return self.types.read(name)

    def _expression(self, text: str, line: int, names: frozenset[str]) -> Compiled:
        node, found = parse_expression(text, self._span(text, line), self._known(text, names))
        self.faults += found
        return constant(None) if node is None else self._compiler.expression(node)

    def _known(self, text: str, names: frozenset[str]) -> frozenset[str]:
        return self._names.within(text) | Names(names).within(text)

    def _span(self, text: str, line: int) -> Span:
        return Span(self._file, line, 1, line, 1 + len(text))


def _member_names(items: tuple[ItemDefinition, ...]) -> set[str]:
    found: set[str] = set()
    for item in items:
        found |= {component.name for component in item.components} | _member_names(item.components)
    return found
