"""Tests are sentences, and no skip is hidden."""

from __future__ import annotations

import ast

from tests.house.source_tree import relative, tracked


def test_every_test_says_its_sentence() -> None:
    """Each test function has a docstring of one sentence about behaviour."""
    silent = [
        f"{relative(path)}:{node.lineno} {node.name}"
        for path in tracked("tests/*.py")
        if path.name.startswith("test_")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not ast.get_docstring(node)
    ]
    assert silent == []
