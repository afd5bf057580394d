"""A spoilt policy is answered: never a crash, never a wait, and every mistake is a diagnostic."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import TYPE_CHECKING

import pytest

from keguan.language import api
from tests.language.mutations import Texts, assert_answered, originals, spoilt

if TYPE_CHECKING:
    from keguan.language.model.model import Model

ORIGINALS = list(originals())
KEYWORDS = (None, "zh", "en")


@cache
def whole(texts_at: int) -> Model | None:
    """The model of an original, if it has no errors."""
    return api.check(ORIGINALS[texts_at].packs).model


@pytest.mark.parametrize("at", range(len(ORIGINALS)), ids=lambda at: ORIGINALS[at].name)
def test_a_spoilt_policy_is_answered(at: int) -> None:
    """Each golden file and pack, changed twice: checked, laid out, compared, run and brought in."""
    _spoil(at, range(2))


@pytest.mark.slow
@pytest.mark.parametrize("at", range(len(ORIGINALS)), ids=lambda at: ORIGINALS[at].name)
def test_a_policy_spoilt_many_times_is_answered(at: int) -> None:
    """The same, some hundreds of times each."""
    _spoil(at, range(1_000, 1_300))


def _spoil(at: int, seeds: range) -> None:
    texts: Texts = ORIGINALS[at]
    for seed in seeds:
        try:
            assert_answered(spoilt(Random(f"{texts.name} {seed}"), texts), whole(at), KEYWORDS[seed % 3])
        except Exception as problem:
            problem.add_note(f"seed {seed} of {texts.name}")
            raise
