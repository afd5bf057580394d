"""Facts and decisions as generated Python, run on plain values. ``plan`` is the same for whole tables in SQL."""

from __future__ import annotations

from keguan.language.run.decisions import compile_decision
from keguan.language.run.keeping import Keeper
from keguan.language.run.parameters import Value, in_force, values_on
from keguan.language.run.room import TooLarge
from keguan.language.run.runner import Outcome, Replay, Runner, outcome

__all__ = [
    "Keeper",
    "Outcome",
    "Replay",
    "Runner",
    "TooLarge",
    "Value",
    "compile_decision",
    "in_force",
    "outcome",
    "values_on",
]
