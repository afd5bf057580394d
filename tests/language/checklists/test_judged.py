"""How a checklist comes out of what was met."""

from __future__ import annotations

from dataclasses import replace

import pytest

from keguan.language.model.checklist import Bar, Checklist, Item, Mode, judged
from keguan.language.model.model import ClauseRef, Label
from keguan.language.source import Span

NOWHERE = Span("policy.md", 1, 1, 1, 1)


def item(code: str, points: int | None = None, *, veto: bool = False) -> Item:
    """An item that a person answers."""
    return Item(code, Label(code, code), "", Mode.PERSON, None, points, veto, NOWHERE)


def checklist(bar: Bar, least: int, *items: Item) -> Checklist:
    """A checklist of these items."""
    clause = ClauseRef("sample", "one", "第一条", "检查")
    return Checklist("check", Label("检查", "Check"), "hall", bar, least, None, "机构", items, clause, NOWHERE)


POINTS = (item("a", 4_000), item("b", 4_000), item("c", 2_000, veto=True))


@pytest.mark.parametrize(
    ("bar", "least", "met", "passed", "points", "most"),
    [
        (Bar.ALL, 0, "abc", True, 10_000, 10_000),
        (Bar.ALL, 0, "ab", False, 8_000, 10_000),
        (Bar.POINTS, 6_000, "ac", True, 6_000, 10_000),
        (Bar.POINTS, 6_001, "ac", False, 6_000, 10_000),
        (Bar.POINTS, 6_000, "ab", False, 8_000, 10_000),  # the veto
        (Bar.SHARE, 6_000, "ac", True, 6_000, 10_000),
        (Bar.SHARE, 6_001, "ac", False, 6_000, 10_000),
    ],
)
def test_bars(bar: Bar, least: int, met: str, passed: bool, points: int, most: int) -> None:
    """All, so many points, such a share of them; a vetoed item that is not met fails it in any case."""
    result = judged(checklist(bar, least, *POINTS), {code: code in met for code in "abc"})
    assert (result.passed, result.points, result.most) == (passed, points, most)
    assert result.failed == tuple(code for code in "abc" if code not in met)


def test_without_points_items_count() -> None:
    """Two of three items are two thirds."""
    plain = checklist(Bar.SHARE, 6_600, item("a"), item("b"), item("c"))
    result = judged(plain, {"a": True, "b": True, "c": False})
    assert (result.passed, result.points, result.most) == (True, 2, 3)
    assert not judged(replace(plain, least=6_700), {"a": True, "b": True, "c": False}).passed


def test_what_was_not_checked_does_not_count() -> None:
    """The share is of what was looked at; where nothing was, nothing is passed."""
    result = judged(checklist(Bar.SHARE, 10_000, *POINTS), {"a": True})
    assert (result.passed, result.points, result.most) == (True, 4_000, 4_000)
    assert not judged(checklist(Bar.ALL, 0, *POINTS), {}).passed
