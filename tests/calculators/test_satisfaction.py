"""CSAT, NPS and CES with their margins: known values, and what holds of all answers."""

from __future__ import annotations

from statistics import NormalDist, fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keguan.calculators.satisfaction import FEW, Z, ces, csat, nps

ANSWERS = st.lists(st.integers(0, 10), min_size=1, max_size=60)


def test_the_point_of_the_normal_distribution_is_its_own() -> None:
    """Z is the 97.5 % quantile."""
    assert pytest.approx(NormalDist().inv_cdf(0.975), abs=1e-12) == Z


@pytest.mark.parametrize(
    ("satisfied", "n", "low", "high"),
    [
        (8, 10, 0.490162, 0.943318),  # Wilson's interval as R's prop.test(8, 10, correct = FALSE) gives it
        (81, 263, 0.255273, 0.366174),  # Newcombe, Statistics in Medicine 17 (1998) 857–872, method 3: .2553, .3662
        (15, 148, 0.062386, 0.160485),  # the same: .0624, .1605
        (0, 20, 0.0, 0.161125),  # the same: 0, .1611
        (1, 29, 0.006113, 0.171755),  # the same: .0061, .1718
    ],
)
def test_known_intervals_of_a_share(satisfied: int, n: int, low: float, high: float) -> None:
    """The score interval has the values in print."""
    found = csat(satisfied, n)
    assert found.value == satisfied / n
    assert found.low == pytest.approx(low, abs=1e-4)
    assert found.high == pytest.approx(high, abs=1e-4)


def test_a_known_net_promoter_score() -> None:
    """Of 100 answers 50 promoters and 20 detractors are 30 points, give or take 15.3."""
    found = nps(50, 20, 100)
    assert found.value == pytest.approx(30)
    assert found.high == pytest.approx(30 + 100 * Z * (0.61 / 100) ** 0.5)
    assert found.low == pytest.approx(30 - 15.308, abs=1e-3)


def test_a_known_mean_effort() -> None:
    """7, 6, 5, 6 are 6 on average, give or take 0.8."""
    found = ces(24, 49 + 36 + 25 + 36, 4)
    assert found.value == 6
    assert found.high == pytest.approx(6 + Z * (2 / 3) ** 0.5 / 2)
    assert found.low == pytest.approx(5.2, abs=1e-3)


def test_without_answers_nothing_is_said() -> None:
    """Of no answers there is no figure and no margin, and they are too few."""
    for found in (csat(0, 0), nps(0, 0, 0), ces(0, 0, 0)):
        assert (found.n, found.value, found.low, found.high, found.enough) == (0, None, None, None, False)


def test_a_single_answer_has_a_mean_and_no_margin() -> None:
    """The spread of one answer is unknown."""
    assert (ces(5, 25, 1).value, ces(5, 25, 1).low) == (5, None)


def test_thirty_answers_are_enough_and_the_threshold_is_a_parameter() -> None:
    """At the threshold a figure speaks; one answer below it does not."""
    assert (csat(1, FEW).enough, csat(1, FEW - 1).enough) == (True, False)
    assert (nps(1, 0, 10, few=10).enough, ces(9, 81, 1, few=2).enough) == (True, False)


@pytest.mark.parametrize("call", [lambda: csat(3, 2), lambda: csat(-1, 2), lambda: nps(2, 2, 3), lambda: ces(9, 1, 2)])
def test_impossible_counts_are_refused(call: object) -> None:
    """Counts that no answers have raise."""
    with pytest.raises(ValueError, match="answers"):
        call()  # type: ignore[operator]


@given(ANSWERS)
def test_every_figure_lies_within_its_margins_and_its_scale(answers: list[int]) -> None:
    """The figure is between low and high, and both are possible values."""
    n = len(answers)
    share = csat(sum(each >= 9 for each in answers), n)
    net = nps(sum(each >= 9 for each in answers), sum(each <= 6 for each in answers), n)
    for found, least, most in ((share, 0, 1), (net, -100, 100)):
        assert found.value is not None
        assert found.low is not None
        assert found.high is not None
        assert least <= found.low <= found.value + 1e-9
        assert found.value - 1e-9 <= found.high <= most


@given(ANSWERS)
def test_the_mean_and_its_margin_are_those_of_the_answers(answers: list[int]) -> None:
    """From the sums comes what the answers themselves give."""
    found = ces(sum(answers), sum(each * each for each in answers), len(answers))
    assert found.value == pytest.approx(fmean(answers))
    if len(answers) > 1:
        margin = Z * stdev(answers) / len(answers) ** 0.5
        assert found.high == pytest.approx(fmean(answers) + margin)


@given(st.integers(1, 40), st.data())
def test_more_answers_of_the_same_kind_say_more(n: int, data: st.DataObject) -> None:
    """Ten times as many answers with the same shares leave narrower margins."""
    good = data.draw(st.integers(0, n))
    bad = data.draw(st.integers(0, n - good))
    for one, many in ((csat(good, n), csat(10 * good, 10 * n)), (nps(good, bad, n), nps(10 * good, 10 * bad, 10 * n))):
        assert one.value == pytest.approx(many.value)
        assert many.high - many.low <= one.high - one.low + 1e-9  # type: ignore[operator]


@given(st.integers(0, 50), st.integers(0, 50))
def test_good_and_bad_are_mirrored(good: int, bad: int) -> None:
    """What is satisfied and what is not, promoters and detractors, change places with the sign."""
    n = good + bad
    there, back = nps(good, bad, n), nps(bad, good, n)
    share, rest = csat(good, n), csat(bad, n)
    if n:
        assert there.value == -back.value  # type: ignore[operator]
        assert share.low == pytest.approx(1 - rest.high)  # type: ignore[operator]
