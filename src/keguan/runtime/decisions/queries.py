"""What may be asked about decisions."""

from __future__ import annotations

from keguan.runtime.decisions.accounts import Account, account
from keguan.runtime.decisions.counted import Counted
from keguan.runtime.decisions.cut_lines import CutLine
from keguan.runtime.decisions.daily import due
from keguan.runtime.decisions.explaining import Explained, InputLine, NearerRule, ScoredLine, explanation
from keguan.runtime.decisions.histories import Change, Move, Step, history, movement
from keguan.runtime.decisions.meters import Meter, MeterGroup, MeterLine, meter
from keguan.runtime.decisions.meters import offered as quotas_offered
from keguan.runtime.decisions.moving import moved
from keguan.runtime.decisions.replaying import Replay, replay
from keguan.runtime.decisions.simulated import (
    Named,
    QuotaFlow,
    QuotaNamed,
    QuotaRoom,
    Simulated,
    SimulatedDecision,
    SimulatedFact,
    SimulatedFlow,
    SimulatedQuota,
    Total,
)
from keguan.runtime.decisions.simulated_data import simulation_data
from keguan.runtime.decisions.simulated_rows import simulation_csv
from keguan.runtime.decisions.simulating import Question, simulate

__all__ = [
    "Account",
    "Change",
    "Counted",
    "CutLine",
    "Explained",
    "InputLine",
    "Meter",
    "MeterGroup",
    "MeterLine",
    "Move",
    "Named",
    "NearerRule",
    "Question",
    "QuotaFlow",
    "QuotaNamed",
    "QuotaRoom",
    "Replay",
    "ScoredLine",
    "Simulated",
    "SimulatedDecision",
    "SimulatedFact",
    "SimulatedFlow",
    "SimulatedQuota",
    "Step",
    "Total",
    "account",
    "due",
    "explanation",
    "history",
    "meter",
    "moved",
    "movement",
    "quotas_offered",
    "replay",
    "simulate",
    "simulation_csv",
    "simulation_data",
]
