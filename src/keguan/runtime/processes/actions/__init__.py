"""What people may do to cases."""

from __future__ import annotations

from keguan.runtime.processes.acting import Moved
from keguan.runtime.processes.actions.claim import ClaimShare, ReleaseShare
from keguan.runtime.processes.actions.comment import Comment
from keguan.runtime.processes.actions.complete import CompleteStep
from keguan.runtime.processes.actions.consult import AnswerConsult, Consult, RecallConsult
from keguan.runtime.processes.actions.copy import CopyTo
from keguan.runtime.processes.actions.deadline import ChangeDeadline
from keguan.runtime.processes.actions.hand_on import HandOn, HandOnLeavers
from keguan.runtime.processes.actions.merge import MergeCase
from keguan.runtime.processes.actions.pause import PauseCase, ResumeCase
from keguan.runtime.processes.actions.read import ReadCase
from keguan.runtime.processes.actions.recall import Recall
from keguan.runtime.processes.actions.reopen import ReopenCase
from keguan.runtime.processes.actions.return_to import ReturnTo
from keguan.runtime.processes.actions.reveal import RevealDocument, RevealValue
from keguan.runtime.processes.actions.save import SaveForm
from keguan.runtime.processes.actions.signers import AddSigner, RemoveSigner
from keguan.runtime.processes.actions.start import StartCase
from keguan.runtime.processes.actions.terminate import TerminateCase
from keguan.runtime.processes.actions.urge import Urge
from keguan.runtime.processes.actions.withdraw import WithdrawCase, WithdrawOwn

__all__ = [
    "AddSigner",
    "AnswerConsult",
    "ChangeDeadline",
    "ClaimShare",
    "Comment",
    "CompleteStep",
    "Consult",
    "CopyTo",
    "HandOn",
    "HandOnLeavers",
    "MergeCase",
    "Moved",
    "PauseCase",
    "ReadCase",
    "Recall",
    "RecallConsult",
    "ReleaseShare",
    "RemoveSigner",
    "ReopenCase",
    "ResumeCase",
    "ReturnTo",
    "RevealDocument",
    "RevealValue",
    "SaveForm",
    "StartCase",
    "TerminateCase",
    "Urge",
    "WithdrawCase",
    "WithdrawOwn",
]
