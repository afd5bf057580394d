"""超时 and 字段权限 as authors write them: 催办; 逾期1工作日 升级到 总经理; 自动驳回 — 只读: 姓名, 金额; 隐藏: 成本."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.actors import PartyWritten, read_party
from keguan.language.blocks.block import split_list
from keguan.language.blocks.routing import parts
from keguan.language.blocks.timing import read_length
from keguan.language.diagnostics.catalogue import processes as entries
from keguan.language.markdown.document import Written
from keguan.language.model.process import OverdueMove, Right

if TYPE_CHECKING:
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.model.timing import Length
    from keguan.language.source import Span

MOVES = {
    "催办": OverdueMove.REMIND,
    "升级到": OverdueMove.ESCALATE,
    "转给": OverdueMove.HAND_OVER,
    "自动": OverdueMove.DECIDE,
    "remind": OverdueMove.REMIND,
    "escalate to": OverdueMove.ESCALATE,
    "hand over to": OverdueMove.HAND_OVER,
    "automatically": OverdueMove.DECIDE,
}
RIGHTS = {
    "只读": Right.READ,
    "隐藏": Right.HIDDEN,
    "必填": Right.REQUIRED,
    "read": Right.READ,
    "hidden": Right.HIDDEN,
    "required": Right.REQUIRED,
}
_WORDS = "|".join(MOVES)
_OVERDUE = re.compile(
    rf"(?:(?P<at>[0-9]{{1,3}})\s*[%％]时?\s*|(?:逾期|after\s)\s*(?P<after>.*?)\s*)?(?P<move>{_WORDS})\s*(?P<to>.*)",
    re.IGNORECASE,
)
_RIGHT = re.compile(r"(?P<right>[^:：]+?)\s*[:：]\s*(?P<fields>.+)")


@dataclass(frozen=True, slots=True)
class OverdueWritten:
    """One consequence of lateness; ``outcome`` is what an automatic decision decides."""

    move: OverdueMove
    at: int
    after: Length | None
    to: PartyWritten | None
    outcome: Written | None
    span: Span


def read_overdue(written: Written, findings: Findings) -> tuple[OverdueWritten, ...]:
    """What follows when a step is late; what cannot be read is reported and left out."""
    read = (_one(item, findings) for item in parts(written))
    return tuple(each for each in read if each is not None)


def _one(item: Written, findings: Findings) -> OverdueWritten | None:
    found = _OVERDUE.fullmatch(item.text)
    move = MOVES[found.group("move").lower()] if found else None
    rest = found.group("to") if found else ""
    named = move in (OverdueMove.ESCALATE, OverdueMove.HAND_OVER)
    if found is None or move is None or (named and not rest) or (move is OverdueMove.REMIND and rest):
        findings.add(entries.OVERDUE_FORM, item.span, value=item.text)
        return None

    def part(group: str) -> Written:
        start, end = found.span(group)
        return Written(found.group(group), item.span.within(start, end - start))

    after = None
    if found.group("after"):
        after = read_length(part("after"), findings)
        if after is None:
            return None
    to = read_party(part("to"), findings) if named else None
    if named and to is None:
        return None
    outcome = part("to") if move is OverdueMove.DECIDE else None
    return OverdueWritten(move, int(found.group("at") or 100), after, to, outcome, item.span)


def read_rights(written: Written, findings: Findings) -> tuple[tuple[Right, Written], ...]:
    """(right, field) for every field of the form that a step treats in its own way."""
    made = []
    for item in parts(written):
        found = _RIGHT.fullmatch(item.text)
        right = RIGHTS.get(found.group("right").lower()) if found else None
        if found is None or right is None:
            findings.add(entries.RIGHTS_FORM, item.span, value=item.text)
            continue
        start, end = found.span("fields")
        fields = split_list(Written(found.group("fields"), item.span.within(start, end - start)))
        made += [(right, field) for field in fields]
    return tuple(made)
