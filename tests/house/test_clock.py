"""There is one source of now."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from tests.house.source_tree import relative, tracked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORBIDDEN = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("time", "time"),
    ("time", "time_ns"),
}
ASKING = re.compile(rf"\.\s*(?:{'|'.join({asked for _owner, asked in FORBIDDEN})})\b")
"""Where a file could ask: one in which this is not found need not be parsed."""


def readings(path: Path) -> Iterator[str]:
    """Every place in a file that reads the machine's clock."""
    text = path.read_text(encoding="utf-8")
    if not ASKING.search(text):
        return
    for node in ast.walk(ast.parse(text)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner = node.func.value
        name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
        if (name, node.func.attr) in FORBIDDEN:
            yield f"{relative(path)}:{node.lineno}"


def test_only_the_clock_reads_the_time() -> None:
    """Nothing but runtime.clock asks the machine what time it is."""
    found = [
        place for path in tracked("src/*.py") if "/runtime/clock/" not in path.as_posix() for place in readings(path)
    ]
    assert found == []
