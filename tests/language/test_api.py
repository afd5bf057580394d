"""The one door to the language opens at once and leads to everything that stands behind it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from keguan.language import api


@pytest.mark.parametrize("name", api.__all__)
def test_every_name_leads_somewhere(name: str) -> None:
    """Each name that the door promises is there, and is the same thing when it is asked for again."""
    assert getattr(api, name) is getattr(api, name)


def test_a_name_that_is_not_there_is_an_error() -> None:
    """A misspelt name, and one that stands behind the door under another name, are not there."""
    for name in ("checks", "kind_by_code"):
        with pytest.raises(AttributeError, match=name):
            getattr(api, name)


def test_nothing_is_loaded_before_it_is_asked_for() -> None:
    """Importing the door loads none of the passes, nor what they are built with."""
    code = "import sys, keguan.language.api; print(sorted(name for name in sys.modules if name.startswith('keguan.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['keguan.language', 'keguan.language.api']\n"
