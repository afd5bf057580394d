"""A checked set of packs: every name resolved, every expression typed. Frozen; made only by the linker."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as made
from typing import TYPE_CHECKING

from keguan.language.model.decision import Decision, HitPolicy, InputColumn, LaidOver, OutputColumn, Rule
from keguan.language.model.fact import Fact
from keguan.language.model.kinds import Cadence, FieldKind
from keguan.language.model.label import ClauseRef, Label
from keguan.language.model.parameter import Parameter, ParameterValue
from keguan.language.model.policy import Clause, Control, Part, Policy
from keguan.language.model.record import Field, RecordType, Timely
from keguan.language.model.role import Role, RowScope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.access import AccessRule
    from keguan.language.model.allocation import Allocation
    from keguan.language.model.checklist import Checklist
    from keguan.language.model.classes import InformationClass
    from keguan.language.model.consequence import Consequence
    from keguan.language.model.document import DocumentTemplate
    from keguan.language.model.duty import Duty
    from keguan.language.model.form import Form
    from keguan.language.model.metric import Metric
    from keguan.language.model.process import Process
    from keguan.language.model.quota import Quota
    from keguan.language.model.retention import Retention
    from keguan.language.model.roster import Roster

__all__ = [
    "Blocks",
    "Cadence",
    "Clause",
    "ClauseRef",
    "Control",
    "Decision",
    "Fact",
    "Field",
    "FieldKind",
    "HitPolicy",
    "InputColumn",
    "Label",
    "LaidOver",
    "Model",
    "OutputColumn",
    "Parameter",
    "ParameterValue",
    "Part",
    "Policy",
    "RecordType",
    "Role",
    "RowScope",
    "Rule",
    "Timely",
]


@dataclass(frozen=True, slots=True)
class Blocks:
    """What is declared beside records, facts, decisions, parameters and roles, by code."""

    quotas: Mapping[str, Quota] = made(default_factory=dict)
    processes: Mapping[str, Process] = made(default_factory=dict)
    duties: Mapping[str, Duty] = made(default_factory=dict)
    checklists: Mapping[str, Checklist] = made(default_factory=dict)
    access_rules: Mapping[str, AccessRule] = made(default_factory=dict)
    retentions: Mapping[str, Retention] = made(default_factory=dict)
    metrics: Mapping[str, Metric] = made(default_factory=dict)
    consequences: Mapping[str, Consequence] = made(default_factory=dict)
    allocations: Mapping[str, Allocation] = made(default_factory=dict)
    rosters: Mapping[str, Roster] = made(default_factory=dict)
    forms: Mapping[str, Form] = made(default_factory=dict)
    documents: Mapping[str, DocumentTemplate] = made(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Model:
    """Everything the given packs declare, linked. Keys are codes; order is dependency order where it matters:
    facts and decisions (one sequence, ``computations``) come after what they read.
    """

    policies: Mapping[str, Policy]
    record_types: Mapping[str, RecordType]
    facts: Mapping[str, tuple[Fact, ...]]  # by record type
    decisions: Mapping[str, Decision]
    computations: Mapping[str, tuple[Fact | Decision, ...]]  # by record type, in the order to compute
    computation_order: tuple[str, ...]  # record types, children before the parents whose facts read their facts
    parameters: Mapping[str, Parameter]
    roles: Mapping[str, Role]
    blocks: Blocks = made(default_factory=Blocks)
    information_classes: Mapping[str, InformationClass] = made(default_factory=dict)  # by label; empty: not declared
    protection_levels: tuple[str, ...] = ()  # 级别, from low to high
