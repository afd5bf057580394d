"""Trees as written to the typed tree: names resolved, every conversion explicit, everything but plain values reduced
away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import fitting, reach
from keguan.language.feel import nodes
from keguan.language.feel.attachments import misused
from keguan.language.feel.calendar_functions import written
from keguan.language.feel.calls import apply_to, call
from keguan.language.feel.comparison import compare
from keguan.language.feel.context import Context
from keguan.language.feel.conversion import common, convert, literal_number
from keguan.language.feel.instances import instance
from keguan.language.feel.logic import condition
from keguan.language.feel.loops import looped, quantified
from keguan.language.feel.membership import any_of, test_of
from keguan.language.feel.names import meaning_of
from keguan.language.feel.operations import ARITHMETIC, arithmetic, negated, power
from keguan.language.feel.parser import DEEPEST
from keguan.language.feel.paths import filtered, path
from keguan.language.feel.shapes import ContextShape, FunctionShape, ListShape, RangeShape, is_large
from keguan.language.feel.typed import Binary, If, InputRef, Literal, Not, Operator
from keguan.language.feel.types import BOOLEAN, DATE, NULL, TEXT, Type
from keguan.language.feel.words import type_values

if TYPE_CHECKING:
    from keguan.language.diagnostics.diagnostic import Diagnostic
    from keguan.language.feel.scope import Scope
    from keguan.language.feel.shapes import Shape
    from keguan.language.feel.typed import Typed
    from keguan.language.source import Span

_LOGICAL = frozenset({Operator.AND, Operator.OR})
_GROWING = (
    nodes.CallNode | nodes.ApplyNode | nodes.NameNode | nodes.PathNode | nodes.InNode | nodes.BinaryNode
    | nodes.QuantifiedNode
)  # fmt: skip
"""What may write the same tree in several places."""
_DEEPEST = DEEPEST + 16
"""Levels that functions written out may reach; an expression alone has ``DEEPEST``."""


def type_expression(
    node: nodes.Node, scope: Scope, expected: Type | None = None
) -> tuple[Typed | None, list[Diagnostic]]:
    """The typed tree of ``node``, as a value of type ``expected`` if one is given; or None and what is wrong."""
    context = Context(scope, [], reduced)
    typed = context.value(node, expected)
    if typed is not None and expected is not None:
        typed = convert(context, typed, expected, node.span)
    _attachments(context, typed, node.span)
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
    context = Context(scope, [], reduced, subject=input, cell=True)
    typed = any_of(context, tests.tests, input, tests.span)
    _attachments(context, typed, tests.span)
    return (None if context.diagnostics else typed), context.diagnostics


def _attachments(context: Context, typed: Typed | None, span: Span) -> None:
    """Report an attachment of which more is asked than whether it is there."""
    if typed is not None and not context.diagnostics and misused(typed):
        context.report(fitting.ATTACHMENT, span)


def reduced(context: Context, node: nodes.Node, wanted: Type | None) -> Shape | None:
    """What ``node`` is, or None after reporting."""
    budget = context.budget
    if budget.depth >= _DEEPEST:
        return context.report(fitting.TOO_LARGE, node.span)
    budget.depth += 1
    shape = _constant(context, node) or _reduced(context, node, wanted)
    budget.depth -= 1
    if isinstance(node, _GROWING) and is_large(shape):
        return context.report(fitting.TOO_LARGE, node.span)
    return shape


def _constant(context: Context, node: nodes.Node) -> Typed | None:
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
    return None


def _reduced(context: Context, node: nodes.Node, wanted: Type | None) -> Shape | None:  # noqa: PLR0911 - one per kind
    match node:
        case nodes.NumberNode():
            return None
        case nodes.AtNode():
            return written(context, node)
        case nodes.NameNode():
            return meaning_of(context, node)
        case nodes.InputNode():
            return context.subject if context.subject is not None else context.report(reach.NO_INPUT, node.span)
        case nodes.CallNode():
            return call(context, node, wanted)
        case nodes.ApplyNode():
            return apply_to(context, node)
        case nodes.PathNode():
            return path(context, node)
        case nodes.FilterNode():
            return filtered(context, node)
        case nodes.ForNode():
            return looped(context, node)
        case nodes.QuantifiedNode():
            return quantified(context, node)
        case _:
            return _composed(context, node, wanted)


def _composed(context: Context, node: nodes.Node, wanted: Type | None) -> Shape | None:
    match node:
        case nodes.FunctionNode():
            return FunctionShape(node, context)
        case nodes.ListNode(items):
            return _list(context, items)
        case nodes.ContextNode(entries):
            return _context(context, entries)
        case nodes.RangeNode():
            return _range(context, node)
        case _:
            return _operation(context, node, wanted)


def _operation(context: Context, node: nodes.Node, wanted: Type | None) -> Typed | None:  # noqa: PLR0911 - one per kind
    match node:
        case nodes.NegateNode():
            return negated(context, node, wanted)
        case nodes.NotNode(value):
            operand = condition(context, value)
            return None if operand is None else Not(operand)
        case nodes.BinaryNode(operator) if operator in _LOGICAL:
            return _logical(context, node)
        case nodes.BinaryNode(operator) if operator in ARITHMETIC:
            return arithmetic(context, node, wanted)
        case nodes.BinaryNode(Operator.POWER):
            return power(context, node, wanted)
        case nodes.BinaryNode():
            return _comparison(context, node)
        case nodes.IfNode():
            return _if(context, node, wanted)
        case nodes.InNode(value, test):
            subject = context.value(value)
            return None if subject is None else test_of(context, test, subject, value.span)
        case nodes.InstanceNode():
            return instance(context, node)
    raise AssertionError(node)


def _list(context: Context, items: tuple[nodes.Node, ...]) -> ListShape | None:
    shapes = [context.shape(item) for item in items]
    sound = tuple(shape for shape in shapes if shape is not None)
    return ListShape(sound) if len(sound) == len(shapes) else None


def _context(context: Context, entries: tuple[nodes.EntryNode, ...]) -> ContextShape | None:
    """Each entry may read those before it."""
    found: dict[str, Shape] = {}
    for entry in entries:
        shape = context.naming(found).shape(entry.value)
        if shape is None:
            return None
        found[entry.name] = shape
    return ContextShape(tuple(found.items()))


def _range(context: Context, node: nodes.RangeNode) -> RangeShape | None:
    low = None if node.low is None else context.value(node.low)
    high = None if node.high is None else context.value(node.high)
    if (node.low is not None and low is None) or (node.high is not None and high is None):
        return None
    return RangeShape(low, node.low_closed, high, node.high_closed)


def _logical(context: Context, node: nodes.BinaryNode) -> Typed | None:
    left, right = condition(context, node.left), condition(context, node.right)
    return None if left is None or right is None else Binary(node.operator, left, right, BOOLEAN)


def _comparison(context: Context, node: nodes.BinaryNode) -> Typed | None:
    left, right = context.value(node.left), context.value(node.right)
    if left is None or right is None:
        return None
    return compare(context, node.operator, left, right, node.left.span, node.right.span)


def _if(context: Context, node: nodes.IfNode, wanted: Type | None) -> Typed | None:
    test = condition(context, node.condition)
    then, otherwise = context.value(node.then, wanted), context.value(node.otherwise, wanted)
    if test is None or then is None or otherwise is None:
        return None
    kind = common(then.type, otherwise.type)
    if kind is None:
        kinds = type_values(left=then.type, right=otherwise.type)
        return context.report(fitting.BRANCHES_DIFFER, node.span, **kinds)
    if wanted is not None and type(kind) is type(wanted):
        kind = wanted
    first = convert(context, then, kind, node.then.span)
    second = convert(context, otherwise, kind, node.otherwise.span)
    return None if first is None or second is None else If(test, first, second, kind)
