"""Largest remainder: what holds whatever the figures, and the paradoxes that it admits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keguan.calculators.apportionment import apportion

WEIGHTS = st.lists(st.integers(0, 500), min_size=1, max_size=30)
HOUSES = st.integers(0, 2_000)
LIMITS = st.one_of(st.none(), st.integers(0, 60))


def _cases() -> st.SearchStrategy[tuple[int, list[int], list[int | None]]]:
    def with_limits(weights: list[int]) -> st.SearchStrategy[tuple[int, list[int], list[int | None]]]:
        limits = st.lists(LIMITS, min_size=len(weights), max_size=len(weights))
        return st.tuples(HOUSES, st.just(weights), limits)

    return WEIGHTS.flatmap(with_limits)


CASES = _cases()


def test_two_planners_get_in_proportion_to_their_scores() -> None:
    """S27-4: scores 90 and 60 (average 75), 30 a head: 36 and 24."""
    assert apportion(60, [90, 60]) == [36, 24]


def test_the_largest_remainders_get_what_is_left() -> None:
    """10 by 6, 6 and 2: exactly 4.29, 4.29 and 1.43, so 4, 4, 1 and the last one to the largest remainder."""
    assert apportion(10, [6, 6, 2]) == [4, 4, 2]


def test_equal_remainders_go_by_the_order_that_is_given() -> None:
    """5 by three equal weights: the third comes first, then the first."""
    assert apportion(5, [1, 1, 1], ties=[1, 2, 0]) == [2, 1, 2]


def test_what_somebody_cannot_take_goes_to_the_others_by_weight() -> None:
    """100 by 50, 30 and 20 where the first takes at most 20: the other 80 by 30 and 20."""
    assert apportion(100, [50, 30, 20], [20, None, None]) == [20, 48, 32]


@given(CASES)
def test_the_house_total_is_kept(case: tuple[int, list[int], list[int | None]]) -> None:
    """All of it is given away, or everybody with a weight is at the limit."""
    house, weights, limits = case
    found = apportion(house, weights, limits)
    rooms = [house if limit is None else limit for weight, limit in zip(weights, limits, strict=True) if weight]
    assert sum(found) == min(house, sum(rooms))
    assert all(each >= 0 for each in found)


@given(CASES)
def test_nobody_gets_beyond_the_limit_or_without_a_weight(case: tuple[int, list[int], list[int | None]]) -> None:
    """Limits hold, and a weight of nothing gets nothing."""
    house, weights, limits = case
    for count, weight, limit in zip(apportion(house, weights, limits), weights, limits, strict=True):
        assert limit is None or count <= limit
        assert weight or not count


@given(HOUSES, WEIGHTS)
def test_the_quota_rule_holds(house: int, weights: list[int]) -> None:
    """Without limits everybody gets their exact share rounded down or up."""
    whole = sum(weights)
    for count, weight in zip(apportion(house, weights), weights, strict=True):
        if whole:
            assert house * weight // whole <= count <= -(-house * weight // whole)


@given(CASES)
def test_the_quota_rule_holds_for_those_who_are_not_full(case: tuple[int, list[int], list[int | None]]) -> None:
    """Those below their limits share what the others leave over, each rounded down or up."""
    house, weights, limits = case
    found = apportion(house, weights, limits)
    below = [index for index, limit in enumerate(limits) if weights[index] and (limit is None or found[index] < limit)]
    left = house - sum(count for index, count in enumerate(found) if index not in below)
    whole = sum(weights[index] for index in below)
    if below and sum(found) == house:
        for index in below:
            # whoever came to the limit by rounding up shared in the same round: off by less than one
            assert abs(found[index] * whole - left * weights[index]) < whole * (1 + len(weights) - len(below))


@given(CASES)
def test_more_weight_never_gets_less(case: tuple[int, list[int], list[int | None]]) -> None:
    """Monotone in the weight, where the limit is not lower; equal ones differ by one at most."""
    house, weights, limits = case
    found = apportion(house, weights, limits)
    for one in range(len(weights)):
        for other in range(len(weights)):
            first, second = limits[one], limits[other]
            if first is None or (second is not None and first >= second):
                if weights[one] > weights[other]:
                    assert found[one] >= found[other]
                elif weights[one] == weights[other]:
                    assert found[one] >= found[other] - 1


@given(HOUSES, WEIGHTS, st.integers(1, 50))
def test_only_proportions_count(house: int, weights: list[int], factor: int) -> None:
    """Weights in tenths of points give the same as in points."""
    assert apportion(house, [weight * factor for weight in weights]) == apportion(house, weights)


@given(HOUSES, st.lists(st.integers(0, 500), min_size=1, max_size=20, unique=True), st.randoms(use_true_random=False))
def test_the_order_of_the_list_does_not_count(house: int, weights: list[int], random: object) -> None:
    """The same people in another order get the same: ties go by their own number, not by their place in the list."""
    people = list(range(len(weights)))
    random.shuffle(people)  # type: ignore[attr-defined]
    found = apportion(house, [weights[each] for each in people], ties=people)
    straight = apportion(house, weights, ties=range(len(weights)))
    assert dict(zip(people, found, strict=True)) == dict(enumerate(straight))


def test_it_admits_the_alabama_paradox() -> None:
    """One more to give away can leave somebody with one less: 10 by 6, 6, 2 gives the last 2, 11 gives 1."""
    assert apportion(10, [6, 6, 2]) == [4, 4, 2]
    assert apportion(11, [6, 6, 2]) == [5, 5, 1]


@pytest.mark.parametrize(
    ("house", "weights", "limits"), [(-1, [1], None), (1, [-1], None), (1, [1], [-1]), (1, [1, 1], [1])]
)
def test_impossible_figures_are_refused(house: int, weights: list[int], limits: list[int | None] | None) -> None:
    """Nothing below nothing, and one limit for each."""
    with pytest.raises(ValueError, match=r"nothing|one for each"):
        apportion(house, weights, limits)
