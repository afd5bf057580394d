"""The models of the good golden files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.language.golden import read_golden
from tests.language.sources import model_of

if TYPE_CHECKING:
    from keguan.language.model.model import Model

HERE = Path(__file__).parent.parent


def good(name: str) -> Model:
    """The model of ``tests/language/<folder>/good/<file>.md``, named ``folder/file``."""
    folder, _, file = name.partition("/")
    return model_of(*read_golden(HERE / folder / "good" / f"{file}.md").packs)
