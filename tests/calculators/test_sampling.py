"""A sample that anyone can draw again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keguan.calculators.sampling import draw, size

populations = st.sets(st.integers(1, 10**12), max_size=60)
shares = st.integers(0, 10_000)


@given(populations, shares, st.text(max_size=40), st.randoms())
def test_the_same_seed_draws_the_same(population: set[int], share: int, seed: str, order: object) -> None:
    """Whatever the order in which the population comes; members of it, each once, as many as the share says."""
    listed = sorted(population)
    first = draw(listed, share, seed)
    order.shuffle(listed)  # type: ignore[attr-defined]
    assert draw(listed, share, seed) == first
    assert len(set(first)) == len(first) == size(len(population), share)
    assert set(first) <= population


@given(populations, shares, shares, st.text(max_size=40))
def test_a_larger_share_draws_the_same_and_more(population: set[int], one: int, other: int, seed: str) -> None:
    """Nobody drawn at a small share is spared at a larger one."""
    low, high = sorted((one, other))
    assert draw(population, high, seed)[: size(len(population), low)] == draw(population, low, seed)


@pytest.mark.parametrize(
    ("population", "share", "drawn"),
    [(0, 2_000, 0), (10, 0, 0), (1, 1, 1), (10, 2_000, 2), (12, 2_000, 2), (13, 2_000, 3), (7, 10_000, 7)],
)
def test_how_many_are_drawn(population: int, share: int, drawn: int) -> None:
    """Rounded half up, and at least one of any."""
    assert size(population, share) == drawn


@pytest.mark.parametrize("share", [-1, 10_001])
def test_no_share_is_less_than_nothing_or_more_than_all(share: int) -> None:
    """A share outside the whole is refused."""
    with pytest.raises(ValueError, match="basis points"):
        draw((1, 2), share, "x")


def test_every_member_is_drawn_about_equally_often() -> None:
    """Over two thousand seeds each of twenty is drawn a fifth of the time, give or take four standard deviations."""
    counts = dict.fromkeys(range(20), 0)
    for seed in range(2_000):
        for member in draw(range(20), 2_000, str(seed)):
            counts[member] += 1
    deviation = (2_000 * 0.2 * 0.8) ** 0.5
    assert all(abs(count - 400) < 4 * deviation for count in counts.values())
