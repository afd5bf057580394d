"""What is told of scenarios that did not come true: who, when, what was expected, what came, by which clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rehearsal.acted import told_by, written
from tests.rehearsal.wrong import TOLD, scenarios

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.sqlite_only


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tests' pack with scenarios that cannot come true."""
    return written(tmp_path_factory.mktemp("wrong"), scenarios())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_failures_are_told(pack: Path, language: str) -> None:
    """Each failure names its line, who did what when, what was expected, by which clause, and what came instead."""
    told = (TOLD / f"{language}.txt").read_text(encoding="utf-8")
    assert told_by(pack, language=language) == (1, told)
