"""Forms that a step puts before a role that may not see what is on them: one that is named, or one that may start the
case where the initiator handles the step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import processes as entries
from keguan.language.model.actors import PartyKind
from keguan.language.model.process import Right

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject
    from keguan.language.model.actors import Actors
    from keguan.language.model.process import Process


def unseen_fields(subject: Subject) -> None:
    """Report, for every step, the roles that handle it and may not see a field of its form."""
    blocks, roles = subject.model.blocks, subject.model.roles
    for process in blocks.processes.values():
        for step in process.steps:
            if step.form is None or step.actors is None:
                continue
            for field in blocks.forms[step.form].fields:
                if step.rights.get(field.code) is Right.HIDDEN:
                    continue
                for code in sorted(_handling(step.actors, process)):
                    role, class_ = roles[code], field.information_class
                    if not role.classes & {class_, "*"}:
                        values = {"role": role.label.zh, "field": field.label.zh, "class_": class_}
                        subject.findings.add(entries.FIELD_UNSEEN, step.span, step=step.label.zh, **values)


def _handling(actors: Actors, process: Process) -> frozenset[str]:
    """The roles that handle a step, those that may start the case standing for its initiator."""
    roles = actors.roles
    if any(party.kind is PartyKind.INITIATOR for party in actors.parties):
        roles |= frozenset(party.role for party in process.start.parties if party.role is not None)
    return roles
