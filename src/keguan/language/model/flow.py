"""The ways through a process: what can follow what."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keguan.language.model.process import Process, Step
    from keguan.language.model.routing import Destination

    Edges = Mapping[str, Sequence[str]]


def destinations(step: Step) -> tuple[Destination, ...]:
    """Where a step may lead; a step that is passed over leads where its first outcome does."""
    return tuple(outcome.destination for outcome in step.outcomes)


def edges(steps: Sequence[Step]) -> dict[str, tuple[str, ...]]:
    """The codes of the steps to which each step leads, each once, in the order written."""
    return {step.code: tuple(dict.fromkeys(code for to in destinations(step) for code in to.steps)) for step in steps}


def distances(start: str, forward: Edges) -> dict[str, int]:
    """How many moves it takes at least from ``start`` to each step that can be reached from it."""
    found = {start: 0}
    waiting = [start]
    for code in waiting:
        for following in forward.get(code, ()):
            if following not in found:
                found[following] = found[code] + 1
                waiting.append(following)
    return found


def ending(process: Process) -> frozenset[str]:
    """The codes of the steps from which an end can be reached."""
    forward = edges(process.steps)
    good = {step.code for step in process.steps if any(to.end for to in destinations(step))}
    while more := {code for code, following in forward.items() if code not in good and good & set(following)}:
        good |= more
    return frozenset(good)


def join(branches: Sequence[str], forward: Edges) -> str | None:
    """The nearest step to which every one of several branches can come; the earlier written one where two are near."""
    reached = [distances(branch, forward) for branch in branches]
    common = [code for code in forward if code not in branches and all(code in each for each in reached)]
    return min(common, key=lambda code: max(each[code] for each in reached), default=None)
