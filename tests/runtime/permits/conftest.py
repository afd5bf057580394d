"""The trading company of the exports."""

from __future__ import annotations

from tests.runtime.exports.conftest import monday, partners

__all__ = ["monday", "partners"]
