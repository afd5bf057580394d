"""How alike two records are: points for what agrees, for and against, in tenths of a natural logarithm of the odds.

The weights are those of Fellegi and Sunter (1969): what two records of one person nearly always share and two of
different persons hardly ever do counts most. ``benchmarks/duplicates.py`` measures what they find and miss.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.runtime.records.suspects.features import Features

THRESHOLD = 60
"""Points from which two records are shown: odds of 400 to one before what speaks against is known."""

CERTAIN = 140
"""Points that count as a hundred per cent."""

_ALIKE = 90
_RATHER = 78


class Likeness(StrEnum):
    """In what two values are alike, or not."""

    SAME = "same"
    NEAR = "near"  # one sign or digit off, or two swapped
    SOUND = "sound"  # sounds the same
    SIMILAR = "similar"
    OTHER = "other"  # speaks against


@dataclass(frozen=True, slots=True)
class Reason:
    """One field's part in it."""

    field: str
    likeness: Likeness
    points: int


def compare(one: Features, other: Features, title: str, strong: frozenset[str]) -> tuple[Reason, ...]:
    """The reasons for and against. ``strong`` are the numbers that nobody shares (an identity card, a firm's code)."""
    return (
        _name(one, other, title),
        *_numbers(one, other, strong),
        *_addresses(one, other),
        *(
            Reason(code, Likeness.OTHER, -25)
            for code, text in one.choices.items()
            if other.choices.get(code, text) != text
        ),
    )


def total(reasons: tuple[Reason, ...]) -> int:
    """All points."""
    return sum(each.points for each in reasons)


def per_cent(points: int) -> int:
    """Points as people read them: 1 to 100."""
    return max(1, min(100, round(100 * points / CERTAIN)))


def _name(one: Features, other: Features, title: str) -> Reason:
    if one.name == other.name:
        return Reason(title, Likeness.SAME, 68 if one.core else 35)
    if one.core and other.core:
        return _firms(one, other, title)
    if one.sound and one.sound == other.sound:
        return Reason(title, Likeness.SOUND, 28)
    shorter = min(len(one.name), len(other.name))
    off = OSA.distance(one.name, other.name, score_cutoff=1)
    if off <= 1 and shorter >= 3:
        return Reason(title, Likeness.NEAR, 25)
    if off <= 1 and shorter == 2 and one.name[0] == other.name[0]:
        return Reason(title, Likeness.NEAR, 20)
    return Reason(title, Likeness.OTHER, -45)


def _firms(one: Features, other: Features, title: str) -> Reason:
    if one.core == other.core:
        return Reason(title, Likeness.SAME, 68)
    if one.sound == other.sound:
        return Reason(title, Likeness.SOUND, 50)
    off = OSA.distance(one.core, other.core, score_cutoff=1)
    if off <= 1 and min(len(one.core), len(other.core)) >= 5:
        return Reason(title, Likeness.NEAR, 45)
    alike = ratio(one.core, other.core)
    if alike >= _ALIKE:
        return Reason(title, Likeness.SIMILAR, 35)
    return Reason(title, Likeness.OTHER, -40)


def _numbers(one: Features, other: Features, strong: frozenset[str]) -> Iterator[Reason]:
    for code, number in one.numbers.items():
        another = other.numbers.get(code)
        if another is None:
            continue
        weighty = code in strong
        if number == another:
            yield Reason(code, Likeness.SAME, 100 if weighty else 55)
        elif OSA.distance(number, another, score_cutoff=2 if weighty else 1) <= (2 if weighty else 1):
            yield Reason(code, Likeness.NEAR, 50 if weighty else 40)
        else:
            yield Reason(code, Likeness.OTHER, -60 if weighty else -6)


def _addresses(one: Features, other: Features) -> Iterator[Reason]:
    for code, text in one.addresses.items():
        another = other.addresses.get(code)
        if another is None:
            continue
        if text == another:
            yield Reason(code, Likeness.SAME, 40)
        elif text.endswith(another) or another.endswith(text) or ratio(text, another) >= _ALIKE:
            yield Reason(code, Likeness.SIMILAR, 32)
        elif ratio(text, another) < _RATHER:
            yield Reason(code, Likeness.OTHER, -8)
