"""Signatures on the steps of cases: who decided what, on which values, when — so that nobody can alter it unnoticed."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from keguan.runtime import keyring
from keguan.runtime.processes.models import Move, ShareState
from keguan.runtime.processes.models import Value as Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.runtime.processes.models import Share, Task
    from keguan.runtime.processes.standing import Standing

DIGEST = "values"
"""In the data of the move by which a share was completed: the digest of the values that were signed."""

_FORM_OF_CONTENT = "keguan-case-signature-1"


@dataclass(frozen=True, slots=True)
class Signature:
    """What is to be said of a signature. ``valid``: the words, the outcome, the person and the moment are as they were
    signed. ``current``: so is what stands in the form; a later step may have changed that rightly.
    """

    valid: bool
    current: bool


def values_digest(standing: Standing, task: Task) -> str:
    """SHA-256 over what stands in the form of a step now, sealed values as they are sealed; "" without a form. One
    query.
    """
    form = standing.step(task).form
    return "" if form is None else _digest(list(Row.objects.filter(case_id=standing.case.pk, form=form)))


def sign(standing: Standing, share: Share, digest: str = "") -> str:
    """The signature of a share that has just been completed: its ``acted_*``, outcome and opinion are set.

    ``digest`` is ``values_digest`` and goes into the data of the move as ``DIGEST``. Raises ``KeyringError``.
    """
    _, key = keyring.key("signature")
    return _mac(key, _content(share, standing.task(share.task_id).step, digest))


def verify_signature(
    share: Share, step: str | None = None, moves: Sequence[Move] | None = None, rows: Sequence[Row] | None = None
) -> Signature | None:
    """Judge the signature of a share; None where there is none to judge. ``step`` is that of its task, ``moves`` and
    ``rows`` are those of its case, where they have been read already; else a query for each.
    """
    if share.state != ShareState.DONE or not share.signature:
        return None
    if moves is None:
        moves = list(Move.objects.filter(case_id=share.case_id, task_id=share.task_id))
    if rows is None:
        rows = list(Row.objects.filter(case_id=share.case_id))
    signed = [move for move in moves if move.task_id == share.task_id and DIGEST in move.data and _same(move, share)]
    digests = [str(move.data[DIGEST]) for move in signed] or [""]
    keys = keyring.secrets_for("signature")
    for digest in digests:
        content = _content(share, step or share.task.step, digest)
        if any(hmac.compare_digest(_mac(key, content), share.signature) for key in keys):
            return Signature(valid=True, current=not digest or digest in _digests(rows))
    return Signature(valid=False, current=False)


def _same(move: Move, share: Share) -> bool:
    return move.by_id == share.acted_by_id and move.at == share.acted_at


def _digests(rows: Sequence[Row]) -> set[str]:
    """The digests of every form of the case, as it stands."""
    by_form: dict[str, list[Row]] = {}
    for row in rows:
        by_form.setdefault(row.form, []).append(row)
    return {_digest(each) for each in by_form.values()}


def _digest(rows: Sequence[Row]) -> str:
    content = sorted(
        [row.form, row.field, row.plain, None if row.sealed is None else bytes(row.sealed).hex()] for row in rows
    )
    return hashlib.sha256(_canonical(content)).hexdigest() if content else ""


def _content(share: Share, step: str, digest: str) -> bytes:
    moment = None if share.acted_at is None else share.acted_at.astimezone(UTC).isoformat(timespec="microseconds")
    return _canonical(
        [
            _FORM_OF_CONTENT,
            share.case_id,
            share.task_id,
            share.pk,
            step,
            share.kind,
            share.outcome,
            digest,
            share.opinion,
            share.acted_by_id,
            share.acted_by_name,
            share.for_id,
            moment,
        ]
    )


def _canonical(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _mac(key: bytes, content: bytes) -> str:
    return hmac.new(key, content, hashlib.sha256).hexdigest()
