"""The generated reference pages are current."""

from __future__ import annotations

from pathlib import Path

import pytest

from keguan.language import api
from keguan.language.blocks import KINDS

PAGES = Path(__file__).parent.parent.parent / "docs" / "reference"


def test_reference_pages_are_current(request: pytest.FixtureRequest) -> None:
    """What the language says about itself is what stands in docs/reference."""
    pages = api.reference()
    if request.config.getoption("--accept", default=False):
        for path, text in pages.items():
            (PAGES / path).parent.mkdir(parents=True, exist_ok=True)
            (PAGES / path).write_text(text, encoding="utf-8")
    kept = {path: (PAGES / path).read_text(encoding="utf-8") for path in pages if (PAGES / path).is_file()}
    assert kept == pages


def test_every_diagnostic_and_every_block_is_documented() -> None:
    """The pages name every id of the catalogue, and every kind of block with all its words."""
    pages = api.reference()
    assert [entry.id for entry in api.catalogue() if f"**{entry.id}**" not in pages["diagnostics.md"]] == []
    for kind in KINDS:
        page = pages[f"blocks/{kind.code}.md"]
        assert all(word in page for each in (*kind.headers, *kind.columns) for word in (each.zh, each.en))
