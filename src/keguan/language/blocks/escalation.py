"""升级 as authors write it: 部门负责人; 逾期3天 总经理; in English unit head; after 3 days: general manager."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.routing import parts
from keguan.language.blocks.timing import read_length
from keguan.language.markdown.document import Written

if TYPE_CHECKING:
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.model.timing import Length

_LATER = re.compile(
    r"逾期\s*(?P<zh>\S+?)\s*[\s:：]\s*(?P<to>\S.*)|after\s+(?P<en>[^:]+?)\s*:\s*(?P<role>\S.*)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class EscalationWritten:
    """One level: whom it goes to, and how long after the due moment (None: at once)."""

    to: Written
    after: Length | None


def read_escalations(written: Written, findings: Findings) -> tuple[EscalationWritten, ...]:
    """The levels of a cell; one whose delay cannot be read is reported and left out."""
    read = (_one(item, findings) for item in parts(written))
    return tuple(each for each in read if each is not None)


def _one(item: Written, findings: Findings) -> EscalationWritten | None:
    found = _LATER.fullmatch(item.text)
    if found is None:
        return EscalationWritten(item, None)

    def part(*groups: str) -> Written:
        group = next(each for each in groups if found[each])
        return Written(found[group], item.span.within(found.start(group), len(found[group])))

    after = read_length(part("zh", "en"), findings)
    return None if after is None else EscalationWritten(part("to", "role"), after)
