"""An expression or a cell as an author wrote it → the typed tree; what is wrong with it goes to the findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel import parse_expression, parse_unary_tests, type_expression, type_unary_tests
from keguan.language.feel.typed import InputRef
from keguan.language.link.own_names import without_own_name

if TYPE_CHECKING:
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.feel.scope import Scope
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.markdown.document import Written

NO_NAMES: frozenset[str] = frozenset()


def written_expression(
    written: Written, scope: Scope, findings: Findings, wanted: Type | None = None, own: frozenset[str] = NO_NAMES
) -> Typed | None:
    """An expression; None after diagnostics. What it is about may be named before its fields (客户.等级): ``own``."""
    node, problems = parse_expression(written.text, written.span)
    typed = None
    if node is not None:
        typed, problems = type_expression(without_own_name(node, own), scope, wanted)
    findings.extend(problems)
    return typed


def written_tests(written: Written, of: Type, scope: Scope, findings: Findings, index: int = 0) -> Typed | None:
    """The tests of a cell over the value of input ``index``, which is of type ``of``; None for ``-``, for an empty
    cell, or after diagnostics.
    """
    if not written.text:
        return None
    tests, problems = parse_unary_tests(written.text, written.span)
    typed = None
    if tests is not None:
        typed, problems = type_unary_tests(tests, InputRef(index, of), scope)
    findings.extend(problems)
    return typed
