"""What people do about consequences."""

from __future__ import annotations

from keguan.runtime.consequences.actions.decide import ApproveConsequence, RejectConsequence
from keguan.runtime.consequences.actions.object import ObjectToConsequence

__all__ = ["ApproveConsequence", "ObjectToConsequence", "RejectConsequence"]
