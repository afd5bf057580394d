"""Files are small, and each is named for what it holds."""

from __future__ import annotations

import re
import statistics

from tests.house.source_tree import relative, tracked

NAMED_FOR_NOTHING = re.compile(r"(^|/)(utils?|helpers?|services?|managers?|misc|common)(\.py|/)")


def test_no_file_is_named_for_nothing() -> None:
    """No file or folder is called utils, helpers, services, manager, misc or common."""
    assert [relative(path) for path in tracked("*.py") if NAMED_FOR_NOTHING.search(relative(path))] == []


def test_files_stay_small() -> None:
    """No Python file is longer than 600 lines, and the median of the source is at most 100."""
    lengths = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in tracked("*.py")}
    assert {name: length for name, length in lengths.items() if length > 600} == {}
    source = [length for name, length in lengths.items() if name.startswith("src/") and length > 0]
    assert statistics.median(source) <= 100


def test_packs_are_data() -> None:
    """A pack holds no Python."""
    assert tracked("packs/*.py") == ()
