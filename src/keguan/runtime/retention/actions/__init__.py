"""What people may do about records whose terms are over, or that must stay."""

from __future__ import annotations

from keguan.runtime.retention.actions.appraise import StrikeOut, SubmitBatch, WithdrawBatch
from keguan.runtime.retention.actions.erase import Erased, EraseSubject
from keguan.runtime.retention.actions.hold import HoldRecords, LiftHold
from keguan.runtime.retention.actions.take_back import TakeBack
from keguan.runtime.retention.actions.witness import WitnessBatch

__all__ = [
    "EraseSubject",
    "Erased",
    "HoldRecords",
    "LiftHold",
    "StrikeOut",
    "SubmitBatch",
    "TakeBack",
    "WithdrawBatch",
    "WitnessBatch",
]
