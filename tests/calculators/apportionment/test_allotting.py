"""Sharing a pool out by rows: exact in every row, fair over all of them, and a reason for what stays."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from keguan.calculators.apportionment import Person, Row, Stays, allot_kinds, allot_people, apportion

if TYPE_CHECKING:
    from keguan.calculators.apportionment import Allotment

ROWS = [Row(1, 10), Row(2, 30), Row(3, 50), Row(4, 10)]
"""The shares of S27."""

PEOPLE = st.lists(st.integers(1, 100), min_size=1, max_size=15).map(
    lambda scores: [Person(score, rank=rank) for rank, score in enumerate(scores)]
)
PEOPLE_WITH_RULES = st.lists(
    st.tuples(
        st.integers(0, 20), st.one_of(st.none(), st.integers(0, 30)), st.one_of(st.none(), st.sampled_from("东西"))
    ),
    max_size=10,
).map(lambda told: [Person(weight, room, (area,), rank) for rank, (weight, room, area) in enumerate(told)])
THINGS = st.dictionaries(st.integers(1, 4), st.integers(0, 60), max_size=4).map(
    lambda counts: {row: [(row * 1_000 + each, ()) for each in range(count)] for row, count in counts.items()}
)
THINGS_OF_AREAS = st.lists(st.tuples(st.integers(1, 4), st.sampled_from("东西南")), max_size=80).map(
    lambda told: {
        row: [(place, (area,)) for place, (own, area) in enumerate(told) if own == row] for row in range(1, 5)
    }
)


def _totals(found: Allotment) -> list[int]:
    return [sum(counts) for counts in zip(*found.counts.values(), strict=True)]


def test_thirty_a_head_as_s27_says() -> None:
    """S27-1: 600 things, 20 people alike: 3, 9, 15 and 3 each."""
    things = {
        1: [(n, ()) for n in range(60)],
        2: [(n, ()) for n in range(100, 280)],
        3: [(n, ()) for n in range(300, 600)],
        4: [(n, ()) for n in range(700, 760)],
    }
    found = allot_kinds(ROWS, [Person(1, rank=rank) for rank in range(20)], things)
    assert found.targets == {1: 60, 2: 180, 3: 300, 4: 60}
    assert found.counts == {1: [3] * 20, 2: [9] * 20, 3: [15] * 20, 4: [3] * 20}


def test_rows_do_not_add_up_to_more_than_a_score_is_worth() -> None:
    """S27-4 over four rows: 3.6, 10.8, 18 and 3.6 of 60 round to 37 by themselves; together they are 36 and 24."""
    things = {row: [(row * 100 + n, ()) for n in range(count)] for row, count in ((1, 6), (2, 18), (3, 30), (4, 6))}
    assert _totals(allot_kinds(ROWS, [Person(90, rank=0), Person(60, rank=1)], things)) == [36, 24]


@given(PEOPLE, THINGS)
def test_totals_are_exact_in_every_row(people: list[Person], things: dict[int, list[tuple[int, tuple[()]]]]) -> None:
    """Every row gives exactly its share of the whole, or all it has; every thing is noted once."""
    found = allot_kinds(ROWS, people, things)
    whole = sum(map(len, things.values()))
    for row, part in zip(ROWS, apportion(whole, [each.share for each in ROWS]), strict=True):
        assert sum(found.counts[row.number]) == found.targets[row.number] == min(part, len(things.get(row.number, ())))
    assert sorted(line.thing for line in found.lines) == sorted(thing for each in things.values() for thing, _ in each)


@given(PEOPLE, THINGS)
def test_the_quota_rule_holds_in_every_row(
    people: list[Person], things: dict[int, list[tuple[int, tuple[()]]]]
) -> None:
    """In each row everybody gets their exact share of it rounded down or up."""
    found = allot_kinds(ROWS, people, things)
    whole = sum(person.weight for person in people)
    for number, counts in found.counts.items():
        for person, count in zip(people, counts, strict=True):
            exact = found.targets[number] * person.weight
            assert exact // whole <= count <= -(-exact // whole)


@given(PEOPLE, THINGS)
def test_over_all_rows_nobody_is_two_off(people: list[Person], things: dict[int, list[tuple[int, tuple[()]]]]) -> None:
    """Totals over all rows are less than two off the exact part: rows of their own could leave them four off."""
    found = allot_kinds(ROWS, people, things)
    whole, house = sum(person.weight for person in people), sum(found.targets.values())
    for person, total in zip(people, _totals(found), strict=True):
        assert abs(total * whole - house * person.weight) < 2 * whole


@given(st.integers(1, 15), THINGS)
def test_equals_differ_by_one_at_most(count: int, things: dict[int, list[tuple[int, tuple[()]]]]) -> None:
    """People alike have the same over all rows, but for one."""
    totals = _totals(allot_kinds(ROWS, [Person(1, rank=rank) for rank in range(count)], things))
    assert max(totals) - min(totals) <= 1


@given(PEOPLE_WITH_RULES, THINGS_OF_AREAS)
def test_rules_and_limits_hold(people: list[Person], things: dict[int, list[tuple[int, tuple[str]]]]) -> None:
    """Nobody gets what they may not take or more than they have room for; what stays has a true reason."""
    found = allot_kinds([Row(1, 1, most=5), Row(2, 1), Row(3, 1), Row(4, 1)], people, things)
    kinds = {thing: kind for each in things.values() for thing, (kind,) in each}
    got = Counter(line.person for line in found.lines if line.person is not None)
    for line in found.lines:
        fitting = [person for person in people if person.weight and person.takes[0] in (None, kinds[line.thing])]
        if line.person is not None:
            assert people[line.person] in fitting
            assert line.stays is Stays.GIVEN
        else:
            assert (line.stays is Stays.NOBODY) is (not fitting)
    for index, person in enumerate(people):
        assert person.room is None or got[index] <= person.room
        assert found.counts[1][index] <= 5


@given(PEOPLE_WITH_RULES, THINGS_OF_AREAS)
def test_the_same_again(people: list[Person], things: dict[int, list[tuple[int, tuple[str]]]]) -> None:
    """Worked out again, everything is the same."""
    first, again = allot_kinds(ROWS, people, things), allot_kinds(ROWS, list(people), dict(things))
    assert (first.lines, first.counts, first.targets) == (again.lines, again.counts, again.targets)


@given(st.lists(st.tuples(st.integers(1, 20), st.sampled_from([1, 2])), min_size=1, max_size=10), st.integers(0, 90))
def test_groups_of_people_get_exactly_their_shares(told: list[tuple[int, int]], count: int) -> None:
    """Without limits, a group that has anybody in it gets exactly its part."""
    people = [Person(weight, rank=rank, row=row) for rank, (weight, row) in enumerate(told)]
    found = allot_people([Row(1, 60), Row(2, 40)], people, [(each, ()) for each in range(count)])
    for row, part in zip((1, 2), apportion(count, [60, 40]), strict=True):
        assert sum(found.counts[row]) == (part if any(person.row == row for person in people) else 0)
