"""The policy's particulars between ``---`` lines at the top of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from keguan.language.diagnostics.catalogue import document as entries
from keguan.language.markdown.document import Written
from keguan.language.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.diagnostics.findings import Findings


def front_matter(file: str, lines: Sequence[str], findings: Findings) -> tuple[dict[str, Written] | None, int]:
    """The values by key (a list becomes its items joined by commas) and the number of lines taken.

    (None, 0) when the file has no front matter; no values at all after a diagnostic.
    """
    if not lines or lines[0].rstrip() != "---":
        return None, 0
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)
    if end is None:
        findings.add(entries.FRONT_UNREADABLE, Span(file, 1, 1, 1, 4))
        return {}, 1
    return _values(file, "\n".join(lines[1:end]), findings), end + 1


def _values(file: str, text: str, findings: Findings) -> dict[str, Written]:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        line = min(mark.line, text.count("\n")) + 2 if mark else 2
        findings.add(entries.FRONT_UNREADABLE, Span(file, line, 1, line, 2))
        return {}
    if not isinstance(root, yaml.MappingNode):
        findings.add(entries.FRONT_UNREADABLE, Span(file, 2, 1, 2, 2))
        return {}
    return {_text(key): Written(_text(value), _span(file, value)) for key, value in root.value}


def _text(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value).strip()
    if isinstance(node, yaml.SequenceNode):
        return ", ".join(str(item.value) for item in node.value if isinstance(item, yaml.ScalarNode))
    return ""


def _span(file: str, node: yaml.Node) -> Span:
    start, end = node.start_mark, node.end_mark
    if (end.line, end.column) <= (start.line, start.column):
        return Span(file, start.line + 2, start.column + 1, start.line + 2, start.column + 2)
    return Span(file, start.line + 2, start.column + 1, end.line + 2, end.column + 1)
