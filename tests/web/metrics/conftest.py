"""The pages are looked at in the company of the figures' tests."""

from __future__ import annotations

from tests.runtime.metrics.conftest import office

__all__ = ["office"]
