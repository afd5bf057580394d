"""The rows of duty blocks as the runtime knows them: by what they say, whatever their number."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2s
from typing import TYPE_CHECKING

from keguan.runtime.access.per_model import per_model

if TYPE_CHECKING:
    from keguan.language.model.checklist import Checklist
    from keguan.language.model.duty import Duty, Obligation
    from keguan.language.model.model import Model


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One row of a duty block. ``key`` is the same in another edition whose row says the same; ``checklist`` is its
    evidence where that is one.
    """

    duty: Duty
    obligation: Obligation
    key: str
    checklist: Checklist | None

    @property
    def clause(self) -> str:
        """``pack#anchor``."""
        return f"{self.duty.clause.pack}#{self.duty.clause.anchor}"

    @property
    def drawn_only(self) -> bool:
        """Whether only the records that a spot check draws owe it: every item of its checklist is checked by sample."""
        listed = self.checklist
        return listed is not None and listed.sample is not None and listed.only_sampled

    @property
    def draws(self) -> bool:
        """Whether a spot check is made for it."""
        listed = self.checklist
        return listed is not None and listed.sample is not None and self.obligation.frequency is not None


@per_model
def lines_about(model: Model, record_type: str) -> tuple[Line, ...]:
    """The rows about records of a type, in the order of the policy."""
    blocks = model.blocks
    return tuple(
        Line(duty, obligation, _key(obligation), blocks.checklists.get(_checklist(obligation)))
        for duty in blocks.duties.values()
        if duty.record_type == record_type
        for obligation in duty.obligations
    )


def lines(model: Model) -> tuple[Line, ...]:
    """Every row of every duty block."""
    about = dict.fromkeys(duty.record_type for duty in model.blocks.duties.values())
    return tuple(line for record_type in about for line in lines_about(model, record_type))


@per_model
def lines_proved_by(model: Model, record_type: str) -> tuple[Line, ...]:
    """The rows whose evidence are records of this type, counted by the system."""
    return tuple(line for line in lines(model) if _counted(line.obligation) == record_type)


@per_model
def lines_begun_by(model: Model, record_type: str) -> tuple[Line, ...]:
    """The rows that a new child record of this type makes owed."""
    triggers = ((line, line.obligation.trigger) for line in lines(model))
    return tuple(line for line, trigger in triggers if trigger is not None and trigger.child == record_type)


def by_verification(line: Line) -> bool:
    """Whether the row is proved by verifying the record itself (核实)."""
    return line.obligation.evidence is not None and line.obligation.evidence.verified


def line_of(model: Model, duty: str, row: int) -> Line:
    """The row with this number in this model's block. Raises ``KeyError``."""
    declared = model.blocks.duties[duty]
    for line in lines_about(model, declared.record_type):
        if line.duty.code == duty and line.obligation.number == row:
            return line
    raise KeyError(row)


def _checklist(obligation: Obligation) -> str:
    return (obligation.evidence.checklist or "") if obligation.evidence else ""


def _counted(obligation: Obligation) -> str | None:
    evidence = obligation.evidence
    return evidence.record_type if evidence is not None and evidence.checked else None


def _key(obligation: Obligation) -> str:
    """What the row says, in short: who owes what how often or after what."""
    told = (
        obligation.task,
        obligation.applies_text,
        obligation.frequency.text if obligation.frequency else "",
        repr(obligation.trigger),
        obligation.deadline.text if obligation.deadline else "",
        repr(obligation.responsible),
        repr(obligation.evidence),
    )
    return blake2s("\n".join(told).encode(), digest_size=6).hexdigest()
