"""Looking names up."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import expressions as catalogue
from keguan.language.feel.scope import AmbiguousChildren, ChildName, ParameterName
from keguan.language.feel.tokens import FUNCTIONS, KEYWORDS
from keguan.language.feel.typed import FieldRef, ParameterRef

if TYPE_CHECKING:
    from keguan.language.feel.context import Context
    from keguan.language.feel.nodes import NameNode
    from keguan.language.feel.typed import Typed
    from keguan.language.source import Span

_OPERATOR_WORDS = tuple(word for word in KEYWORDS if not word.isascii() and word not in {"是", "否", "空"})


def value_of(context: Context, node: NameNode) -> Typed | None:
    """The field, fact, outcome or parameter that a name means."""
    found = context.scope.find(node.name)
    if found is None:
        return unknown(context, node.name, node.span)
    if isinstance(found, ChildName | AmbiguousChildren):
        return context.report(catalogue.CHILDREN_ALONE, node.span, name=node.name)
    if isinstance(found, ParameterName):
        return ParameterRef(found.code, found.type)
    if not found.usable:
        return context.report(catalogue.SENSITIVE_FIELD, node.span, name=node.name)
    if context.cell:
        return context.report(catalogue.CELL_READS_RECORD, node.span, name=node.name)
    return FieldRef(found.code, found.type)


def unknown(context: Context, name: str, span: Span) -> Typed | None:
    """Report a name that means nothing, with the likeliest reason."""
    if name in FUNCTIONS:
        return context.report(catalogue.MISSPELT_NAME, span, name=name, suggestion=f"{name}()")
    if glued := _glued(context, name):
        word, spaced = glued
        return context.report(catalogue.GLUED_OPERATOR, span, name=name, word=word, spaced=spaced)
    close = difflib.get_close_matches(name, list(context.scope.names()), n=1, cutoff=0.5)
    if close:
        return context.report(catalogue.MISSPELT_NAME, span, name=name, suggestion=close[0])
    return context.report(catalogue.UNKNOWN_NAME, span, name=name)


def _glued(context: Context, name: str) -> tuple[str, str] | None:
    """The operator that a name seems to contain, when a known name stands beside it."""
    for word in sorted(_OPERATOR_WORDS, key=len, reverse=True):
        left, found, right = name.partition(word)
        if found and ((left and context.scope.find(left)) or (right and context.scope.find(right))):
            return word, f"{left} {word} {right}".strip()
    return None
