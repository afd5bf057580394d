"""Runs that are begun, confirmed or given up; records that are claimed and given back."""

from __future__ import annotations

from keguan.runtime.allocations.actions.claiming import ClaimRecord, ReturnRecord
from keguan.runtime.allocations.actions.runs import BeginRun, ConfirmRun, SubmitRun, WithdrawRun

__all__ = ["BeginRun", "ClaimRecord", "ConfirmRun", "ReturnRecord", "SubmitRun", "WithdrawRun"]
