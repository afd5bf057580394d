"""The lock files say what to install, never from where."""

from __future__ import annotations

import re

import pytest

from tests.house.source_tree import ROOT


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_no_host_and_hashes_everything(name: str) -> None:
    """Each pinned requirement carries a hash, and no line holds an address, an index or a path of a machine."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r".*(?:://|--index-url|--find-links|--extra-index-url|\s/[a-z]).*", text) == []
    pins = re.findall(r"^[a-z0-9][^\n]*==[^\n]*\\$", text, flags=re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[a-z0-9][^\n]*==", text, flags=re.MULTILINE)) > 20


def test_what_runs_is_what_was_tested() -> None:
    """Every pin of the run-time lock stands in the development lock too."""
    pins = {
        name: set(
            re.findall(
                r"^[a-z0-9][a-z0-9._\[\],-]*==[^\s;\\]+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE
            )
        )
        for name in ("requirements.lock", "requirements-dev.lock")
    }
    assert pins["requirements.lock"] - pins["requirements-dev.lock"] == set()
