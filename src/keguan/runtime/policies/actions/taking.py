"""The action behind each step of a draft, for doors that are told the step by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keguan.runtime.policies.actions.draft import Rebase, WithdrawDraft
from keguan.runtime.policies.actions.process import ReviewDraft, SendBackDraft, SignDraft, SubmitDraft
from keguan.runtime.policies.steps import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.runtime.ledger.actions import Action, Actor


@dataclass(frozen=True, kw_only=True)
class Taking:
    """Who takes a step of which draft, on the revision that they saw, with which opinion."""

    actor: Actor
    draft_id: int
    revision: int
    opinion: str = ""

    def action(self, step: Step) -> Action[Any]:
        """The action. Raises ``KeyError`` for starting and saving, which are told more than this."""
        return _ACTIONS[step](self)


def _whole(taking: Taking) -> dict[str, Any]:
    return {
        "actor": taking.actor,
        "draft_id": taking.draft_id,
        "revision": taking.revision,
        "opinion": taking.opinion,
    }


_ACTIONS: dict[Step, Callable[[Taking], Action[Any]]] = {
    Step.REBASE: lambda taking: Rebase(actor=taking.actor, draft_id=taking.draft_id),
    Step.SUBMIT: lambda taking: SubmitDraft(**_whole(taking)),
    Step.APPROVE: lambda taking: ReviewDraft(**_whole(taking), approve=True),
    Step.RETURN: lambda taking: ReviewDraft(**_whole(taking), approve=False),
    Step.SIGN: lambda taking: SignDraft(**_whole(taking)),
    Step.SEND_BACK: lambda taking: SendBackDraft(**_whole(taking)),
    Step.WITHDRAW: lambda taking: WithdrawDraft(actor=taking.actor, draft_id=taking.draft_id),
}
