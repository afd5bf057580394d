"""Ways out as written → outcomes with their destinations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from keguan.language.blocks.routing import ENDS, OTHERWISE
from keguan.language.diagnostics.catalogue import processes as entries
from keguan.language.model.flow import edges, join
from keguan.language.model.routing import Destination, End, Outcome

if TYPE_CHECKING:
    from keguan.language.blocks.process import StepLine
    from keguan.language.blocks.routing import RouteWritten
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.link.processes.step_names import StepNames
    from keguan.language.model.process import Step


def link_routes(line: StepLine, following: str | None, steps: StepNames, findings: Findings) -> tuple[Outcome, ...]:
    """The outcomes of a step; ``following`` is the step in the next row, None in the last one."""
    if line.routes == ():
        return (Outcome("", Destination((following,)) if following else Destination(end=End.COMPLETED)),)
    outcomes: dict[str, Outcome] = {}
    for route in line.routes or ():
        destination = _destination(route, steps, findings)
        if destination is None:
            continue
        if not route.labels:
            outcomes[""] = Outcome("", destination)
        for label in route.labels:
            if label.text in outcomes:
                findings.add(entries.OUTCOME_TWICE, label.span, label=label.text)
                continue
            outcomes[label.text] = Outcome(label.text, destination, label.text.lower() in OTHERWISE)
    return tuple(outcomes.values())


def _destination(route: RouteWritten, steps: StepNames, findings: Findings) -> Destination | None:
    if len(route.to) == 1 and steps.known(route.to[0].text) is None:
        end = ENDS.get(route.to[0].text.lower())
        if end is not None:
            return Destination(end=end)
    ends = [word for word in ENDS if not word.isascii()] if len(route.to) == 1 else []
    codes = [steps.find(name, findings, ends) for name in route.to]
    found = tuple(dict.fromkeys(code for code in codes if code is not None))
    return Destination(found) if found and None not in codes else None


def join_branches(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps, every destination of several steps now saying where they meet."""
    forward = edges(steps)
    return tuple(
        replace(
            step,
            outcomes=tuple(
                replace(
                    outcome,
                    destination=replace(outcome.destination, join=join(outcome.destination.steps, forward)),
                )
                if len(outcome.destination.steps) > 1
                else outcome
                for outcome in step.outcomes
            ),
        )
        for step in steps
    )
