"""Steps that different persons must handle, but for which the same person is named."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import processes as entries
from keguan.language.model.actors import PartyKind
from keguan.language.model.process import INITIATOR

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject
    from keguan.language.model.process import Process


def separations(subject: Subject) -> None:
    """Report two steps of one separation that can only be handled by one person."""
    for process in subject.model.blocks.processes.values():
        for group in process.apart:
            for first, second in combinations(group, 2):
                person = _person(first, process)
                if person is not None and person == _person(second, process):
                    labels = {"first": _label(first, process), "second": _label(second, process)}
                    subject.findings.add(entries.APART_IMPOSSIBLE, process.span, **labels)


def _person(code: str, process: Process) -> tuple[str, str] | None:
    """The one person that a step names; None where there is a choice."""
    if code == INITIATOR:
        return INITIATOR, ""
    actors = process.step(code).actors
    if actors is None or len(actors.parties) != 1:
        return None
    party = actors.parties[0]
    if party.kind is PartyKind.HANDLER:
        return _person(party.step or "", process) or (party.kind.value, party.step or "")
    if party.kind is PartyKind.FIELD:
        return party.kind.value, f"{party.form or ''}.{party.field}"
    return None if party.kind is PartyKind.ROLE else (party.kind.value, "")


def _label(code: str, process: Process) -> str:
    return "发起人" if code == INITIATOR else process.step(code).label.zh
