"""Functions that an expression defines itself: their body takes the place of the call."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import fitting, reach
from keguan.language.feel.loops import MOST_ALTOGETHER
from keguan.language.feel.shapes import FunctionShape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.feel import nodes
    from keguan.language.feel.context import Context
    from keguan.language.feel.shapes import Shape
    from keguan.language.source import Span


def applied(
    context: Context, function: FunctionShape, arguments: Sequence[nodes.Node], names: Sequence[str], span: Span
) -> Shape | None:
    """The body of ``function`` with the arguments in the place of its parameters."""
    node = function.node
    if node.external:
        return context.report(reach.NOT_SET_BASED, span, name="external", **_EXTERNAL)
    if len(arguments) != len(node.parameters) or set(names) - set(node.parameters):
        expected, found = str(len(node.parameters)), str(len(arguments))
        return context.report(reach.ARGUMENT_COUNT, span, function="function", expected=expected, found=found)
    context.budget.spent += 1
    if context.budget.spent > MOST_ALTOGETHER:
        return context.report(fitting.TOO_LARGE, span)
    shapes = [context.shape(argument) for argument in arguments]
    given = {name: shape for name, shape in zip(names or node.parameters, shapes, strict=True) if shape is not None}
    if len(given) < len(shapes):
        return None
    home = function.home
    enters = context.within is not None and home.within is None
    home = replace(context, scope=home.scope, loop=home.loop or enters, bound=home.bound)
    return home.naming(given).shape(node.body)


_EXTERNAL = {
    "instead_zh": "把算法写成口径。",
    "instead_en": "Write the computation as a fact (口径).",
}
