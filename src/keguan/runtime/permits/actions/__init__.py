"""Asking for a right, using it outside the system, and taking it back."""

from __future__ import annotations

from keguan.runtime.permits.actions.request import RequestPermit
from keguan.runtime.permits.actions.use import UsePermit
from keguan.runtime.permits.actions.withdraw import WithdrawPermit

__all__ = ["RequestPermit", "UsePermit", "WithdrawPermit"]
