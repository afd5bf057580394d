"""Every move that people make: it is tested, it has words in both languages, and it costs little."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from keguan.runtime.processes import actions
from keguan.runtime.processes.actions import (
    AnswerConsult,
    Comment,
    Consult,
    HandOn,
    PauseCase,
    Recall,
    ReturnTo,
    WithdrawCase,
)
from keguan.runtime.processes.moves import MoveKind
from tests.runtime.processes.moving import MATTER, REASON, on_case, on_task
from tests.runtime.processes.world import start

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.runtime.processes.world import Office

HERE = Path(__file__).parent

BY_ITSELF = frozenset(
    {
        MoveKind.REMIND,
        MoveKind.ESCALATE,
        MoveKind.HAND_OVER,
        MoveKind.DECIDE,
        MoveKind.LATE,
        MoveKind.SUB_ENDED,
        MoveKind.RECKON,
    }
)
"""What the clock, the calendar and the end of sub-cases do, and nobody."""

MOVES: Mapping[MoveKind, tuple[str, str, str]] = {
    MoveKind.TRANSFER: ("HandOn", "test_hand_on.py", "Hand on"),
    MoveKind.CONSULT: ("Consult", "test_consult.py", "Ask for an opinion"),
    MoveKind.ANSWER: ("AnswerConsult", "test_consult.py", "Give the opinion"),
    MoveKind.ADD_SIGNER: ("AddSigner", "test_signers.py", "Add a signer"),
    MoveKind.REMOVE_SIGNER: ("RemoveSigner", "test_signers.py", "Remove a signer"),
    MoveKind.RETURN: ("ReturnTo", "test_return.py", "Send back"),
    MoveKind.RECALL: ("Recall", "test_recall.py", "Take back"),
    MoveKind.URGE: ("Urge", "test_urge.py", "Urge"),
    MoveKind.COPY: ("CopyTo", "test_urge.py", "Copy"),
    MoveKind.COMMENT: ("Comment", "test_urge.py", "Remark"),
    MoveKind.PAUSE: ("PauseCase", "test_pause.py", "Pause the clock"),
    MoveKind.RESUME: ("ResumeCase", "test_pause.py", "Resume the clock"),
    MoveKind.EXTEND: ("ChangeDeadline", "test_deadline.py", "Change the deadline"),
    MoveKind.WITHDRAW: ("WithdrawCase", "test_withdraw.py", "Withdraw"),
    MoveKind.TERMINATE: ("TerminateCase", "test_terminate.py", "Terminate"),
    MoveKind.REOPEN: ("ReopenCase", "test_reopen.py", "Reopen"),
    MoveKind.MERGE: ("MergeCase", "test_merge.py", "Merge"),
}
"""The office moves: the action that makes each, where it is tested, and what it is called in English."""

MOST_QUERIES = 32
"""Of the dearest of them, reading who looks included; on PostgreSQL one of these is for the order of locks."""

OTHERS = frozenset({MoveKind.START, MoveKind.CLAIM, MoveKind.RELEASE, MoveKind.SAVE, MoveKind.COMPLETE})
"""What people do when a case simply goes its way; tested with the case's own course."""


def test_no_move_is_forgotten() -> None:
    """Every kind is somebody's: an office move of the table, a case's own course, or the clock's."""
    assert {*MOVES, *OTHERS, *BY_ITSELF} == set(MoveKind)


@pytest.mark.parametrize("kind", list(MOVES))
def test_every_move_has_its_action_its_test_and_its_words(kind: MoveKind) -> None:
    """The action writes the ledger's ``cases.<kind>``; its test names it; its label is said in both languages."""
    action, tested, english = MOVES[kind]
    assert getattr(actions, action).name == f"cases.{kind.value}"
    text = (HERE / tested).read_text(encoding="utf-8")
    assert f"{action}," in text
    assert "was_quicker" in text or "overtake_nobody" in text
    with translation.override("en"):
        assert str(kind.label) == english
    with translation.override("zh-hans"):
        assert str(kind.label).isascii() is False


def test_a_move_costs_little(office: Office) -> None:
    """What each of the moves asks of the database does not grow with what else there is: it is counted here.

    Reading the case takes five of them, writing it down four, the ledger three (its counter is read, proved and moved
    with every entry), whether the case decides a permit, a batch or a run one each, and every person told or chosen
    some.
    """
    cast = office.cast
    case, other = (start(cast.lin_xiao, "complaint", office.customer, MATTER) for _ in range(2))
    zhou_min, xu_ke = cast.zhou_min.id, (cast.xu_ke.id,)
    spent = {}
    for kind, act in {
        MoveKind.COMMENT: lambda: on_case(Comment, cast.lin_xiao, case, opinion="客户在等"),
        MoveKind.RECALL: lambda: on_case(Recall, cast.lin_xiao, other),
        MoveKind.TRANSFER: lambda: on_task(HandOn, cast.zhao_qi, case, "judging", staff_id=zhou_min),
        MoveKind.PAUSE: lambda: on_case(PauseCase, cast.zhou_min, case, reason="等待客户补充材料"),
        MoveKind.CONSULT: lambda: on_task(Consult, cast.zhou_min, case, "judging", staff_ids=xu_ke, opinion="请问如何"),
        MoveKind.ANSWER: lambda: on_task(AnswerConsult, cast.xu_ke, case, "judging", opinion="属实"),
        MoveKind.RETURN: lambda: on_task(ReturnTo, cast.zhou_min, case, "judging", step="filing", opinion=REASON),
        MoveKind.WITHDRAW: lambda: on_case(WithdrawCase, cast.lin_xiao, case, opinion=REASON),
    }.items():
        with CaptureQueriesContext(connection) as queries:
            act()
        spent[kind.value] = len(queries)
    assert max(spent.values()) <= MOST_QUERIES, spent
