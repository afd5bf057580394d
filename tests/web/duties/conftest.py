"""The pages are looked at in the company of the duties' tests."""

from __future__ import annotations

from tests.runtime.duties.conftest import monday, office

__all__ = ["monday", "office"]
