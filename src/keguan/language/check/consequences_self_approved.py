"""Consequences that the role on which they fall approves itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.consequence import MEASURES
from keguan.language.diagnostics.catalogue import consequences as entries
from keguan.language.model.actors import PartyKind
from keguan.language.model.consequence import RecipientKind
from keguan.language.model.lookup import items

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject
    from keguan.language.model.actors import Party
    from keguan.language.model.model import Model

_WORDS = {PartyKind.OWNER: "记录负责人", PartyKind.UNIT_HEAD: "部门负责人"}


def consequences_self_approved(subject: Subject) -> None:
    """Report rows whose approver is the one who is rewarded or punished."""
    for consequence in subject.model.blocks.consequences.values():
        for row in consequence.rows:
            if row.recipient is RecipientKind.PARTY and row.party is not None and row.party == row.approver:
                zh, en = (word for word, measure in MEASURES.items() if measure is row.measure)
                role = _shown(subject.model, row.party, consequence.record_type)
                values = {"row": row.number, "measure": zh, "measure_en": en, "role": role}
                subject.findings.add(entries.SELF_APPROVED, row.span, **values)


def _shown(model: Model, party: Party, record_type: str | None) -> str:
    if party.field is not None and record_type is not None:
        return items(model, record_type)[party.field].label.zh
    return model.roles[party.role].label.zh if party.role is not None else _WORDS[party.kind]
