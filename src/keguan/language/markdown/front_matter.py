"""The policy's particulars between ``---`` lines at the top of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import document as entries
from keguan.language.markdown.document import Written
from keguan.language.markdown.yaml_tree import Items, Mapping, YamlError, read_yaml
from keguan.language.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.yaml_tree import Tree


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
    return _values(file, [line.rstrip() for line in lines[1:end]], findings), end + 1


def _values(file: str, lines: Sequence[str], findings: Findings) -> dict[str, Written]:
    try:
        tree = read_yaml(file, lines, 2)
    except YamlError as problem:
        findings.add(entries.FRONT_UNREADABLE, Span(file, problem.line, 1, problem.line, 2))
        return {}
    if not isinstance(tree, Mapping):
        findings.add(entries.FRONT_UNREADABLE, Span(file, 2, 1, 2, 2))
        return {}
    return {key.text.strip(): Written(_text(value), value.span) for key, value in tree.pairs}


def _text(value: Tree) -> str:
    if isinstance(value, Written):
        return value.text.strip()
    return ", ".join(item.text for item in value.items if isinstance(item, Written)) if isinstance(value, Items) else ""
