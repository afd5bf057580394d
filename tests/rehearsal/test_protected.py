"""Scenarios about protected information: looking, exporting, leaving, destroying; and what is told otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rehearsal.acted import acted_in, told_by, written
from tests.rehearsal.wrong import TOLD
from tests.rehearsal.wrong_protected import PROTECTED, scenarios

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Home


def test_what_people_do_to_protected_information_comes_true(home_on_either_engine: Home) -> None:
    """Reveals, permits, exports, prints, departures and disposals are as on the pages, in both languages' words."""
    told = acted_in(home_on_either_engine, PROTECTED)
    assert [line for line in told if not line.startswith("ok ")] == []
    assert {line.split()[1] for line in told} == {"护-1", "护-2", "护-3", "护-4"}


@pytest.mark.sqlite_only
@pytest.mark.parametrize("language", ["zh", "en"])
def test_failures_are_told(tmp_path: Path, language: str) -> None:
    """A wrong value read, another number of rows, a right that is otherwise, a class declared otherwise: each is told
    with what there is.
    """
    told = (TOLD / f"protected.{language}.txt").read_text(encoding="utf-8")
    assert told_by(written(tmp_path, scenarios(), PROTECTED), language=language) == (1, told)
