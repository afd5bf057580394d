"""Looking names up."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import expressions as catalogue
from keguan.language.feel.builtins import FUNCTIONS
from keguan.language.feel.foreign_ranges import instead_of
from keguan.language.feel.outer import seen_from_children
from keguan.language.feel.scope import AmbiguousChildren, ChildName, ParameterName, RecordName, ReferenceName
from keguan.language.feel.shapes import ChildrenShape, ItemShape
from keguan.language.feel.tokens import KEYWORDS
from keguan.language.feel.typed import FieldRef, OuterRef, ParameterRef
from keguan.language.feel.types import Text

if TYPE_CHECKING:
    from keguan.language.feel.context import Context
    from keguan.language.feel.nodes import CallNode, NameNode
    from keguan.language.feel.scope import Scope
    from keguan.language.feel.shapes import Shape
    from keguan.language.feel.typed import Typed
    from keguan.language.source import Span

_OPERATOR_WORDS = tuple(word for word in KEYWORDS if not word.isascii() and word not in {"是", "否", "空"})


def meaning_of(context: Context, node: NameNode) -> Shape | None:
    """What a name stands for: what the expression itself gave it, a field, fact, outcome, parameter, or children.

    In a filter of children it is the child's if the child has it, else the outer record's; in a loop over them, where
    the child has a name of its own, it is the outer record's.
    """
    bound = context.bound.get(node.name)
    if bound is not None:
        if context.within is None or bound.inside:
            return bound.shape
        seen = seen_from_children(bound.shape)
        if seen is None:
            return context.report(catalogue.OUTER_NAME, node.span, name=node.name, children=context.within)
        return seen
    found = context.scope.find(node.name)
    outside = context.loop
    if found is None and context.outer is not None:
        found, outside = context.outer.find(node.name), True
    if isinstance(found, ChildName | AmbiguousChildren):
        return children_of(context, node, found)
    if isinstance(found, RecordName):
        return _value_of(context, found, node.name, node.span, outside=outside)
    return field_of(context, context.scope, node.name, node.span)


def field_of(context: Context, scope: Scope, name: str, span: Span) -> Typed | None:
    """The field, fact, outcome or parameter that a name means in ``scope``."""
    found = scope.find(name)
    if found is None:
        return unknown(context, scope, name, span)
    if isinstance(found, ChildName | AmbiguousChildren):
        return context.report(catalogue.CHILDREN_ALONE, span, name=name)
    if isinstance(found, ReferenceName):
        return context.report(catalogue.REFERENCE_FIELD, span, name=name)
    if isinstance(found, ParameterName):
        return ParameterRef(found.code, found.type)
    return _value_of(context, found, name, span, outside=False)


def _value_of(context: Context, found: RecordName, name: str, span: Span, *, outside: bool) -> Typed | None:
    if not found.usable:
        return context.report(catalogue.SENSITIVE_FIELD, span, name=name)
    if context.cell:
        return context.report(catalogue.CELL_READS_RECORD, span, name=name)
    return OuterRef(found.code, found.type) if outside else FieldRef(found.code, found.type)


def children_of(
    context: Context, node: NameNode | CallNode, found: ChildName | AmbiguousChildren
) -> ChildrenShape | None:
    """The children that a name means; ``客户关系(客户甲)`` says through which field."""
    if context.within is not None:
        context.report(catalogue.NESTED_AGGREGATE, node.span, name=node.name)
        return None
    choices = found.choices if isinstance(found, AmbiguousChildren) else (("", found),)
    arguments = getattr(node, "arguments", None)
    if arguments is not None:
        wanted = [getattr(part, "name", "") for part in arguments]
        choices = tuple(choice for choice in choices if wanted in ([choice[0]], [choice[1].via]))
    if len(choices) == 1:
        return ChildrenShape(node.name, choices[0][1])
    listed = found.choices if isinstance(found, AmbiguousChildren) else ()
    shown = "、".join(f"{node.name}({label})" for label, _ in listed) or node.name
    context.report(catalogue.AMBIGUOUS_CHILDREN, node.span, name=node.name, choices=shown)
    return None


def unknown(context: Context, scope: Scope, name: str, span: Span) -> Typed | None:  # noqa: PLR0911 - one a reason
    """Report a name that means nothing, with the likeliest reason."""
    if name in FUNCTIONS:
        return context.report(catalogue.MISSPELT_NAME, span, name=name, suggestion=f"{name}()")
    if instead := instead_of(name):
        return context.report(catalogue.RANGE_IN_WORDS, span, found=name, instead=instead)
    if field := _of_item(context, name):
        return context.report(catalogue.MISSPELT_NAME, span, name=name, suggestion=field)
    if glued := _glued(scope, name):
        word, spaced = glued
        return context.report(catalogue.GLUED_OPERATOR, span, name=name, word=word, spaced=spaced)
    subject = None if context.subject is None else context.subject.type
    if isinstance(subject, Text) and name in (subject.choices or ()):
        return context.report(catalogue.CHOICE_UNQUOTED, span, name=name)
    close = difflib.get_close_matches(name, [*context.bound, *scope.names()], n=1, cutoff=0.5)
    if close:
        return context.report(catalogue.MISSPELT_NAME, span, name=name, suggestion=close[0])
    return context.report(catalogue.UNKNOWN_NAME, span, name=name)


def _of_item(context: Context, name: str) -> str | None:
    """How to write a field of the child that is being looked at."""
    for variable, bound in context.bound.items():
        if context.loop and isinstance(bound.shape, ItemShape) and bound.shape.scope.find(name) is not None:
            return f"{variable}.{name}"
    return None


def _glued(scope: Scope, name: str) -> tuple[str, str] | None:
    """The operator that a name seems to contain, when a known name stands beside it."""
    for word in sorted(_OPERATOR_WORDS, key=len, reverse=True):
        left, found, right = name.partition(word)
        if found and ((left and scope.find(left)) or (right and scope.find(right))):
            return word, f"{left} {word} {right}".strip()
    return None
