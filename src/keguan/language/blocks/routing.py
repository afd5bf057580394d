"""去向 as authors write it: → 判定; 成立 → 定责; 不成立 → 婉复; → (技术意见, 质量意见)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import split_list
from keguan.language.diagnostics.catalogue import processes as entries
from keguan.language.markdown.document import Written
from keguan.language.model.routing import End

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.diagnostics.findings import Findings

ENDS = {
    "归档": End.ARCHIVED,
    "完成": End.COMPLETED,
    "办结": End.COMPLETED,
    "结束": End.ENDED,
    "作废": End.CANCELLED,
    "archive": End.ARCHIVED,
    "complete": End.COMPLETED,
    "end": End.ENDED,
    "cancel": End.CANCELLED,
}
OTHERWISE = frozenset({"否则", "其他", "otherwise"})
APPROVING = frozenset({"同意", "批准", "通过", "审批通过", "有条件同意", "approve", "approved", "agree", "agreed"})
"""Outcomes by which a step approves what was done before it."""
REFUSING = frozenset(
    {"不同意", "驳回", "退回", "不批准", "不通过", "否决", "reject", "rejected", "refuse", "refused", "return"}
)
"""Outcomes by which an approver says no; like those that approve, they need no field on a form."""
_ROUTE = re.compile(r"\s*(?P<labels>[^→]*?)\s*→\s*(?P<to>[^→]+?)\s*")
_SEVERAL = re.compile(r"[(（]\s*(?P<inside>[^()（）]+?)\s*[)）]")


@dataclass(frozen=True, slots=True)
class RouteWritten:
    """One way out: the outcomes that take it (none: always) and where it leads."""

    labels: tuple[Written, ...]
    to: tuple[Written, ...]


def read_routes(written: Written, findings: Findings) -> tuple[RouteWritten, ...] | None:
    """The ways out of a step; None after a diagnostic when one of them cannot be read."""
    routes = []
    for item in parts(written):
        found = _ROUTE.fullmatch(item.text.replace("->", " →"))
        if found is None:
            findings.add(entries.ROUTE_FORM, item.span, value=item.text)
            return None
        labels = split_list(_part(item, found, "labels"))
        several = _SEVERAL.fullmatch(found.group("to"))
        to = _part(item, found, "to")
        if several is not None:
            start, end = several.span("inside")
            inside = Written(several.group("inside"), to.span.within(start, end - start))
            routes.append(RouteWritten(labels, split_list(inside)))
        else:
            routes.append(RouteWritten(labels, (to,)))
    bare = [route for route in routes if not route.labels]
    if bare and len(routes) > 1:
        findings.add(entries.ROUTE_BARE, written.span, value=written.text)
        return None
    return tuple(routes)


def parts(written: Written) -> Iterator[Written]:
    """What a cell lists with semicolons, each with its span."""
    for found in re.finditer(r"[^;；]+", written.text):
        text = found.group()
        if text.strip():
            offset = found.start() + len(text) - len(text.lstrip())
            yield Written(text.strip(), written.span.within(offset, len(text.strip())))


def _part(item: Written, found: re.Match[str], group: str) -> Written:
    start, end = found.span(group)
    return Written(found.group(group), item.span.within(start, end - start))
