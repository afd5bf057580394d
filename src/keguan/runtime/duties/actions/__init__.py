"""What people do about duties."""

from __future__ import annotations

from keguan.runtime.duties.actions.discharge import Discharged, DischargeDuty
from keguan.runtime.duties.actions.hands import ClaimDuty, HandOverDuty, HandOverLeaversDuty, ReleaseDuty
from keguan.runtime.duties.actions.letting_off import CancelDuty, ExemptDuty

__all__ = [
    "CancelDuty",
    "ClaimDuty",
    "DischargeDuty",
    "Discharged",
    "ExemptDuty",
    "HandOverDuty",
    "HandOverLeaversDuty",
    "ReleaseDuty",
]
