"""Steps in which people approve what they did themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.routing import APPROVING
from keguan.language.diagnostics.catalogue import processes as entries
from keguan.language.model.actors import PartyKind
from keguan.language.model.flow import edges
from keguan.language.model.process import INITIATOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from keguan.language.check.subject import Subject
    from keguan.language.model.actors import Actors
    from keguan.language.model.process import Process, Step


def self_approval(subject: Subject) -> None:
    """Report an approver that is the initiator, or the handler of the very step before; and a role that alone approves
    what the same role did in some step before, where no separation says that they must be different persons.
    """
    for process in subject.model.blocks.processes.values():
        for step in process.steps:
            if step.actors is not None and _approves(step):
                who = _same_person(step, process)
                if who is not None:
                    subject.findings.add(
                        entries.SELF_APPROVAL, step.span, step=step.label.zh, who=who[0], who_en=who[1]
                    )
                else:
                    _same_role(step, step.actors, process, subject)


def _approves(step: Step) -> bool:
    return any(outcome.label.lower() in APPROVING for outcome in step.outcomes)


def _same_person(step: Step, process: Process) -> tuple[str, str] | None:
    """Who alone approves there what they did before: the initiator, or the handler of the step before."""
    parties = step.actors.parties if step.actors else ()
    before = {other.code for other in _before(step, process)}
    if parties and all(party.kind is PartyKind.INITIATOR for party in parties):
        return "发起人", "initiator"
    if parties and all(party.kind is PartyKind.HANDLER and party.step in before for party in parties):
        label = process.step(parties[0].step or "").label
        return f"“{label.zh}”的办理人", f"handler of “{label.zh}”"
    return None


def _same_role(step: Step, actors: Actors, process: Process, subject: Subject) -> None:
    if len(actors.roles) != 1 or len(actors.parties) != 1:
        return
    for code, shown, roles in _prepared(step, process):
        apart = any(step.code in group and code in group for group in process.apart)
        if roles == actors.roles and not apart:
            role = subject.model.roles[next(iter(roles))].label.zh
            english = "initiator" if code == INITIATOR else shown
            values = {"step": step.label.zh, "other": shown, "other_en": english, "role": role}
            subject.findings.add(entries.ROLE_APPROVES_OWN, step.span, **values)
            return


def _prepared(step: Step, process: Process) -> Iterator[tuple[str, str, frozenset[str]]]:
    """(code, label, roles) of who brings a case to a step: the steps that a case can have passed when it comes there
    for the first time and that approve nothing themselves, and the initiator where it is the first step.
    """
    for other in _passed(step, process):
        if other.actors is not None and not _approves(other) and len(other.actors.parties) == 1:
            yield other.code, other.label.zh, other.actors.roles
    if step is process.steps[0]:
        roles = frozenset(party.role for party in process.start.parties if party.role is not None)
        yield INITIATOR, "发起人", roles


def _before(step: Step, process: Process) -> list[Step]:
    """The steps that lead to a step, itself left out."""
    forward = edges(process.steps)
    return [other for other in process.steps if other is not step and step.code in forward[other.code]]


def _passed(step: Step, process: Process) -> list[Step]:
    """The steps that can lie between the start and a step, without having been at the step itself."""
    forward = edges(process.steps)
    from_start = _reach({process.steps[0].code}, forward, step.code)
    backward = {code: {other for other, to in forward.items() if code in to} for code in forward}
    to_step = _reach(backward[step.code], backward, step.code)
    return [other for other in process.steps if other.code in from_start and other.code in to_step]


def _reach(start: Iterable[str], along: Mapping[str, Iterable[str]], without: str) -> set[str]:
    """Everything that can be come to from ``start``, never passing ``without``."""
    found: set[str] = set()
    waiting = [code for code in start if code != without]
    while waiting:
        code = waiting.pop()
        if code not in found:
            found.add(code)
            waiting.extend(each for each in along.get(code, ()) if each != without)
    return found
