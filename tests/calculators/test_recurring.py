"""The same again: repeats of one party, and crowds of several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from keguan.calculators.recurring import Crowd, crowds, repeats

if TYPE_CHECKING:
    from keguan.calculators.recurring import Event

EVENTS = st.lists(st.tuples(st.sampled_from("甲乙丙"), st.sampled_from("水电"), st.integers(0, 60)), max_size=25).map(
    lambda told: [(number, *each) for number, each in enumerate(sorted(told, key=lambda each: each[2]))]
)


def test_a_repeat_is_the_same_party_with_the_same_thing_soon_after() -> None:
    """甲's second 水 on day 10 and third on day 20 repeat the one before; 乙's does not, nor 甲's 电, nor day 31's."""
    events: list[Event] = [
        (1, "甲", "水", 0),
        (2, "乙", "水", 5),
        (3, "甲", "水", 10),
        (4, "甲", "电", 12),
        (5, "甲", "水", 20),
        (6, "甲", "水", 31),
    ]
    assert [event[0] for event in repeats(events, 10)] == [3, 5]


def test_the_fullest_stretch_of_a_thing_is_its_crowd() -> None:
    """Three parties within 10 days are one, from the first to the last of them; a party counts once; 电 has too few."""
    events: list[Event] = [
        (1, "甲", "水", 0),
        (2, "甲", "水", 4),
        (3, "乙", "水", 8),
        (4, "乙", "电", 9),
        (5, "丙", "水", 14),
        (6, "丁", "水", 30),
    ]
    assert crowds(events, 10, 3, 0) == [Crowd("水", 3, 4, 14)]
    assert crowds(events, 9, 3, 0) == []


def test_a_crowd_from_before_does_not_count() -> None:
    """What was full before the period began is no crowd of the period."""
    events: list[Event] = [(1, "甲", "水", 0), (2, "乙", "水", 1), (3, "甲", "水", 20)]
    assert crowds(events, 5, 2, 0) == [Crowd("水", 2, 0, 1)]
    assert crowds(events, 5, 2, 10) == []


@given(EVENTS, st.integers(0, 30))
def test_repeats_are_those_that_looking_back_finds(events: list[Event], within: int) -> None:
    """One pass finds what comparing every event with all before it finds."""
    slowly = [
        event
        for place, event in enumerate(events)
        if any(event[1:3] == before[1:3] and event[3] - before[3] <= within for before in events[:place])
    ]
    assert repeats(events, within) == slowly


@given(EVENTS, st.integers(0, 30))
def test_crowds_are_those_that_counting_finds(events: list[Event], within: int) -> None:
    """One pass finds the largest number of parties that counting every stretch finds."""
    largest: dict[object, int] = {}
    for place, (_id, _party, thing, moment) in enumerate(events):
        near = {each[1] for each in events[: place + 1] if each[2] == thing and each[3] >= moment - within}
        largest[thing] = max(largest.get(thing, 0), len(near))
    assert {crowd.thing: crowd.parties for crowd in crowds(events, within, 1, 0)} == largest
