"""Clause numbers in Chinese and in English."""

from __future__ import annotations

import pytest

from keguan.language.markdown.numerals import clause_number


@pytest.mark.parametrize(
    ("heading", "number", "title"),
    [
        ("第一条 目的", 1, "目的"),
        ("第十条", 10, ""),
        ("第十二条 分级", 12, "分级"),
        ("第二十条　周报", 20, "周报"),
        ("第一百零三条 附则", 103, "附则"),
        ("第4条 甲", 4, "甲"),
        ("Article 7 Levels", 7, "Levels"),
    ],
)
def test_clause_numbers_are_read(heading: str, number: int, title: str) -> None:
    """A clause's heading gives its number and its title."""
    found = clause_number(heading)
    assert found is not None
    assert found[1:] == (number, title)


@pytest.mark.parametrize("heading", ["第一章 总则", "目的", "条", "Articles", "关于第一条"])
def test_other_headings_are_no_clauses(heading: str) -> None:
    """A chapter or any other heading is not a clause."""
    assert clause_number(heading) is None
