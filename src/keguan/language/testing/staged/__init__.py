"""Scenarios that are acted out: people, cases, duties, the time of day. Read here; acted by whoever has a stage."""

from __future__ import annotations

from keguan.language.testing.staged.reading import is_staged, read_staged
from keguan.language.testing.staged.scenario import Staged

__all__ = ["Staged", "is_staged", "read_staged"]
