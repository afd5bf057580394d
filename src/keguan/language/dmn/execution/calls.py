"""Calls, and functions that an author defines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from keguan.language.dmn.budget import spend, spend_on
from keguan.language.dmn.types.conformance import coerce
from keguan.language.dmn.types.function import Function, Parameter, Signature
from keguan.language.dmn.types.invoking import invoke, invoke_named
from keguan.language.dmn.types.reading import read_type
from keguan.language.dmn.types.types import ANY, Type

if TYPE_CHECKING:
    from keguan.language.dmn.execution.compiling import Compiling
    from keguan.language.dmn.execution.scope import Compiled, Scope
    from keguan.language.feel import nodes


def compile_call(compiler: Compiling, node: nodes.CallNode) -> Compiled:
    """``name(…)``: the function is whatever the name means where the call stands."""
    name = node.name
    return _calling(lambda scope: scope.get(name), [compiler.expression(each) for each in node.arguments], node.names)


def compile_apply(compiler: Compiling, node: nodes.ApplyNode) -> Compiled:
    """A function that is not a plain name, called."""
    arguments = [compiler.expression(each) for each in node.arguments]
    return _calling(compiler.expression(node.function), arguments, node.names)


def compile_function(compiler: Compiling, node: nodes.FunctionNode) -> Compiled:
    """``function(…) …`` as a value. What is said to be external is not run: its value is null."""
    types = [ANY if each is None else read_type(each, compiler.named) or ANY for each in node.types]
    parameters = parameters_of(list(zip(node.parameters, types, strict=True)))
    if node.external:
        return lambda _scope: external(parameters)
    body = compiler.expression(node.body)
    return lambda scope: closure("function", parameters, body, scope)


def parameters_of(named: Sequence[tuple[str, Type]]) -> tuple[Parameter, ...]:
    """The parameters of a function that an author defines: all needed, all nullable."""
    return tuple(Parameter(name, each, nullable=True) for name, each in named)


def external(parameters: tuple[Parameter, ...]) -> Function:
    """A function in another language. It is not run: its value is null."""
    return Function("external", (Signature(parameters, lambda _arguments: None),))


def closure(name: str, parameters: tuple[Parameter, ...], body: Compiled, scope: Scope, result: Type = ANY) -> Function:
    """A function whose body sees its parameters, and else the scope in which it was made."""

    def call(arguments: Sequence[object]) -> object:
        spend()
        values = {parameter.name: value for parameter, value in zip(parameters, arguments, strict=True)}
        return coerce(body(scope.inner(values)), result)

    return Function(name, (Signature(parameters, call, result),))


def _calling(function: Compiled, arguments: Sequence[Compiled], names: tuple[str, ...]) -> Compiled:
    named = bool(names)
    repeated = len(set(names)) < len(names)

    def run(scope: Scope) -> object:
        values = [each(scope) for each in arguments]
        spend_on(*values)
        if not named:
            return invoke(function(scope), values)
        return None if repeated else invoke_named(function(scope), dict(zip(names, values, strict=True)))

    return run
