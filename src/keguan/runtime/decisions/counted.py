"""The rows that counted, by their numbers in the table in which they are written.

A rule column holds other numbers: those of a labelled exception stand thousands above its rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.language.model.model import ClauseRef, Decision, LaidOver, Model


@dataclass(frozen=True, slots=True)
class Counted:
    """The rows that counted: one, any number where the table collects, none where no row held. The base of a score is
    no row.

    ``clause`` is where they stand, ``block`` the code of their table; ``exception_to`` is the clause that they are an
    exception to.
    """

    rows: tuple[int, ...]
    clause: ClauseRef
    block: str
    exception_to: ClauseRef | None = None


def counted(model: Model, decision: Decision, rule: int | str | None) -> Counted:
    """What a decision's rule column says: a number, numbers with commas, or nothing."""
    numbers = {int(number) for number in str(rule).split(",") if number.strip()} if rule is not None else set()
    rules = [each for each in decision.rules if each.number in numbers and each.number]
    rows = tuple(each.row or each.number for each in rules)
    exception = next((each for each in rules if each.clause is not None), None)
    if exception is None or exception.clause is None:
        return Counted(rows, decision.clause, decision.code)
    laid = {each.place: each for each in decision.exceptions}
    own = laid[exception.number // 1000]
    base = laid[own.over].clause if own.over else decision.clause
    return Counted(rows, exception.clause, _code(model, own, decision.code), base)


def _code(model: Model, laid: LaidOver, otherwise: str) -> str:
    """The code of the block that an exception is written in."""
    policy = model.policies.get(laid.clause.pack)
    clauses = () if policy is None else policy.clauses
    controls = (part.control for clause in clauses for part in clause.parts if part.control is not None)
    return next((control.code for control in controls if control.span == laid.span), otherwise)
