"""The kinds of blocks, one file each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.access import ACCESS, AccessDeclaration, read_access
from keguan.language.blocks.allocation import ALLOCATION, AllocationDeclaration, read_allocation
from keguan.language.blocks.checklist import CHECKLIST, ChecklistDeclaration, read_checklist
from keguan.language.blocks.classes import CLASSES, ClassesDeclaration, read_classes
from keguan.language.blocks.consequence import CONSEQUENCE, ConsequenceDeclaration, read_consequence
from keguan.language.blocks.decision import DECISION, DecisionDeclaration, ExceptionDeclaration, read_decision
from keguan.language.blocks.document import DOCUMENT, DocumentDeclaration, read_document
from keguan.language.blocks.duty import DUTY, DutyDeclaration, read_duty
from keguan.language.blocks.fact import FACT, FactDeclaration, read_fact
from keguan.language.blocks.form import FORM, FormDeclaration, read_form
from keguan.language.blocks.metric import METRIC, MetricDeclaration, read_metric
from keguan.language.blocks.parameter import PARAMETER, ParameterDeclaration, read_parameter
from keguan.language.blocks.process import PROCESS, ProcessDeclaration, read_process
from keguan.language.blocks.quota import QUOTA, QuotaDeclaration, read_quota
from keguan.language.blocks.record import RECORD, RecordDeclaration, read_record
from keguan.language.blocks.retention import RETENTION, RetentionDeclaration, read_retention
from keguan.language.blocks.role import ROLE, RoleDeclaration, read_role
from keguan.language.blocks.roster import ROSTER, RosterDeclaration, read_roster
from keguan.language.blocks.scenario import SCENARIO
from keguan.language.blocks.scorecard import SCORECARD, ScorecardDeclaration, read_scorecard
from keguan.language.diagnostics.catalogue import document as entries
from keguan.language.diagnostics.findings import suggest

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.language.blocks.block import Kind
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block

Declaration = (
    RecordDeclaration
    | ParameterDeclaration
    | RoleDeclaration
    | FactDeclaration
    | DecisionDeclaration
    | ExceptionDeclaration
    | ScorecardDeclaration
    | QuotaDeclaration
    | ProcessDeclaration
    | DutyDeclaration
    | ChecklistDeclaration
    | AccessDeclaration
    | ClassesDeclaration
    | RetentionDeclaration
    | MetricDeclaration
    | ConsequenceDeclaration
    | AllocationDeclaration
    | RosterDeclaration
    | FormDeclaration
    | DocumentDeclaration
)

KINDS: tuple[Kind, ...] = (
    RECORD, FACT, PARAMETER, ROLE, DECISION, SCORECARD, QUOTA, PROCESS, DUTY, CHECKLIST, CLASSES, ACCESS, RETENTION,
    METRIC, CONSEQUENCE, ALLOCATION, ROSTER, FORM, DOCUMENT, SCENARIO,
)  # fmt: skip

_READERS: dict[str, Callable[[Block, Findings], Declaration | None]] = {
    "record": read_record,
    "fact": read_fact,
    "parameter": read_parameter,
    "role": read_role,
    "decision": read_decision,
    "scorecard": read_scorecard,
    "quota": read_quota,
    "process": read_process,
    "duty": read_duty,
    "checklist": read_checklist,
    "classes": read_classes,
    "access": read_access,
    "retention": read_retention,
    "metric": read_metric,
    "consequence": read_consequence,
    "allocation": read_allocation,
    "roster": read_roster,
    "form": read_form,
    "document": read_document,
}


def kind_of(block: Block) -> Kind | None:
    """The kind whose keyword the block's first line names."""
    word = block.kind.text.lower()
    return next((kind for kind in KINDS if word in (kind.zh, kind.en)), None)


def kind_by_code(code: str) -> Kind:
    """The kind with this code. Raises ``KeyError``."""
    for kind in KINDS:
        if kind.code == code:
            return kind
    raise KeyError(code)


def read_declaration(block: Block, findings: Findings) -> Declaration | None:
    """Read a block of a policy; None after diagnostics when it declares nothing."""
    kind = kind_of(block)
    if kind is None:
        known = [word for each in KINDS for word in (each.zh, each.en)]
        suggestion = suggest(block.kind.text, known, [each.zh for each in KINDS])
        findings.add(entries.BLOCK_UNKNOWN, block.kind.span, kind=block.kind.text, **suggestion)
        return None
    if kind is SCENARIO:
        findings.add(entries.SCENARIO_PLACE, block.kind.span)
        return None
    if not block.label.text or not block.code.text:
        findings.add(entries.BLOCK_HEADLINE, block.kind.span)
        return None
    return _READERS[kind.code](block, findings)
