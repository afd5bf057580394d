"""A model at work: decisions from given values, knowledge and services as functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from keguan.language.dmn.budget import Exhausted, budget
from keguan.language.dmn.execution.boxed import compile_boxed
from keguan.language.dmn.execution.expressions import constant
from keguan.language.dmn.model.feel import Feel
from keguan.language.dmn.model.session import Session
from keguan.language.dmn.types.conformance import coerce
from keguan.language.dmn.types.invoking import invoke_named
from keguan.language.dmn.xml.definitions import Component, Decision, Key, Knowledge

if TYPE_CHECKING:
    from keguan.language.diagnostics.diagnostic import Diagnostic
    from keguan.language.dmn.execution.scope import Compiled
    from keguan.language.dmn.model.loading import Library
    from keguan.language.dmn.types.types import Type
    from keguan.language.dmn.values.times import DateTime


class Model:
    """The files of a library, compiled once, to be decided often."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._feel: dict[str, Feel] = {}
        for namespace in library.files:
            self._read(namespace, frozenset())
        self._types = {
            key: self._feel[key.namespace].type(component.variable.type)
            for key, component in library.components.items()
        }
        self._bodies = {
            key: self._compile(component)
            for key, component in library.components.items()
            if isinstance(component, Decision | Knowledge)
        }

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        """What could not be read in the expressions. They are null."""
        return tuple(fault for feel in self._feel.values() for fault in feel.faults)

    def decide(self, component: Component, given: Mapping[Key, object], now: DateTime) -> object:
        """The value of a component where input data, or decisions, have these values. Null on every error.

        ``now`` is the moment at which it is decided; nothing here looks at a clock. Of knowledge and of a service the
        value is a function.
        """
        try:
            with budget():
                known = {key: coerce(value, self._types[key]) for key, value in given.items() if key in self._types}
                return Session(self, now, known).value(component)
        except (Exhausted, RecursionError):
            return None

    def invoke(self, component: Component, arguments: Mapping[str, object], now: DateTime) -> object:
        """The value of knowledge or of a service for arguments by name. Null on every error."""
        try:
            with budget():
                return invoke_named(Session(self, now, {}).value(component), arguments)
        except (Exhausted, RecursionError):
            return None

    def type_of(self, key: Key) -> Type:
        """The declared type of the component's value."""
        return self._types[key]

    def body(self, key: Key) -> Compiled:
        """The expression of a decision, or the function of a knowledge model."""
        return self._bodies[key]

    def _read(self, namespace: str, above: frozenset[str]) -> Feel:
        """The file's expressions, after those of the files it imports. Of a circle of imports one is left out."""
        if namespace not in self._feel:
            definitions, above = self.library.files[namespace], above | {namespace}
            imported = {
                name: self._read(other, above)
                for name, other in definitions.imports.items()
                if other in self.library.files and other not in above
            }
            self._feel[namespace] = Feel(definitions, imported)
        return self._feel[namespace]

    def _compile(self, component: Decision | Knowledge) -> Compiled:
        home = component.key.namespace
        reach = self.library.reachable(component)
        names = {self.library.prefix(home, each.key) or each.variable.name for each in reach}
        names |= {each.variable.name for each in reach}  # also behind the name of an import
        if isinstance(component, Decision):
            expression = component.expression
        else:
            expression = component.function
            names.add(component.variable.name)
        return constant(None) if expression is None else compile_boxed(self._feel[home], expression, frozenset(names))
