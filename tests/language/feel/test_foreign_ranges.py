"""Ranges said in words are refused with what to write instead."""

from __future__ import annotations

import pytest

from keguan.language.feel.types import Number
from tests.language.feel.names import read, read_cell

SAID = {
    "100万以上": ">= 100万",
    "100万以上不满500万": "[100万..500万)",
    "100 万以上不满 500 万": "[100万..500万)",
    "100万元以上500万元以下": "[100万元..500万元]",
    "100万以上，不满500万": "[100万..500万)",
    "不满500万但不低于100万": "[100万..500万)",
    "超过30万不超过50万": "(30万..50万]",
    "不超过30万": "<= 30万",
    "不超过 30 万": "<= 30万",
    "满60分": ">= 60",
    "60分以上": ">= 60",
    "85 分以上": ">= 85",
    "60分及以下": "<= 60",
    "低于60": "< 60",
    "低于 60": "< 60",
    "不满 60": "< 60",
    "超过 500 万": "> 500万",
    "大于等于8": ">= 8",
    "小于或等于 8": "<= 8",
    "至少3次": ">= 3",
    "不少于2户": ">= 2",
    "达到90%": ">= 90%",
    "15%以内": "<= 15%",
    "6个月以上": ">= 6个月",
    "满3年不满8年": "[3年..8年)",
    "3至8年": "[3年..8年]",
    "100万至500万": "[100万..500万]",
    "60到80": "[60..80]",
    "等于5": "= 5",
    "1.5以上": ">= 1.5",
}


@pytest.mark.parametrize(("said", "written"), SAID.items())
def test_a_range_in_words_is_refused_with_the_right_signs(said: str, written: str) -> None:
    """In a cell, and after “in” in a formula."""
    for found in (read_cell(said, Number(2))[1], read(f"累计购买额 in ({said})")[1]):
        assert [each.id for each in found] == ["K1065"]
        assert dict(found[0].values)["instead"] == written


@pytest.mark.parametrize("text", ["60分", "3件事", "5万以上的", "满60分人", "以上", "60以上以下"])
def test_what_says_no_range_is_another_mistake(text: str) -> None:
    """Units that are not known, and other names, are told as before."""
    found = read_cell(text, Number(2))[1]
    assert [each.id for each in found] != ["K1065"]
    assert found
