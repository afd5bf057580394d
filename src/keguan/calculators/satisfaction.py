"""Satisfaction from answers: CSAT, NPS and CES, each with how many answered and how far the figure may be off.

Sources: the share of satisfied answers with the score interval of E. B. Wilson, "Probable Inference, the Law of
Succession, and Statistical Inference", JASA 22 (1927) 209–212; the net promoter score of F. F. Reichheld, "The One
Number You Need to Grow", Harvard Business Review 81/12 (2003) 46–54, with the variance of the difference of two shares
of one multinomial sample; customer effort of M. Dixon, K. Freeman and N. Toman, "Stop Trying to Delight Your
Customers", Harvard Business Review 88/7 (2010) 116–122, in its later wording, where a higher answer is less effort. All
margins are for a confidence of 95 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z = 1.959963984540054
"""The 97.5 % point of the normal distribution: 95 % lie between −Z and Z."""

FEW = 30
"""Below so many answers a figure says too little: a usual threshold of the trade, and a parameter of every function."""

LOWEST_PROMOTER, HIGHEST_DETRACTOR = 9, 6
"""Of the answers 0 to 10."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure from ``n`` answers. ``value`` is None without any; ``low`` and ``high`` hold the true one with 95 %
    confidence (None where nothing can be said of that). ``enough`` is False below the threshold.
    """

    n: int
    value: float | None
    low: float | None
    high: float | None
    enough: bool


def csat(satisfied: int, n: int, few: int = FEW) -> Figure:
    """The share of satisfied answers, 0 to 1, with Wilson's interval. Raises ``ValueError`` for impossible counts."""
    if not 0 <= satisfied <= n:
        raise ValueError(f"{satisfied} of {n} answers cannot be satisfied")
    if n == 0:
        return _nothing(few)
    share = satisfied / n
    squared = Z * Z
    middle = (share + squared / (2 * n)) / (1 + squared / n)
    half = Z / (1 + squared / n) * sqrt(share * (1 - share) / n + squared / (4 * n * n))
    low = 0.0 if satisfied == 0 else max(0.0, middle - half)
    high = 1.0 if satisfied == n else min(1.0, middle + half)
    return Figure(n, share, low, high, n >= few)


def nps(promoters: int, detractors: int, n: int, few: int = FEW) -> Figure:
    """Promoters less detractors in points, −100 to 100. Raises ``ValueError`` for impossible counts."""
    if min(promoters, detractors) < 0 or promoters + detractors > n:
        raise ValueError(f"{promoters} promoters and {detractors} detractors are not among {n} answers")
    if n == 0:
        return _nothing(few)
    above, below = promoters / n, detractors / n
    net = above - below
    margin = Z * sqrt(max(0.0, above + below - net * net) / n)
    return Figure(n, 100 * net, 100 * max(-1.0, net - margin), 100 * min(1.0, net + margin), n >= few)


def ces(total: int, squares: int, n: int, few: int = FEW) -> Figure:
    """The mean of answers whose sum and sum of squares are given; of a single one nothing is known of the margin.

    Raises ``ValueError`` for sums that no ``n`` answers have.
    """
    if n < 0 or squares * n < total * total:
        raise ValueError(f"no {n} answers have the sum {total} and the squares {squares}")
    if n == 0:
        return _nothing(few)
    mean = total / n
    if n == 1:
        return Figure(n, mean, None, None, n >= few)
    variance = (squares * n - total * total) / (n * (n - 1))
    margin = Z * sqrt(variance / n)
    return Figure(n, mean, mean - margin, mean + margin, n >= few)


def _nothing(few: int) -> Figure:
    return Figure(0, None, None, None, few <= 0)
