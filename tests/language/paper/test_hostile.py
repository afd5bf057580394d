"""A file that is sent to do harm is refused in a sentence, at once."""

from __future__ import annotations

from datetime import date
from time import perf_counter

import pytest

from keguan.language.paper import Unreadable, bring_in
from tests.language.paper.hostile import HOSTILE, outside, ring

DAY = date(2026, 3, 1)
SOON = 5.0


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_a_hostile_word_file_is_refused(kind: str) -> None:
    """Whatever it is, the answer is a sentence in both languages, within seconds."""
    data = HOSTILE[kind]()
    begun = perf_counter()
    with pytest.raises(Unreadable) as refused:
        bring_in("制度.docx", data, "x", DAY)
    assert perf_counter() - begun < SOON
    assert refused.value.zh.endswith("。")
    assert refused.value.en.endswith(".")


def test_a_ring_of_styles_is_gone_round_once() -> None:
    """A style that is based on itself does not keep the reader for ever."""
    assert bring_in("制度.docx", ring(), "x", DAY).title == "远帆商贸赊销管理办法"


def test_another_file_is_not_read_into_the_text() -> None:
    """What the text would take from this machine is left out."""
    assert "root:" not in bring_in("制度.docx", outside(), "x", DAY).text


@pytest.mark.parametrize("line", [".", "1.", "- ", "第"])
def test_one_endless_line_does_not_hold_the_reader(line: str) -> None:
    """A line of half a million signs is text like any other."""
    begun = perf_counter()
    brought = bring_in("制度.txt", (line * 500_000).encode(), "x", DAY)
    assert perf_counter() - begun < SOON
    assert brought.clauses == 1


@pytest.mark.parametrize("text", ["甲\n" * 20_001, "甲" * 2_000_001])
def test_too_much_text_is_refused(text: str) -> None:
    """More than 20,000 lines or two million signs are refused in a sentence."""
    with pytest.raises(Unreadable, match="文件太大"):
        bring_in("制度.txt", text.encode(), "x", DAY)
