"""A policy set on paper: the text between its particulars, signatures and read receipts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from keguan.language.paper.cover import particulars, receipts, signatures
from keguan.language.paper.pieces import Heading, pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.model.model import Policy
    from keguan.language.paper.cover import Receipt, Signature
    from keguan.language.paper.pieces import Piece

RECEIPTS = "阅知确认表"


@dataclass(frozen=True, slots=True)
class Sheets:
    """What is printed: title, day, what runs along the top of every page, the pieces, and the receipt sheet's."""

    title: str
    printed: date
    running: str
    body: tuple[Piece, ...]
    receipts: tuple[Piece, ...] = field(default=())


def sheets(policy: Policy, printed: date, signed: Sequence[Signature] = (), readers: Sequence[Receipt] = ()) -> Sheets:
    """Everything to be printed of one version. ``printed`` is the day on the sheet."""
    body = (particulars(policy, printed), *pieces(policy), Heading("签署", 1), signatures(signed))
    running = f"{policy.title}　{policy.version} 版　{policy.effective.isoformat()} 起施行"
    return Sheets(policy.title, printed, running, body, (Heading(RECEIPTS, 1), *receipts(policy, readers)))
