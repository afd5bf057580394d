"""How evenly something is spread over people."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Evenness:
    """Of how many people the least and the most, the mean, and the Gini coefficient: 0 when all have the same, towards
    1 when one has everything.
    """

    people: int
    least: int
    most: int
    mean: Fraction
    gini: Fraction

    @property
    def spread(self) -> int:
        """By how much the most and the least differ."""
        return self.most - self.least


def evenness(amounts: Iterable[int]) -> Evenness:
    """How evenly these amounts from 0 are spread; all nothing for nobody, and even where nobody has anything."""
    ordered = sorted(amounts)
    count, total = len(ordered), sum(ordered)
    if not count:
        return Evenness(0, 0, 0, Fraction(0), Fraction(0))
    gini = Fraction(0)
    if total:
        ranked = sum((2 * place - count - 1) * amount for place, amount in enumerate(ordered, 1))
        gini = Fraction(ranked, count * total)
    return Evenness(count, ordered[0], ordered[-1], Fraction(total, count), gini)
