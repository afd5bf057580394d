"""What may be done with policies: bring in, draft, review, sign, publish, confirm having read."""

from __future__ import annotations

from keguan.runtime.policies.actions.beginning import BringIn, NewPolicy
from keguan.runtime.policies.actions.draft import Rebase, SaveDraft, StartDraft, WithdrawDraft
from keguan.runtime.policies.actions.process import ReviewDraft, SendBackDraft, SignDraft, SubmitDraft
from keguan.runtime.policies.actions.publish import Publish
from keguan.runtime.policies.actions.reading import ConfirmRead
from keguan.runtime.policies.actions.taking import Taking

__all__ = [
    "BringIn",
    "ConfirmRead",
    "NewPolicy",
    "Publish",
    "Rebase",
    "ReviewDraft",
    "SaveDraft",
    "SendBackDraft",
    "SignDraft",
    "StartDraft",
    "SubmitDraft",
    "Taking",
    "WithdrawDraft",
]
