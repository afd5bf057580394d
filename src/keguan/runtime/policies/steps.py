"""The way of a draft to a policy: its states, the steps between them, and who may take which."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.utils.functional import Promise


class State(StrEnum):
    """Where a draft stands. ``signed``: published, and in force from its day on."""

    DRAFT = "draft"
    RETURNED = "returned"
    REVIEW = "review"
    SIGN = "sign"
    SIGNED = "signed"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What can be done with a draft. ``rebase`` is to go on from a version that was published meanwhile."""

    START = "start"
    SAVE = "save"
    REBASE = "rebase"
    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    SIGN = "sign"
    SEND_BACK = "send_back"
    WITHDRAW = "withdraw"


EDITABLE = frozenset({State.DRAFT, State.RETURNED})
OPEN = frozenset({*EDITABLE, State.REVIEW, State.SIGN})
FROM: dict[Step, frozenset[State]] = {
    Step.SAVE: EDITABLE,
    Step.REBASE: EDITABLE,
    Step.SUBMIT: EDITABLE,
    Step.APPROVE: frozenset({State.REVIEW}),
    Step.RETURN: frozenset({State.REVIEW}),
    Step.SIGN: frozenset({State.SIGN}),
    Step.SEND_BACK: frozenset({State.SIGN}),
    Step.WITHDRAW: OPEN,
}
OPERATION: dict[Step, str] = {
    Step.START: "draft",
    Step.SAVE: "draft",
    Step.REBASE: "draft",
    Step.SUBMIT: "draft",
    Step.APPROVE: "review",
    Step.RETURN: "review",
    Step.SIGN: "publish",
    Step.SEND_BACK: "publish",
    Step.WITHDRAW: "draft",
}
"""What a role must be given for the step (operations of the policy language)."""

OPERATIONS = frozenset(OPERATION.values())
"""Who has any of these reads the drafts."""


class Standing(Protocol):
    """What of a draft decides about its steps."""

    @property
    def state(self) -> str:
        """Where it stands."""

    @property
    def editors(self) -> Sequence[int]:
        """The ids of all who wrote in it, its author included."""

    @property
    def reviewer_id(self) -> int | None:
        """Who reviewed it last."""


def direct() -> bool:
    """Whether this company lets one person publish by themselves (``KEGUAN_PUBLISHING``)."""
    return bool(settings.PUBLISHING == "direct")


def barred(step: Step, draft: Standing, staff_id: int | None) -> Refused | None:
    """Why this person cannot take the step now, whatever their role; None when nothing is in the way.

    Who wrote in a draft does not review it, and neither they nor its reviewer sign it.
    """
    if draft.state not in _from(step):
        return Refused("policies.not_now", _REFUSED_STATE.get(draft.state, _REFUSED_STATE[State.WITHDRAWN]))
    if step is Step.WITHDRAW and staff_id is not None and staff_id not in draft.editors:
        return Refused("policies.not_yours", _("草案只能由写过它的人撤回。"))
    return None if staff_id is None or direct() else _separated(step, draft, staff_id)


def steps(draft: Standing, staff_id: int | None, operations: Collection[str]) -> tuple[Step, ...]:
    """What this person, whose roles give ``operations``, can do with the draft now."""
    return tuple(step for step in FROM if OPERATION[step] in operations and barred(step, draft, staff_id) is None)


def _from(step: Step) -> frozenset[State]:
    return OPEN if step is Step.SIGN and direct() else FROM[step]


def _separated(step: Step, draft: Standing, staff_id: int) -> Refused | None:
    """Three people, never one."""
    if step in _REVIEWING and staff_id in draft.editors:
        return Refused("policies.own_draft", _("您写过这份草案，须由另一个人审核。"))
    if step in _SIGNING and staff_id in draft.editors:
        return Refused("policies.own_draft", _("您写过这份草案，须由另一个人签发。"))
    if step in _SIGNING and staff_id == draft.reviewer_id:
        return Refused("policies.own_review", _("您审核过这份草案，须由第三个人签发。"))
    return None


_REVIEWING = frozenset({Step.APPROVE, Step.RETURN})
_SIGNING = frozenset({Step.SIGN, Step.SEND_BACK})
_REFUSED_STATE: dict[str, str | Promise] = {
    State.DRAFT: _("草案还在起草，这一步还不能办。"),
    State.RETURNED: _("草案已退回起草人，这一步现在不能办。"),
    State.REVIEW: _("草案正在审核，文字已经锁住。要改，请审核人退回。"),
    State.SIGN: _("草案正待签发，文字已经锁住。要改，请签发人退回。"),
    State.SIGNED: _("草案已经签发，不能再动。要改，请起草新的修订。"),
    State.WITHDRAWN: _("草案已经撤回，不能再动。"),
}
