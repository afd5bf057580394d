"""Decisions and facts as SQL: one SELECT for all records, and the statements that store what changed."""

from keguan.language.plan.computation import Computation, computation
from keguan.language.plan.movement import Movement, movement
from keguan.language.plan.sqlite_functions import register
from keguan.language.plan.statement import Column, ColumnKind, Statement
from keguan.language.plan.write_back import WriteBack, write_back

__all__ = [
    "Column",
    "ColumnKind",
    "Computation",
    "Movement",
    "Statement",
    "WriteBack",
    "computation",
    "movement",
    "register",
    "write_back",
]
