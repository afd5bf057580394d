"""Looking names up."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import reach, writing
from keguan.language.feel.builtins import FUNCTIONS
from keguan.language.feel.foreign_ranges import instead_of
from keguan.language.feel.moments import called
from keguan.language.feel.outer import seen_from_children
from keguan.language.feel.scope import (
    AmbiguousChildren,
    ChildName,
    ParameterName,
    RecordName,
    ReferenceName,
    StampName,
)
from keguan.language.feel.shapes import ChildrenShape, ItemShape, ParentShape, single
from keguan.language.feel.tokens import KEYWORDS
from keguan.language.feel.typed import FieldRef, Function, OuterRef, ParameterRef, ParentRef, Up
from keguan.language.feel.types import DATE, DATE_TIME, Text

if TYPE_CHECKING:
    from keguan.language.feel.context import Context
    from keguan.language.feel.nodes import CallNode, NameNode
    from keguan.language.feel.scope import Scope
    from keguan.language.feel.shapes import Shape
    from keguan.language.feel.typed import Typed
    from keguan.language.source import Span

MOST_STEPS = 2
"""So many references may be gone through one after the other."""
_OPERATOR_WORDS = tuple(word for word in KEYWORDS if not word.isascii() and word not in {"是", "否", "空"})


def meaning_of(context: Context, node: NameNode) -> Shape | None:  # noqa: PLR0911 - one per kind of name
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
            return context.report(reach.OUTER_NAME, node.span, name=node.name, children=context.within)
        return seen
    found = context.scope.find(node.name)
    outside = context.loop
    if context.outer is not None and (found is None or isinstance(found, StampName)):
        beyond = context.outer.find(node.name)  # what its author named goes before what every record has
        if found is None or not (beyond is None or isinstance(beyond, StampName)):
            found, outside = beyond, True
    if isinstance(found, ChildName | AmbiguousChildren):
        return children_of(context, node, found)
    if isinstance(found, RecordName):
        return _value_of(context, found, node.name, node.span, outside=outside)
    if isinstance(found, StampName):
        return _stamp(context, found, node.name, node.span, outside=outside)
    if isinstance(found, ReferenceName):
        return _parent(context, found, node.name, outside=outside)
    return field_of(context, context.scope, node.name, node.span)


def field_of(context: Context, scope: Scope, name: str, span: Span) -> Typed | None:
    """The field, fact, outcome or parameter that a name means in ``scope``."""
    shape = item_of(context, scope, name, span)
    return single(context, shape, span)


def item_of(context: Context, scope: Scope, name: str, span: Span) -> Typed | ParentShape | None:
    """As ``field_of``, or the record that a reference of that name leads to."""
    found = scope.find(name)
    if found is None:
        return unknown(context, scope, name, span)
    if isinstance(found, ChildName | AmbiguousChildren):
        return context.report(reach.CHILDREN_ALONE, span, name=name)
    if isinstance(found, ReferenceName):
        return _parent(context, found, name, outside=False)
    if isinstance(found, ParameterName):
        return ParameterRef(found.code, found.type)
    if isinstance(found, StampName):
        return _stamp(context, found, name, span, outside=False)
    return _value_of(context, found, name, span, outside=False)


def _value_of(context: Context, found: RecordName, name: str, span: Span, *, outside: bool) -> Typed | None:
    if not found.usable:
        return context.report(reach.SENSITIVE_FIELD, span, name=name)
    if context.cell:
        return context.report(reach.CELL_READS_RECORD, span, name=name)
    return OuterRef(found.code, found.type) if outside else FieldRef(found.code, found.type)


def _stamp(context: Context, found: StampName, name: str, span: Span, *, outside: bool) -> Typed | None:
    if context.cell:
        return context.report(reach.CELL_READS_RECORD, span, name=name)
    return _day_of(found, OuterRef(found.code, DATE_TIME) if outside else FieldRef(found.code, DATE_TIME))


def _day_of(found: StampName, kept: Typed) -> Typed:
    return called(Function.DATE_OF, (kept,), DATE) if found.day else kept


def _parent(context: Context, found: ReferenceName, name: str, *, outside: bool) -> ParentShape:
    """The record that a reference leads to; from a child back to the record that the figure is about, that itself."""
    if context.within is not None and not outside and found.via == context.via:
        return ParentShape(name, found.scope, outer=True)
    return ParentShape(name, found.scope, (Up(found.via, found.record_type),), outer=outside)


def through(  # noqa: PLR0911 - one per kind of name
    context: Context, parent: ParentShape, name: str, span: Span
) -> Typed | ParentShape | None:
    """What a name means in the record that a path of references leads to."""
    found = parent.scope.find(name)
    shown = f"{parent.name}.{name}"
    match found:
        case None | ParameterName():
            return unknown(context, parent.scope, name, span)
        case ChildName() | AmbiguousChildren():
            return context.report(reach.PARENTS_CHILDREN, span, name=name, parent=parent.name)
        case ReferenceName(via, record_type, scope):
            if len(parent.path) >= MOST_STEPS:
                return context.report(reach.TOO_MANY_STEPS, span, name=shown, limit=str(MOST_STEPS))
            return ParentShape(shown, scope, (*parent.path, Up(via, record_type)), parent.outer)
        case RecordName(code, type_, usable):
            if not usable:
                return context.report(reach.SENSITIVE_FIELD, span, name=shown)
            if context.cell:
                return context.report(reach.CELL_READS_RECORD, span, name=shown)
            return ParentRef(parent.path, code, type_, parent.outer) if parent.path else OuterRef(code, type_)
        case StampName(code):
            if context.cell:
                return context.report(reach.CELL_READS_RECORD, span, name=shown)
            path = parent.path
            return _day_of(found, ParentRef(path, code, DATE_TIME, parent.outer) if path else OuterRef(code, DATE_TIME))


def children_of(
    context: Context, node: NameNode | CallNode, found: ChildName | AmbiguousChildren
) -> ChildrenShape | None:
    """The children that a name means; ``客户关系(客户甲)`` says through which field."""
    if context.within is not None:
        context.report(reach.NESTED_AGGREGATE, node.span, name=node.name)
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
    context.report(reach.AMBIGUOUS_CHILDREN, node.span, name=node.name, choices=shown)
    return None


def unknown(context: Context, scope: Scope, name: str, span: Span) -> Typed | None:  # noqa: PLR0911 - one a reason
    """Report a name that means nothing, with the likeliest reason."""
    if name in FUNCTIONS:
        return context.report(reach.MISSPELT_NAME, span, name=name, suggestion=f"{name}()")
    if instead := instead_of(name):
        return context.report(writing.RANGE_IN_WORDS, span, found=name, instead=instead)
    if field := _of_item(context, name):
        return context.report(reach.MISSPELT_NAME, span, name=name, suggestion=field)
    if glued := _glued(scope, name):
        word, spaced = glued
        return context.report(writing.GLUED_OPERATOR, span, name=name, word=word, spaced=spaced)
    subject = None if context.subject is None else context.subject.type
    if isinstance(subject, Text) and name in (subject.choices or ()):
        return context.report(writing.CHOICE_UNQUOTED, span, name=name)
    close = difflib.get_close_matches(name, [*context.bound, *scope.names()], n=1, cutoff=0.5)
    if close:
        return context.report(reach.MISSPELT_NAME, span, name=name, suggestion=close[0])
    return context.report(reach.UNKNOWN_NAME, span, name=name)


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
