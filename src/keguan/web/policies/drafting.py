"""A draft as its page shows it: where it stands, what this person can do, and the door to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.translation import gettext

from keguan.runtime.access.rights import may
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.policies.queries import Step
from keguan.web.policies import words

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from keguan.runtime.access.viewer import Viewer
    from keguan.web.shell.page import Page


@dataclass(frozen=True, slots=True)
class Standing:
    """A draft in a list or on its page. ``mine`` is the step that this person is waited for, empty when none is."""

    card: policies.DraftCard
    label: Promise
    colour: str
    mine: Promise | str


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the way: behind, here, or ahead."""

    label: Promise
    here: bool
    passed: bool


@dataclass(frozen=True, slots=True)
class Button:
    """A step that this person can take now. ``worded``: it needs an opinion."""

    step: Step
    label: Promise
    css: str
    worded: bool


_CSS = {Step.SUBMIT: "main", Step.APPROVE: "main", Step.SIGN: "main", Step.WITHDRAW: "danger"}
_AWAITED = {policies.State.REVIEW: Step.APPROVE, policies.State.SIGN: Step.SIGN}
"""The step that somebody is waited for in a state."""


def operations(viewer: Viewer) -> frozenset[str]:
    """Which of the operations that make policies this viewer's roles give."""
    return frozenset(each for each in policies.OPERATIONS if may(viewer, each))


def draft_of(page: Page, pack: str, number: int) -> policies.DraftText:
    """The draft, for those who draft, review or sign. Raises ``Refused`` and ``Http404``."""
    if not operations(page.viewer):
        raise Refused("policies.not_allowed", gettext("您的岗位不起草、审核或签发制度，看不到草案。"))
    try:
        found = policies.draft(number)
    except KeyError as error:
        raise Http404 from error
    if found.card.pack != pack:
        raise Http404
    return found


def steps(card: policies.DraftCard, viewer: Viewer) -> tuple[Step, ...]:
    """What this viewer can do with the draft now."""
    return policies.steps(card, viewer.staff_id, operations(viewer))


def standing(card: policies.DraftCard, viewer: Viewer) -> Standing:
    """The draft with its words."""
    able = steps(card, viewer)
    awaited = _AWAITED.get(card.state)
    mine: Promise | str = words.AWAITED[card.state] if awaited in able else ""
    if card.state is policies.State.RETURNED and viewer.staff_id in card.editors:
        mine = words.AWAITED[card.state]
    return Standing(card, words.state_label(card), words.state_colour(card), mine)


def stages(card: policies.DraftCard) -> tuple[Stage, ...]:
    """The way of the draft with the place where it stands; a draft that was withdrawn stands nowhere."""
    at = next((number for number, (_label, states) in enumerate(words.STAGES) if card.state in states), -1)
    return tuple(
        Stage(label, number == at, number < at or card.state is policies.State.SIGNED)
        for number, (label, _states) in enumerate(words.STAGES)
    )


def buttons(card: policies.DraftCard, viewer: Viewer) -> tuple[Button, ...]:
    """The steps that this viewer can take now, as buttons; saving is the editor's and has none here."""
    able = steps(card, viewer)
    return tuple(
        Button(step, label, _CSS.get(step, ""), step in {Step.RETURN, Step.SEND_BACK})
        for step, label in words.BUTTONS.items()
        if step in able and (step is not Step.REBASE or card.overtaken)
    )
