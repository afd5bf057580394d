"""Templates are readable, and nothing in them asks the content policy for an exception."""

from __future__ import annotations

import re

from tests.house.source_tree import relative, tracked

LONGEST = 140
TEMPLATES = {relative(path): path.read_text(encoding="utf-8") for path in tracked("src/keguan/*.html")}

SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE)
STYLE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)


def test_there_are_templates() -> None:
    """The rules below are about something."""
    assert len(TEMPLATES) > 30


def test_lines_are_short() -> None:
    """No line of a template is longer than 140 characters."""
    long = [
        f"{template}:{number}"
        for template, text in TEMPLATES.items()
        for number, line in enumerate(text.splitlines(), 1)
        if len(line) > LONGEST
    ]
    assert long == []


def test_nothing_is_inline() -> None:
    """No template has a script or a style of its own, or an on… attribute: the content policy forbids all three."""
    found = {
        template: [pattern.findall(text) for pattern in (SCRIPT, STYLE, HANDLER)]
        for template, text in TEMPLATES.items()
    }
    assert {template: each for template, each in found.items() if each != [[], [], []]} == {}


def test_tabs_and_trailing_spaces_stay_out() -> None:
    """Templates are indented with spaces, and no line ends in one."""
    found = {template: re.findall(r"\t|[ \t]+$", text, re.MULTILINE) for template, text in TEMPLATES.items()}
    assert {template: each for template, each in found.items() if each} == {}
