"""准予: the header lines of a process that say which rights its cases grant, for how long and how often."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import HeaderLine, split_list
from keguan.language.blocks.timing import read_length
from keguan.language.diagnostics.catalogue import granting as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.markdown.document import Written
from keguan.language.model.granting import GrantedRight

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.diagnostics.findings import Findings
    from keguan.language.model.timing import Length

HEADERS = (
    HeaderLine(
        "grants",
        "准予",
        "grants",
        "案件办成时准予发起人做什么：导出、打印、原文、修改、销毁、维护、外发、复制；"
        "括号里写只对哪几种档案，如 导出(客户, 保单), 打印(客户)",
    ),
    HeaderLine(
        "grant_length",
        "准予期限",
        "grant length",
        "准予以后多久有效，如 3天；省略时不限，到用完次数为止",
    ),
    HeaderLine(
        "grant_uses",
        "准予次数",
        "grant uses",
        "准予以后可以用几次；省略时，写了准予期限的不限次数，没有写的只能用一次",
    ),
    HeaderLine(
        "bulk",
        "批量",
        "bulk",
        "一次导出达到多少行，就必须先经本流程准予，不论权限表怎样写；也可写参数",
    ),
)
GRANTED = {
    "导出": GrantedRight.EXPORT,
    "打印": GrantedRight.PRINT,
    "原文": GrantedRight.REVEAL,
    "修改": GrantedRight.CHANGE,
    "销毁": GrantedRight.DESTROY,
    "维护": GrantedRight.MAINTAIN,
    "外发": GrantedRight.DISCLOSE,
    "复制": GrantedRight.COPY,
    **{right.value: right for right in GrantedRight},
}
_ITEM = re.compile(r"\s*([^,，、()（）]+?)\s*(?:[(（]([^()（）]*)[)）])?\s*(?:[,，、]|$)")
_MOST_USES = 10_000


@dataclass(frozen=True, slots=True)
class GrantsWritten:
    """What the header lines say, read but with no name looked up. ``rights``: each with its record types; none: all."""

    rights: tuple[tuple[GrantedRight, tuple[Written, ...]], ...]
    length: Length | None
    uses: int | None
    bulk: Written | None


def read_grants(headers: Mapping[str, Written], findings: Findings) -> GrantsWritten | None:
    """What the process grants; None when it grants nothing. The other lines make no sense then."""
    written = headers.get("grants")
    if written is None:
        for line in HEADERS:
            if line.key in headers:
                findings.add(entries.GRANTS_MISSING, headers[line.key].span, key=line.zh, key_en=line.en)
        return None
    rights = _rights(written, findings)
    bulk = headers.get("bulk")
    if bulk is not None and all(right is not GrantedRight.EXPORT for right, _ in rights):
        findings.add(entries.BULK_OF_EXPORT, bulk.span)
    return GrantsWritten(
        rights=rights,
        length=read_length(headers["grant_length"], findings) if "grant_length" in headers else None,
        uses=_uses(headers["grant_uses"], findings) if "grant_uses" in headers else None,
        bulk=bulk,
    )


def _rights(written: Written, findings: Findings) -> tuple[tuple[GrantedRight, tuple[Written, ...]], ...]:
    made = []
    position = 0
    while position < len(written.text):
        found = _ITEM.match(written.text, position)
        if found is None:
            findings.add(entries.GRANTS_FORM, written.span, value=written.text)
            return ()
        position = found.end()
        name = Written(found.group(1), written.span.within(found.start(1), len(found.group(1))))
        right = GRANTED.get(name.text, GRANTED.get(name.text.lower()))
        if right is None:
            known = [word for word in GRANTED if not word.isascii()]
            findings.add(entries.RIGHT_UNKNOWN, name.span, value=name.text, **suggest(name.text, GRANTED, known))
            continue
        types: tuple[Written, ...] = ()
        if found.group(2) is not None:
            inside = written.span.within(found.start(2), len(found.group(2)))
            types = split_list(Written(found.group(2), inside))
            if not types:
                findings.add(entries.GRANTS_FORM, name.span, value=found.group().strip())
                continue
        made.append((right, types))
    return tuple(made)


def _uses(written: Written, findings: Findings) -> int | None:
    text = written.text.strip().removesuffix("次").strip()
    if text.isdecimal() and 0 < int(text) <= _MOST_USES:
        return int(text)
    findings.add(entries.USES, written.span, value=written.text)
    return None
