"""A pattern: where it matches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from keguan.language.dmn.budget import spend
from keguan.language.dmn.patterns import matching
from keguan.language.dmn.patterns.characters import any_case, one
from keguan.language.dmn.patterns.matching import Part, State
from keguan.language.dmn.patterns.reading import BadPattern, Reader

_FLAGS = frozenset("smixq")
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern matched, and where its groups did."""

    start: int
    end: int
    groups: dict[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression that has been read."""

    part: Part

    def matches(self, text: str) -> Iterator[Match]:
        """Where it matches, one after the other and never over each other. Raises ``Exhausted``."""
        at = 0
        while at <= len(text):
            state = State(text)
            spend()
            end = self.part(state, at, lambda place: place)
            if end is None:
                at += 1
                continue
            yield Match(at, end, dict(state.groups))
            at = end if end > at else at + 1

    def found(self, text: str) -> bool:
        """Whether it matches somewhere in the text."""
        return next(self.matches(text), None) is not None


@lru_cache(maxsize=256)
def compile_pattern(text: str, flags: str = "") -> Pattern:
    """The pattern. Raises ``BadPattern`` for one that is none, and for a flag there is not."""
    given = frozenset(flags)
    if not given <= _FLAGS or len(text) > _LONGEST:
        raise BadPattern(flags)
    if "q" in given:
        sets = [any_case(one(each)) if "i" in given else one(each) for each in text]
        return Pattern(matching.sequence([matching.character(each) for each in sets]))
    return Pattern(Reader(text, given).read())
