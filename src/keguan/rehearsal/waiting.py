"""What waits for whom, as the boxes of the people tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.duties.queries import Box as DutyBox
from keguan.runtime.duties.queries import mine
from keguan.runtime.processes.queries import Box, box

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.rehearsal.scene import Scene
    from keguan.rehearsal.stored import Row


def waiting_tasks(scene: Scene, person: str) -> list[int]:
    """The ids of the steps that wait for somebody, or that they could take."""
    found = [task_id for name in (Box.TODO, Box.CLAIMABLE) for task_id in _tasks(scene, person, name)]
    return list(dict.fromkeys(found))


def waiting_duties(scene: Scene, person: str) -> list[int]:
    """The ids of the duties that somebody owes, or could take."""
    found = [duty_id for name in (DutyBox.ALL, DutyBox.CLAIMABLE) for duty_id in _duties(scene, person, name)]
    return list(dict.fromkeys(found))


def able(scene: Scene, task: Row) -> list[str]:
    """Everybody who may act at a step now."""
    return [person for person in scene.company.present if task["id"] in waiting_tasks(scene, person)]


def _tasks(scene: Scene, person: str, name: Box) -> Iterator[int]:
    viewer, cursor = scene.viewer(person), ""
    while True:
        page = box(viewer, name, cursor)
        yield from (row.task_id for row in page.rows if row.task_id is not None)
        cursor = page.next
        if not cursor:
            return


def _duties(scene: Scene, person: str, name: DutyBox) -> Iterator[int]:
    viewer, cursor = scene.viewer(person), ""
    while True:
        page = mine(viewer, name, cursor)
        yield from (row.id for row in page.rows)
        cursor = page.next
        if not cursor:
            return
