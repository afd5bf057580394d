"""Grades and their reasons over HTTP."""

from __future__ import annotations

from datetime import date, datetime

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import Field

from keguan.api.authentication import viewer
from keguan.api.errors import PROBLEMS
from keguan.api.shown import Cell, cell
from keguan.runtime.decisions import queries as decisions
from keguan.runtime.tokens.scopes import Scope

router = Router()


class InputOut(Schema):
    """One input of the rule that decided."""

    label: str
    value: Cell = Field(description="As it was when this was decided.")
    test: str
    met: bool
    now: Cell | None = Field(None, description="As it is today, where that is another value; else null.")


class NearerOut(Schema):
    """The next better row that did not match, and what it would have taken."""

    rule: int
    outcome: str
    missed: list[str]


class Explanation(Schema):
    """Why a record is what it is."""

    decision: str
    clause: str = Field(description="Number and title, e.g. 第四条 五级分类.")
    rule: int | str | None = Field(description="The row of the table; several, separated by commas, where rows add up.")
    outcome: dict[str, Cell]
    sentence: str
    inputs: list[InputOut]
    nearer: NearerOut | None = Field(description="The next better row, where one can be told.")
    policy: str
    version: str
    decided_at: datetime
    decided_on: date


class StepOut(Schema):
    """One change of an outcome."""

    decided_at: datetime
    version: str
    rule: int | str | None
    before: dict[str, Cell]
    after: dict[str, Cell]


def _nearer(found: decisions.NearerRule | None) -> NearerOut | None:
    if found is None:
        return None
    missed = [f"{label} {test}" for label, test in found.missed]
    return NearerOut(rule=found.rule, outcome=found.outcome, missed=missed)


@router.get(
    "/{record_type}/{record_id}/decisions/{decision}",
    response={200: Explanation, **PROBLEMS},
    summary="Why a record has its outcome",
)
def explain(request: HttpRequest, record_type: str, record_id: int, decision: str) -> Explanation:
    """The rule, its clause and its inputs as they were, in the words of the policy of that day."""
    caller = viewer(request, Scope.RECORDS_READ)
    found = decisions.explanation(caller, record_type, record_id, decision)
    if found is None:
        raise Http404
    return Explanation(
        decision=found.decision,
        clause=f"{found.clause.number} {found.clause.title}",
        rule=found.rule,
        outcome={label.text(caller.language): cell(shown) for label, shown in found.outcome},
        sentence=found.sentence,
        inputs=[
            InputOut(
                label=line.label,
                value=cell(line.value),
                test=line.test,
                met=line.met,
                now=None if line.now is None else cell(line.now),
            )
            for line in found.lines
        ],
        nearer=_nearer(found.nearer),
        policy=found.policy.id,
        version=found.policy.version,
        decided_at=found.decided_at,
        decided_on=found.decided_on,
    )


@router.get(
    "/{record_type}/{record_id}/decisions/{decision}/history",
    response={200: list[StepOut], **PROBLEMS},
    summary="How an outcome changed",
)
def history(request: HttpRequest, record_type: str, record_id: int, decision: str) -> list[StepOut]:
    """The newest hundred changes, newest first."""
    caller = viewer(request, Scope.RECORDS_READ)
    return [
        StepOut(
            decided_at=step.decided_at,
            version=step.version,
            rule=step.rule,
            before={each.label.text(caller.language): cell(each.before) for each in step.changes},
            after={each.label.text(caller.language): cell(each.after) for each in step.changes},
        )
        for step in decisions.history(caller, record_type, record_id, decision)
    ]
