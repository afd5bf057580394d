"""A job that is killed again and again works every figure out once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Home

KILLING = ("-m", "tests.runtime.metrics.killing")
FIGURES = 6


def test_killed_while_figures_are_kept(published_home: Home) -> None:
    """Killed while the first figure is kept, then the second of what is left, then the third: nothing half is kept, no
    figure that was kept is done again, and the last run does the rest.
    """
    job = ""
    for after in range(3):
        process = published_home.start(*KILLING, str(after), *([job] if job else []))
        told, problem = process.communicate(timeout=300)
        assert process.returncode == -9, problem
        job = job or told.strip()
    state, calls, kept, whole = published_home.run(*KILLING, "-1", job, timeout=300).split()
    assert (state, int(calls), int(kept), whole) == ("done", FIGURES - 3, FIGURES, "True")
