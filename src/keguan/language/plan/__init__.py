"""Decisions and facts as SQL: one SELECT for all records, and the statements that store what changed."""

from keguan.language.plan.computation import Computation, computation
from keguan.language.plan.cut_outcomes import cut_outputs
from keguan.language.plan.figures import figure_records, figure_values
from keguan.language.plan.keeping import ending, keeping
from keguan.language.plan.parameters import on_day
from keguan.language.plan.regrouping import Regrouping, regrouping
from keguan.language.plan.simulation import (
    SUM_UNIT,
    DecisionSimulation,
    FactSimulation,
    Simulation,
    Sums,
    simulation,
)
from keguan.language.plan.simulation_quotas import QuotaSimulation, quota_simulation
from keguan.language.plan.sqlite_functions import register
from keguan.language.plan.statement import Column, ColumnKind, Statement
from keguan.language.plan.valuing import values_of
from keguan.language.plan.write_back import WriteBack, write_back

__all__ = [
    "SUM_UNIT",
    "Column",
    "ColumnKind",
    "Computation",
    "DecisionSimulation",
    "FactSimulation",
    "QuotaSimulation",
    "Regrouping",
    "Simulation",
    "Statement",
    "Sums",
    "WriteBack",
    "computation",
    "cut_outputs",
    "ending",
    "figure_records",
    "figure_values",
    "keeping",
    "on_day",
    "quota_simulation",
    "register",
    "regrouping",
    "simulation",
    "values_of",
    "write_back",
]
