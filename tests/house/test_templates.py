"""Templates are readable, and nothing in them asks the content policy for an exception."""

from __future__ import annotations

import re

import pytest

from tests.house.source_tree import relative, tracked

LONGEST = 140
TEMPLATES = {relative(path): path.read_text(encoding="utf-8") for path in tracked("src/keguan/*.html")}

SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE)
STYLE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)


def test_there_are_templates() -> None:
    """The rules below are about something."""
    assert len(TEMPLATES) > 30


@pytest.mark.parametrize("template", TEMPLATES)
def test_lines_are_short(template: str) -> None:
    """No line of a template is longer than 140 characters."""
    lines = enumerate(TEMPLATES[template].splitlines(), 1)
    assert [number for number, line in lines if len(line) > LONGEST] == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_nothing_is_inline(template: str) -> None:
    """No template has a script or a style of its own, or an on… attribute: the content policy forbids all three."""
    found = [pattern.findall(TEMPLATES[template]) for pattern in (SCRIPT, STYLE, HANDLER)]
    assert found == [[], [], []]


@pytest.mark.parametrize("template", TEMPLATES)
def test_tabs_and_trailing_spaces_stay_out(template: str) -> None:
    """Templates are indented with spaces, and no line ends in one."""
    assert re.findall(r"\t|[ \t]+$", TEMPLATES[template], re.MULTILINE) == []
