"""The tutorial on writing a policy, and the pages on how to do things, are followed to the letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import REPOSITORY
from tests.docs.pages import follow, written

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.sqlite_only

TUTORIAL = REPOSITORY / "docs" / "tutorial"
HOWTO = REPOSITORY / "docs" / "howto"
REFERENCE = REPOSITORY / "docs" / "reference"
FOLLOWED = {
    TUTORIAL / "write-a-policy.md": "zh",
    TUTORIAL / "write-a-policy.en.md": "en",
    HOWTO / "bring-a-policy.md": "zh",
    HOWTO / "exceptions.md": "zh",
    HOWTO / "change-a-figure.md": "zh",
    HOWTO / "write-a-pack.md": "zh",
    REFERENCE / "scenarios.md": "zh",
}


@pytest.mark.parametrize("followed", FOLLOWED, ids=lambda followed: followed.name)
def test_every_command_shows_what_the_page_says(followed: Path, tmp_path: Path) -> None:
    """Whoever writes what the page says to write, and types what it says to type, sees what it says is seen."""
    typed = list(follow(followed, tmp_path, FOLLOWED[followed]))
    assert typed
    assert [(each.commands, each.shown, each.expected) for each in typed if not each.as_told] == []


def test_the_tutorial_is_the_same_in_both_languages() -> None:
    """The policy and the scenarios that the English tutorial has people write are those of the Chinese one."""
    assert written(TUTORIAL / "write-a-policy.en.md") == written(TUTORIAL / "write-a-policy.md")
