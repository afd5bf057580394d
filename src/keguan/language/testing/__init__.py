"""Runs scenarios: given these records, when this happens, then this must be so. And proposes some from the tables."""

from __future__ import annotations

from keguan.language.testing.proposals import propose
from keguan.language.testing.result import Failure, ScenarioResult
from keguan.language.testing.scenarios import run_scenarios

__all__ = ["Failure", "ScenarioResult", "propose", "run_scenarios"]
