"""The panel of one move: what is to be chosen and written before it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.processes import queries as cases
from keguan.runtime.processes.moves import MoveKind

if TYPE_CHECKING:
    from keguan.runtime.processes.queries import Button, CaseView, PersonCard
    from keguan.web.shell.page import Page

ONE_PERSON = frozenset({MoveKind.TRANSFER})
PEOPLE = frozenset({MoveKind.CONSULT, MoveKind.ADD_SIGNER, MoveKind.COPY, MoveKind.COMMENT}) | ONE_PERSON
OPINION_MUST = frozenset(
    {
        MoveKind.RETURN,
        MoveKind.TERMINATE,
        MoveKind.WITHDRAW,
        MoveKind.REOPEN,
        MoveKind.MERGE,
        MoveKind.EXTEND,
        MoveKind.CONSULT,
        MoveKind.ANSWER,
        MoveKind.COMMENT,
    }
)
NO_OPINION = frozenset({MoveKind.CLAIM, MoveKind.RELEASE, MoveKind.RESUME, MoveKind.RECALL, MoveKind.REMOVE_SIGNER})
CHOSEN_AS = {
    MoveKind.RETURN: "step",
    MoveKind.REOPEN: "step",
    MoveKind.PAUSE: "reason",
    MoveKind.REMOVE_SIGNER: "share_id",
    MoveKind.MERGE: "into_case_id",
}
"""By which name what was chosen for a move is sent."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One move's panel. ``chosen_as`` names the choice's input; ``people`` are whom it offers."""

    button: Button
    chosen_as: str
    people: list[PersonCard]
    several: bool
    names_people: bool
    opinion: str  # must, may, none
    places: bool
    until: bool
    by_customer: bool
    straight: bool
    search: str


def panel_for(page: Page, found: CaseView, kind: str, task_id: int | None) -> Panel | None:
    """The panel of a move that the viewer may make; None for any other."""
    button = next(
        (each for each in found.buttons if each.kind == kind and each.allowed and task_id in (None, each.task_id)), None
    )
    if button is None:
        return None
    search = page.request.GET.get("who", "") or page.request.POST.get("who", "")
    people = cases.candidates(page.viewer, found.id, kind, button.task_id, search) if kind in PEOPLE else []
    return Panel(
        button=button,
        chosen_as=CHOSEN_AS.get(MoveKind(kind), "") if button.choices else "",
        people=people,
        several=kind not in ONE_PERSON,
        names_people=kind in PEOPLE,
        opinion="must" if kind in OPINION_MUST else "none" if kind in NO_OPINION else "may",
        places=kind == MoveKind.ADD_SIGNER,
        until=kind == MoveKind.EXTEND,
        by_customer=kind == MoveKind.WITHDRAW,
        straight=kind == MoveKind.RETURN,
        search=search,
    )
