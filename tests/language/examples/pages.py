"""The reference pages, made with the golden files as their examples."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from keguan.language.reference import Examples, Trigger, reference
from tests.language.golden import read_golden

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.diagnostics.diagnostic import Diagnostic
    from tests.language.golden import Golden

HERE = Path(__file__).parent
MOST_LINES = 6
"""Of a longer stretch only the beginning is shown."""


@cache
def pages() -> Mapping[str, str]:
    """Every page by its path under ``docs/reference``."""
    policies = {path.stem: read_golden(path).source for path in sorted((HERE / "good").glob("*.md"))}
    return reference(Examples(policies, _triggers()))


def _triggers() -> dict[str, Trigger]:
    """The first finding of each id in the files that are bad on purpose."""
    found: dict[str, Trigger] = {}
    for path in sorted(HERE.parent.glob("*/bad/*.md")):
        golden = read_golden(path)
        for diagnostic in golden.diagnostics():
            if diagnostic.id not in found:
                said = f"{diagnostic.message()} {diagnostic.hint()}".strip()
                found[diagnostic.id] = Trigger(_excerpt(golden, diagnostic), said)
    return found


def _excerpt(golden: Golden, diagnostic: Diagnostic) -> str:
    """The lines where it is; a row of a table with the table's headings and its block's first line."""
    span = diagnostic.span
    lines = _text(golden, span.file).splitlines()
    at = max(min(span.line, len(lines)) - 1, 0)
    shown = lines[at : max(span.end_line, span.line)][:MOST_LINES]
    if not shown or not lines[at].startswith("|"):
        return "\n".join(shown)
    top = at
    while top and lines[top - 1].startswith("|"):
        top -= 1
    head = [line for line in lines[:top] if line.startswith(":::")][-1:]
    return "\n".join(dict.fromkeys([*head, lines[top], *shown]))


def _text(golden: Golden, file: str) -> str:
    """The text of a file of the golden file; nothing for a pack without files."""
    files = {f"{pack.id}/{name}": text for pack in golden.packs for name, text in pack.files.items()}
    return {**files, **golden.scenarios}.get(file, "")
