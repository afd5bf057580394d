"""The pages are looked at in the company of the consequences' tests."""

from __future__ import annotations

from tests.runtime.consequences.conftest import monday, office

__all__ = ["monday", "office"]
