"""The page is looked at in the company of the surveys' own tests."""

from __future__ import annotations

from tests.runtime.surveys.conftest import asking, monday

__all__ = ["asking", "monday"]
