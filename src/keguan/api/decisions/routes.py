"""Grades and their reasons over HTTP."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import Field

from keguan.api.authentication import viewer
from keguan.api.errors import OF_RECORD
from keguan.api.shown import Cell, cell
from keguan.runtime.decisions import queries as decisions
from keguan.runtime.tokens.scopes import Scope

if TYPE_CHECKING:
    from keguan.language.model.model import ClauseRef

router = Router()

RULE = "The row of the table in which it stands; several, separated by commas, where rows add up; null for none."


class InputOut(Schema):
    """One input of the rule that decided."""

    label: str
    value: Cell = Field(description="As it was when this was decided.")
    test: str
    met: bool
    now: Cell | None = Field(None, description="As it is today, where that is another value; else null.")


class NearerOut(Schema):
    """The next better row that did not match, and what it would have taken."""

    clause: str = Field(description="Where the row stands.")
    rule: int = Field(description="Its number in its own table.")
    outcome: str
    missed: list[str]


class ScoredOut(Schema):
    """One line of a score."""

    rule: int = Field(description="The row of the scorecard; 0 is the base.")
    points: str = Field(description="With their sign; empty where they would tell what the caller may not see.")
    grounds: list[InputOut]


class QuotaOut(Schema):
    """One bound of a quota that the record came to."""

    quota: str
    clause: str = Field(description="Where the quota stands.")
    before: str = Field(description="The outcome with which the record came.")
    after: str = Field(description="The outcome with which it went on; the same where it was kept or waits.")
    sentence: str
    needed: str = Field(description="What would keep it as things are now; empty where that may not be told.")


class Explanation(Schema):
    """Why a record is what it is."""

    decision: str
    clause: str = Field(description="Number and title of where the row stands, e.g. 第四条 五级分类.")
    exception_to: str | None = Field(None, description="The clause that the row is an exception to, if it is one.")
    rule: int | str | None = Field(description=RULE)
    outcome: dict[str, Cell]
    sentence: str
    inputs: list[InputOut]
    scored: list[ScoredOut] = Field(description="The lines of a scorecard; of anything else none.")
    nearer: NearerOut | None = Field(description="The next better row, where one can be told.")
    quotas: list[QuotaOut] = Field(description="What quotas then made of the outcome, bound by bound.")
    policy: str
    version: str
    decided_at: datetime
    decided_on: date


class StepOut(Schema):
    """One change of an outcome."""

    decided_at: datetime
    version: str
    clause: str = Field(description="Where the row stands.")
    exception_to: str | None = Field(None, description="The clause that the row is an exception to, if it is one.")
    rule: int | str | None = Field(description=RULE)
    before: dict[str, Cell]
    after: dict[str, Cell]


def _nearer(found: decisions.NearerRule | None) -> NearerOut | None:
    if found is None:
        return None
    missed = [f"{label} {test}" for label, test in found.missed]
    return NearerOut(clause=_named(found.clause), rule=found.row, outcome=found.outcome, missed=missed)


def _named(clause: ClauseRef) -> str:
    return f"{clause.number} {clause.title}".strip()


def _base(counted: decisions.Counted) -> str | None:
    return None if counted.exception_to is None else _named(counted.exception_to)


def _rule(counted: decisions.Counted) -> int | str | None:
    """One row as a number, several with commas between, none as null."""
    rows = counted.rows
    return rows[0] if len(rows) == 1 else ",".join(map(str, rows)) or None


def _input(line: decisions.InputLine) -> InputOut:
    return InputOut(
        label=line.label,
        value=cell(line.value),
        test=line.test,
        met=line.met,
        now=None if line.now is None else cell(line.now),
    )


@router.get(
    "/{record_type}/{record_id}/decisions/{decision}",
    response={200: Explanation, **OF_RECORD},
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
        clause=_named(found.clause),
        exception_to=_base(found.counted),
        rule=_rule(found.counted),
        outcome={label.text(caller.language): cell(shown) for label, shown in found.outcome},
        sentence=found.sentence,
        inputs=[_input(line) for line in found.lines],
        scored=[
            ScoredOut(rule=each.row, points=each.points, grounds=[_input(line) for line in each.grounds])
            for each in found.scored
        ],
        nearer=_nearer(found.nearer),
        quotas=[
            QuotaOut(
                quota=cut.quota,
                clause=_named(cut.clause),
                before=cut.before,
                after=cut.after,
                sentence=cut.sentence,
                needed=cut.needed,
            )
            for cut in found.cuts
        ],
        policy=found.policy.id,
        version=found.policy.version,
        decided_at=found.decided_at,
        decided_on=found.decided_on,
    )


@router.get(
    "/{record_type}/{record_id}/decisions/{decision}/history",
    response={200: list[StepOut], **OF_RECORD},
    summary="How an outcome changed",
)
def history(request: HttpRequest, record_type: str, record_id: int, decision: str) -> list[StepOut]:
    """The newest hundred changes, newest first."""
    caller = viewer(request, Scope.RECORDS_READ)
    return [
        StepOut(
            decided_at=step.decided_at,
            version=step.version,
            clause=_named(step.counted.clause),
            exception_to=_base(step.counted),
            rule=_rule(step.counted),
            before={each.label.text(caller.language): cell(each.before) for each in step.changes},
            after={each.label.text(caller.language): cell(each.after) for each in step.changes},
        )
        for step in decisions.history(caller, record_type, record_id, decision)
    ]
