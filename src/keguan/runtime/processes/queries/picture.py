"""The flow picture of a case: its steps and ends as nodes, the ways between them as edges, each with its state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.processes.models import TaskState
from keguan.runtime.processes.words import case_state

if TYPE_CHECKING:
    from keguan.language.model.process import Step
    from keguan.runtime.processes.models import Task
    from keguan.runtime.processes.standing import Standing

TO_COME = "to_come"
"""The state of a node that the case has not come to."""


@dataclass(frozen=True, slots=True)
class Node:
    """A step, or an end (``end``). ``state`` is that of its latest task, or ``to_come``; ``turns`` how often the case
    came to it.
    """

    code: str
    label: str
    state: str
    turns: int
    late: bool
    end: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from a step. ``taken``: the case went it. ``label`` is empty where a step has one way out."""

    source: str
    target: str
    label: str
    taken: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """Nodes in the order of the policy, ends last."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def picture(standing: Standing, language: str) -> Picture:
    """The picture of a case as it stands. No query."""
    latest: dict[str, Task] = {task.step: task for task in standing.tasks}
    nodes = [_node(standing, step, latest.get(step.code), language) for step in standing.process.steps]
    taken = {(task.step, task.outcome) for task in standing.tasks if task.state in (TaskState.DONE, TaskState.PASSED)}
    edges, ends = [], dict[str, Node]()
    for step in standing.process.steps:
        for outcome in step.outcomes:
            to = outcome.destination
            label = outcome.label if len(step.outcomes) > 1 else ""
            went = (step.code, outcome.label) in taken
            if to.end is not None:
                over = went and standing.case.state == to.end.value
                state = TaskState.DONE.value if over else TO_COME
                if to.end.value not in ends or over:
                    ends[to.end.value] = Node(
                        to.end.value, case_state(to.end.value), state, int(over), late=False, end=True
                    )
            targets = to.steps or (to.end.value if to.end is not None else "",)
            edges += [Edge(step.code, target, label, went) for target in targets if target]
    return Picture((*nodes, *ends.values()), tuple(edges))


def _node(standing: Standing, step: Step, task: Task | None, language: str) -> Node:
    label = step.label.text(language)
    if task is None:
        return Node(step.code, label, TO_COME, 0, late=False)
    open_late = task.state == TaskState.OPEN and task.due_at is not None and task.due_at <= standing.now
    return Node(step.code, label, task.state, task.turn, late=task.late or open_late)
