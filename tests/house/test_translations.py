"""Chinese is written in the code and the templates; every sentence of it has an English twin."""

from __future__ import annotations

import re

from tests.house.extraction import CATALOGUE, catalogue, extracted

PLACE = re.compile(r"%\([a-z_]+\)[sd]")


def test_every_sentence_has_its_english() -> None:
    """Each Chinese message in code and templates has a non-empty English translation."""
    english = catalogue()
    assert sorted(message for message in extracted() if not english.get(message)) == []


def test_the_catalogue_holds_nothing_that_is_gone() -> None:
    """Each entry of the English catalogue is still said somewhere."""
    assert sorted(set(catalogue()) - extracted()) == []


def test_places_for_values_agree() -> None:
    """A translation has exactly the places for values that its original has."""
    parted = {
        message: english
        for message, english in catalogue().items()
        if sorted(PLACE.findall(message)) != sorted(PLACE.findall(english))
    }
    assert parted == {}, f"in {CATALOGUE}"
