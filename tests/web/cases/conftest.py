"""The pages are looked at in the company of the processes' tests."""

from __future__ import annotations

from tests.runtime.processes.conftest import monday, office

__all__ = ["monday", "office"]
