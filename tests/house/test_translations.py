"""Chinese is written in the code and the templates; every sentence of it has an English twin."""

from __future__ import annotations

import re

from tests.house.extraction import CATALOGUE, catalogue, extracted

PLACE = re.compile(r"%\([a-z_]+\)[sd]")
CHINESE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


def test_every_sentence_has_its_english() -> None:
    """Each Chinese message in code and templates has a non-empty English translation, and a plural has both forms."""
    english = catalogue()
    assert sorted(message for message in extracted() if not all(english.get(message, ("",)))) == []


def test_the_catalogue_holds_nothing_that_is_gone() -> None:
    """Each entry of the English catalogue is still said somewhere."""
    assert sorted(set(catalogue()) - extracted()) == []


def test_places_for_values_agree() -> None:
    """A translation has exactly the places for values that its original has."""
    parted = {
        message: form
        for message, english in catalogue().items()
        for form in english
        if sorted(PLACE.findall(message.original)) != sorted(PLACE.findall(form))
    }
    assert parted == {}, f"in {CATALOGUE}"


def test_english_is_english() -> None:
    """No translation holds Chinese words or full-width signs, and only what joins a list ends in a space."""
    parted = {
        message: form
        for message, english in catalogue().items()
        for form in english
        if CHINESE.search(form) or (form != form.rstrip() and not message.original.endswith(("、", "；", "：", "，")))
    }
    assert parted == {}, f"in {CATALOGUE}"
