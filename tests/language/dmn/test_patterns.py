"""Regular expressions as XPath has them."""

from __future__ import annotations

import pytest

from keguan.language.dmn.budget import Exhausted, budget
from keguan.language.dmn.patterns.pattern import compile_pattern
from keguan.language.dmn.patterns.reading import BadPattern


@pytest.mark.parametrize(
    ("pattern", "text", "matched"),
    [
        ("a|bc", "xbc", "bc"),
        ("a{2,3}", "aaaa", "aaa"),
        ("a{2,3}?", "aaaa", "aa"),
        ("(ab)+", "xababa", "abab"),
        ("(a)(b)\\2\\1", "abba", "abba"),
        ("[a-z-[aeiou]]+", "aeibcd", "bcd"),
        ("[^\\d]+", "12ab", "ab"),
        ("\\p{Lu}+", "abCDe", "CD"),
        ("\\P{L}", "ab1", "1"),
        ("\\p{IsCJKUnifiedIdeographs}+", "ab渡轮", "渡轮"),
        ("\\i\\c*", "4a-b.c d", "a-b.c"),
        ("^b$", "b", "b"),
        (".+", "a\nb", "a"),
        ("(a*)*b", "aab", "aab"),
        ("a??b", "ab", "ab"),
        ("[\\-x]+", "a-x", "-x"),
        ("", "ab", ""),
    ],
)
def test_a_pattern_matches(pattern: str, text: str, matched: str) -> None:
    """The first match is the one that XPath finds."""
    match = next(compile_pattern(pattern).matches(text))
    assert text[match.start : match.end] == matched


@pytest.mark.parametrize(
    ("pattern", "flags", "text", "found"),
    [
        ("DECK", "i", "deck", True),
        ("a.b", "s", "a\nb", True),
        ("^b$", "m", "a\nb\nc", True),
        ("^b$", "", "a\nb\nc", False),
        ("a b", "x", "ab", True),
        ("a.b", "q", "a.b", True),
        ("a.b", "q", "axb", False),
        ("é", "i", "É", True),
    ],
)
def test_flags_change_how_a_pattern_is_read(pattern: str, flags: str, text: str, found: bool) -> None:
    """Each of XPath's flags does what it says."""
    assert compile_pattern(pattern, flags).found(text) is found


@pytest.mark.parametrize(
    "pattern", ["(", ")", "[", "[]", "[b-a]", "*a", "a{3,2}", "a{", "\\1", "\\y", "\\p{Xx}", "(?=a)", "a**", "[a-[b]c]"]
)
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    """A text that is no regular expression of XPath is a ``BadPattern``."""
    with pytest.raises(BadPattern):
        compile_pattern(pattern)


def test_an_unknown_flag_is_refused() -> None:
    """A flag there is not is a ``BadPattern``."""
    with pytest.raises(BadPattern):
        compile_pattern("a", "z")


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", "(a*)*b"])
def test_a_pattern_cannot_hang(pattern: str) -> None:
    """A search that would take for ever is given up when its steps are used up."""
    with budget(100_000), pytest.raises(Exhausted):
        compile_pattern(pattern).found("a" * 50 + "!")
