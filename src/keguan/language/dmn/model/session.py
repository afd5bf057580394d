"""One run of a model: what is known so far, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from keguan.language.dmn.budget import Exhausted, spend
from keguan.language.dmn.execution.calls import parameters_of
from keguan.language.dmn.execution.scope import Scope
from keguan.language.dmn.functions import BUILT_IN
from keguan.language.dmn.functions.dates import clock
from keguan.language.dmn.types.conformance import coerce, meaning
from keguan.language.dmn.types.function import Function, Signature
from keguan.language.dmn.types.types import FunctionOf, Type
from keguan.language.dmn.xml.definitions import Component, Decision, Key, Knowledge, Service

if TYPE_CHECKING:
    from keguan.language.dmn.execution.scope import Compiled
    from keguan.language.dmn.model.loading import Library
    from keguan.language.dmn.values.times import DateTime


class Decidable(Protocol):
    """The model that a session is of."""

    library: Library

    def type_of(self, key: Key) -> Type:
        """The declared type of a component's value."""

    def body(self, key: Key) -> Compiled:
        """The expression of a decision, or the function of a knowledge model."""


class Session:
    """Values by key: those that are given, and those decided from them."""

    def __init__(self, model: Decidable, now: DateTime, known: dict[Key, object]) -> None:
        self._model = model
        self._now = now
        self._known = known
        self._outermost = Scope({**BUILT_IN, **clock(now)})

    def value(self, component: Component) -> object:
        """The value of a component. Decisions that it requires are decided first, in their order."""
        if component.key in self._known:
            return self._known[component.key]
        if isinstance(component, Decision):
            for each in self._model.library.order(component, frozenset(self._known)):
                self._known[each.key] = self._decided(each)
        elif isinstance(component, Knowledge):
            self._known[component.key] = self._knowledge(component)
        elif isinstance(component, Service):
            self._known[component.key] = self._service(component)
        return self._known.get(component.key)

    def _decided(self, decision: Decision) -> object:
        """The decision's value; null when it takes too much, so that others may still be decided."""
        spend()
        try:
            value = self._model.body(decision.key)(self._outermost.inner(self._names(decision)))
            return coerce(value, self._model.type_of(decision.key))
        except (Exhausted, RecursionError):
            return None

    def _knowledge(self, knowledge: Knowledge) -> object:
        names: dict[str, object] = {}
        function = self._model.body(knowledge.key)(self._outermost.inner(names))
        if isinstance(function, Function):
            function = _named(function, knowledge.name, self._model.type_of(knowledge.key))
        self._known[knowledge.key] = function  # before its names are looked up: it may know itself
        names.update(self._names(knowledge))
        names[knowledge.variable.name] = function
        return function

    def _service(self, service: Service) -> Function:
        components, model = self._model.library.components, self._model
        inputs = [components[key] for key in service.inputs if key in components]
        outputs = [components[key] for key in service.outputs if key in components]
        result = model.type_of(service.key)

        def call(arguments: Sequence[object]) -> object:
            spend()
            given = {each.key: value for each, value in zip(inputs, arguments, strict=True)}
            session = Session(model, self._now, given)
            values = {each.variable.name: session.value(each) for each in outputs}
            return coerce(next(iter(values.values())) if len(values) == 1 else values, _result(result))

        parameters = parameters_of([(each.variable.name, model.type_of(each.key)) for each in inputs])
        return Function(service.name, (Signature(parameters, call, _result(result)),))

    def _names(self, component: Component) -> dict[str, object]:
        """What the component's expression sees: values and functions by name, imported ones in a context."""
        library, names = self._model.library, dict[str, object]()
        imported: dict[str, dict[str, object]] = {}
        for each in library.reachable(component):
            value = self.value(each)
            prefix = library.prefix(component.key.namespace, each.key)
            (imported.setdefault(prefix, {}) if prefix else names)[each.variable.name] = value
        return {**imported, **names}


def _named(function: Function, name: str, declared: Type) -> Function:
    """The function with the knowledge model's name, its value as the model declares it."""
    (signature,) = function.signatures
    result = _result(declared)
    return Function(
        name, (Signature(signature.parameters, lambda arguments: coerce(signature.call(arguments), result), result),)
    )


def _result(declared: Type) -> Type:
    """The type of what a function gives: of a variable of a function's type, that function's result."""
    function = meaning(declared)
    return function.result if isinstance(function, FunctionOf) else declared
