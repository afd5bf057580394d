"""Sharing out where not everybody may take everything, dealing in order, and how even it came out."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from keguan.calculators.apportionment import Taker, apportion, dealt, evenness, fits, shared

AREAS = st.sampled_from(["城东", "城西", "城南"])
KINDS = st.dictionaries(st.tuples(AREAS), st.integers(0, 80), max_size=3)
TAKERS = st.lists(
    st.builds(
        Taker,
        weight=st.integers(0, 20),
        limit=st.one_of(st.none(), st.integers(0, 40)),
        takes=st.tuples(st.one_of(st.none(), AREAS)),
    ),
    max_size=12,
)


def test_without_rules_everybody_gets_exactly_their_part() -> None:
    """S27-4 once more, as the system shares out."""
    assert shared({(): 60}, [Taker(90, None), Taker(60, None)]) == {(): [36, 24]}


def test_whoever_takes_one_area_is_served_before_whoever_takes_all() -> None:
    """60 in the east and 60 in the west, for one in each and one for both: 40 each, as without areas."""
    people = [Taker(1, None, ("城东",)), Taker(1, None, (None,)), Taker(1, None, ("城西",))]
    assert shared({("城东",): 60, ("城西",): 60}, people) == {("城东",): [40, 20, 0], ("城西",): [0, 20, 40]}


def test_what_nobody_may_take_stays() -> None:
    """The south has nobody; the rest is not touched by it."""
    assert shared({("城南",): 9, ("城东",): 4}, [Taker(1, None, ("城东",))]) == {("城南",): [0], ("城东",): [4]}


@given(KINDS, TAKERS)
def test_nobody_gets_what_they_may_not_take_or_have_no_room_for(
    kinds: dict[tuple[str], int], takers: list[Taker]
) -> None:
    """Rules and limits hold for every person, and never more is given than is there."""
    found = shared(dict(kinds), takers)
    for index, taker in enumerate(takers):
        got = {kind: given[index] for kind, given in found.items()}
        assert taker.limit is None or sum(got.values()) <= taker.limit
        assert all(not count or (fits(kind, taker.takes) and taker.weight) for kind, count in got.items())
    assert all(sum(found[kind]) <= count for kind, count in kinds.items())


@given(KINDS, TAKERS)
def test_nothing_stays_while_somebody_who_may_take_it_has_room(
    kinds: dict[tuple[str], int], takers: list[Taker]
) -> None:
    """What is left over of a kind is left because everybody who may take it is full."""
    found = shared(dict(kinds), takers)
    got = [sum(given[index] for given in found.values()) for index in range(len(takers))]
    for kind, count in kinds.items():
        if sum(found[kind]) < count:
            for index, taker in enumerate(takers):
                if taker.weight and fits(kind, taker.takes):
                    assert taker.limit is not None
                    assert got[index] == taker.limit


@given(KINDS, TAKERS)
def test_the_same_figures_give_the_same(kinds: dict[tuple[str], int], takers: list[Taker]) -> None:
    """Run again, with the kinds in another order: nothing differs."""
    again = dict(reversed(kinds.items()))
    assert shared(dict(kinds), takers) == shared(again, takers)


@given(st.lists(st.integers(0, 30), max_size=12))
def test_dealing_keeps_the_counts_and_goes_round(counts: list[int]) -> None:
    """Everybody gets as many as they are to, and at any point is less than one and a half off their part so far."""
    order = dealt(counts)
    assert [order.count(index) for index in range(len(counts))] == counts
    total, so_far = sum(counts), [0] * len(counts)
    for turn, index in enumerate(order, 1):
        so_far[index] += 1
        assert abs(so_far[index] * total - counts[index] * turn) <= Fraction(3, 2) * total + counts[index] * len(counts)


def test_equal_counts_are_dealt_round_by_round() -> None:
    """One each, in turn."""
    assert dealt([2, 2, 2]) == [0, 1, 2, 0, 1, 2]


def test_the_gini_coefficient_of_known_spreads() -> None:
    """Even is 0; one of four with everything is 3/4; 1, 2, 3 is 2/9."""
    assert evenness([5, 5, 5]).gini == 0
    assert evenness([0, 0, 0, 8]).gini == Fraction(3, 4)
    found = evenness([1, 2, 3])
    assert (found.gini, found.spread, found.mean) == (Fraction(2, 9), 2, 2)
    assert evenness([]).people == 0


@given(st.lists(st.integers(0, 500), min_size=1, max_size=30), st.integers(0, 1_000))
def test_shares_for_equal_people_differ_by_one_at_most(weights: list[int], house: int) -> None:
    """Equal weights are as even as whole things can be."""
    assert evenness(apportion(house, [7] * len(weights))).spread <= 1
