"""The pages are looked at in the company of the statistics' tests."""

from __future__ import annotations

from tests.runtime.processes.statistics.conftest import half

__all__ = ["half"]
