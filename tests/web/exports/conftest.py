"""The pages are looked at in the company of the exports' tests."""

from __future__ import annotations

from tests.runtime.exports.conftest import monday, partners

__all__ = ["monday", "partners"]
