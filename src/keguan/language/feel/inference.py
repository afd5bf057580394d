"""Trees as written to the typed tree: names resolved, every conversion explicit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import expressions as catalogue
from keguan.language.feel import names, nodes
from keguan.language.feel.arithmetic import product, quotient, scale_of
from keguan.language.feel.calls import call
from keguan.language.feel.comparison import compare
from keguan.language.feel.context import Context
from keguan.language.feel.conversion import common, convert, literal_number, to_scale
from keguan.language.feel.membership import any_of, condition, test_of
from keguan.language.feel.typed import Binary, If, InputRef, Literal, Negate, Not, Operator
from keguan.language.feel.types import BOOLEAN, DATE, NULL, TEXT, Number, Type
from keguan.language.feel.words import type_values

if TYPE_CHECKING:
    from keguan.language.diagnostics.diagnostic import Diagnostic
    from keguan.language.feel.scope import Scope
    from keguan.language.feel.typed import Typed

_LOGICAL = frozenset({Operator.AND, Operator.OR})
_ARITHMETIC = frozenset({Operator.ADD, Operator.SUBTRACT, Operator.MULTIPLY, Operator.DIVIDE})


def type_expression(
    node: nodes.Node, scope: Scope, expected: Type | None = None
) -> tuple[Typed | None, list[Diagnostic]]:
    """The typed tree of ``node``, as a value of type ``expected`` if one is given; or None and what is wrong."""
    context = Context(scope, [])
    typed = infer(context, node, expected)
    if typed is not None and expected is not None:
        typed = convert(context, typed, expected, node.span)
    return (None if context.diagnostics else typed), context.diagnostics


def type_unary_tests(
    tests: nodes.UnaryTests,
    input: InputRef,  # noqa: A002 - the word of the decision table
    scope: Scope,
) -> tuple[Typed | None, list[Diagnostic]]:
    """A cell as a Boolean over its column's value; None without diagnostics for ``-``.

    A cell reads parameters and its own column only, so that an outcome can be replayed from the inputs kept with it.
    """
    if tests.any:
        return None, []
    context = Context(scope, [], subject=input, cell=True)
    typed = any_of(context, tests.tests, input, tests.span, infer)
    return (None if context.diagnostics else typed), context.diagnostics


def infer(context: Context, node: nodes.Node, wanted: Type | None) -> Typed | None:  # noqa: PLR0911 - one per kind
    """The typed tree of ``node``, or None after reporting. ``wanted`` decides the scale of a quotient and the type of
    the branches of an ``if``; the result need not have that type.
    """
    match node:
        case nodes.NumberNode(value):
            return literal_number(context, value.units, value.scale, node.span)
        case nodes.TextNode(value):
            return Literal(value, TEXT)
        case nodes.BooleanNode(value):
            return Literal(value, BOOLEAN)
        case nodes.DateNode(value):
            return Literal(value, DATE)
        case nodes.NullNode():
            return Literal(None, NULL)
        case nodes.NameNode():
            return names.value_of(context, node)
        case nodes.InputNode():
            return context.subject if context.subject is not None else context.report(catalogue.NO_INPUT, node.span)
        case nodes.CallNode():
            return call(context, node, wanted, infer)
        case nodes.PathNode() | nodes.FilterNode():
            return _children_alone(context, node)
        case _:
            return _operation(context, node, wanted)


def _operation(context: Context, node: nodes.Node, wanted: Type | None) -> Typed | None:  # noqa: PLR0911 - one per kind
    match node:
        case nodes.NegateNode(value):
            return _negate(context, value, wanted)
        case nodes.NotNode(value):
            operand = condition(context, value, infer)
            return None if operand is None else Not(operand)
        case nodes.BinaryNode(operator) if operator in _LOGICAL:
            return _logical(context, node)
        case nodes.BinaryNode(operator) if operator in _ARITHMETIC:
            return _arithmetic(context, node, wanted)
        case nodes.BinaryNode():
            return _comparison(context, node)
        case nodes.IfNode():
            return _if(context, node, wanted)
        case nodes.InNode(value, test):
            subject = infer(context, value, None)
            return None if subject is None else test_of(context, test, subject, value.span, infer)
    raise AssertionError(node)


def _children_alone(context: Context, node: nodes.PathNode | nodes.FilterNode) -> Typed | None:
    base: nodes.Node = node
    while isinstance(base, nodes.PathNode | nodes.FilterNode):
        base = base.base
    name = base.name if isinstance(base, nodes.NameNode | nodes.CallNode) else "…"
    found = context.scope.find(name)
    if found is None and isinstance(base, nodes.NameNode):
        return names.unknown(context, name, base.span)
    if found is None or hasattr(found, "code"):
        return context.report(catalogue.NOT_CHILDREN, base.span, name=name)
    return context.report(catalogue.CHILDREN_ALONE, node.span, name=name)


def _number(context: Context, node: nodes.Node, wanted: Type | None = None) -> Typed | None:
    typed = infer(context, node, wanted)
    if typed is None or isinstance(typed.type, Number):
        return typed
    return context.report(catalogue.WRONG_TYPE, node.span, **type_values(expected=Number(), found=typed.type))


def _negate(context: Context, node: nodes.Node, wanted: Type | None) -> Typed | None:
    value = _number(context, node, wanted)
    if isinstance(value, Literal) and isinstance(value.value, int):
        return replace(value, value=-value.value)
    return None if value is None else Negate(value, value.type)


def _logical(context: Context, node: nodes.BinaryNode) -> Typed | None:
    left, right = condition(context, node.left, infer), condition(context, node.right, infer)
    return None if left is None or right is None else Binary(node.operator, left, right, BOOLEAN)


def _comparison(context: Context, node: nodes.BinaryNode) -> Typed | None:
    left, right = infer(context, node.left, None), infer(context, node.right, None)
    if left is None or right is None:
        return None
    return compare(context, node.operator, left, right, node.left.span, node.right.span)


def _arithmetic(context: Context, node: nodes.BinaryNode, wanted: Type | None) -> Typed | None:
    left, right = _number(context, node.left), _number(context, node.right)
    if left is None or right is None:
        return None
    if node.operator is Operator.MULTIPLY:
        return product(left, right)
    if node.operator is Operator.DIVIDE:
        return quotient(left, right, wanted)
    scale = max(scale_of(left), scale_of(right))
    first = to_scale(context, left, scale, node.left.span)
    second = to_scale(context, right, scale, node.right.span)
    return None if first is None or second is None else Binary(node.operator, first, second, Number(scale))


def _if(context: Context, node: nodes.IfNode, wanted: Type | None) -> Typed | None:
    test = condition(context, node.condition, infer)
    then, otherwise = infer(context, node.then, wanted), infer(context, node.otherwise, wanted)
    if test is None or then is None or otherwise is None:
        return None
    kind = common(then.type, otherwise.type)
    if kind is None:
        kinds = type_values(left=then.type, right=otherwise.type)
        return context.report(catalogue.BRANCHES_DIFFER, node.span, **kinds)
    if wanted is not None and type(kind) is type(wanted):
        kind = wanted
    first = convert(context, then, kind, node.then.span)
    second = convert(context, otherwise, kind, node.otherwise.span)
    return None if first is None or second is None else If(test, first, second, kind)
