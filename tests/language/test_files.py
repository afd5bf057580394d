"""Every golden file gives what stands in it. ``pytest tests/language/test_files.py --accept`` writes it anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from keguan.language import api
from keguan.language.diagnostics.catalogue import continuity
from keguan.language.diagnostics.diagnostic import Entry, Severity
from tests.language.golden import read_golden

HERE = Path(__file__).parent
GOOD = sorted(HERE.glob("*/good/*.md"))
BAD = sorted(HERE.glob("*/bad/*.md"))


def _name(path: Path) -> str:
    return str(path.relative_to(HERE).with_suffix(""))


@pytest.mark.parametrize("path", [*GOOD, *BAD], ids=_name)
def test_golden_file(path: Path, request: pytest.FixtureRequest) -> None:
    """Checking the file gives exactly the diagnostics, the model and the scenario results written at its end."""
    golden = read_golden(path)
    if request.config.getoption("--accept", default=False):
        golden.accept()
        golden = read_golden(path)
    assert golden.result() == golden.expected


@pytest.mark.parametrize("path", GOOD, ids=_name)
def test_good_files_are_good(path: Path) -> None:
    """A file in ``good`` has no errors and no warnings."""
    found = read_golden(path).diagnostics()
    assert [each.id for each in found if each.severity is not Severity.NOTE] == []


@pytest.mark.parametrize("path", BAD, ids=_name)
def test_bad_files_are_bad(path: Path) -> None:
    """A file in ``bad`` has at least one finding, or a scenario that fails."""
    golden = read_golden(path)
    assert golden.diagnostics() or ": failed" in golden.result()


ELSEWHERE = frozenset(
    {
        "K4012",  # a table too large to check: tests/language/check/test_tables.py
        *(entry.id for entry in vars(continuity).values() if isinstance(entry, Entry)),  # found at publishing
    }
)


def test_every_diagnostic_has_a_bad_file() -> None:
    """Each entry of the language's catalogue is triggered by at least one golden file."""
    triggered = {found.id for path in BAD for found in read_golden(path).diagnostics()}
    assert {entry.id for entry in api.catalogue()} - triggered == ELSEWHERE


def test_ids_are_unique_and_ordered() -> None:
    """No two entries share an id, and every id is a K and four digits."""
    ids = [entry.id for entry in api.catalogue()]
    assert ids == sorted(set(ids))
    assert all(len(id_) == 5 and id_[0] == "K" and id_[1:].isdigit() for id_ in ids)


def test_entries_are_whole_in_both_languages() -> None:
    """Both sentences of an entry, and both hints, name only values that every sentence of it can be given."""
    for entry in api.catalogue():
        assert all((entry.zh, entry.en, entry.hint_zh, entry.hint_en)), entry.id
        assert entry.zh[-1] in "。？！", entry.id
        assert entry.en[-1] in ".?!", entry.id
