"""网上受理: the header lines of a process that say what customers may do by themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import YES_NO, HeaderLine, keyword, split_list
from keguan.language.diagnostics.catalogue import public as entries
from keguan.language.markdown.document import Written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.diagnostics.diagnostic import Entry
    from keguan.language.diagnostics.findings import Findings

HEADERS = (
    HeaderLine(
        "public",
        "网上受理",
        "public form",
        "客户在公司的网页上自己发起时填哪张表单；每填一份就建一条本流程对象的档案（按表单的“存入”），再发起案件；"
        "省略时客户不能自己发起",
    ),
    HeaderLine(
        "fills",
        "网上填写",
        "public values",
        "网上受理时由系统填好的档案字段，如 渠道 = 客户门户, 受理日 = 今天；日期写 今天，日期时间写 现在",
    ),
    HeaderLine(
        "match",
        "网上认人",
        "public match",
        "按客户填的内容认出是谁，如 客户(姓名 = 投诉人, 手机 = 投诉人电话)；正好认出一位时填入该引用字段；"
        "认没认出，网上看不出来",
    ),
    HeaderLine("replies", "网上答复", "public reply", "客户凭查询码可以看哪些表单字段；填它的步骤办完后才看得到"),
    HeaderLine("withdrawal", "网上撤回", "public withdrawal", "是：客户凭查询码可以撤回尚未办完的案件"),
)
MOMENTS = frozenset({"今天", "现在", "today", "now"})
_PAIR = re.compile(r"([^=＝]+)[=＝](.+)", re.DOTALL)
_MATCH = re.compile(r"([^()（）]+)[(（]([^()（）]+)[)）]")

Pair = tuple[Written, Written]


@dataclass(frozen=True, slots=True)
class PublicWritten:
    """What the header lines say, read but with no name looked up."""

    form: Written
    fills: tuple[Pair, ...]
    match: tuple[Written, tuple[Pair, ...]] | None
    replies: tuple[Written, ...]
    withdraw: bool


def read_public(headers: Mapping[str, Written], findings: Findings) -> PublicWritten | None:
    """What customers may do; None when the process is not open to them. The other lines make no sense then."""
    form = headers.get("public")
    if form is None:
        for line in HEADERS:
            if line.key in headers:
                findings.add(entries.FORM_MISSING, headers[line.key].span, key=line.zh, key_en=line.en)
        return None
    withdrawal = headers.get("withdrawal")
    return PublicWritten(
        form=form,
        fills=_pairs(headers["fills"], findings, entries.FILL_FORM) if "fills" in headers else (),
        match=_match(headers["match"], findings) if "match" in headers else None,
        replies=split_list(headers["replies"]) if "replies" in headers else (),
        withdraw=bool(withdrawal and keyword(withdrawal, YES_NO, "网上撤回", findings)),
    )


def _match(written: Written, findings: Findings) -> tuple[Written, tuple[Pair, ...]] | None:
    found = _MATCH.fullmatch(written.text.strip())
    if found is None:
        findings.add(entries.MATCH_FORM, written.span, value=written.text)
        return None
    reference, inside = (_part(written, *found.span(number)) for number in (1, 2))
    pairs = _pairs(inside, findings, entries.MATCH_FORM)
    return (reference, pairs) if pairs else None


def _pairs(written: Written, findings: Findings, entry: Entry) -> tuple[Pair, ...]:
    """``a = b, c = d``, each side with its span; what is none is reported."""
    pairs = []
    for item in split_list(written):
        found = _PAIR.fullmatch(item.text)
        if found is None or not found.group(1).strip() or not found.group(2).strip():
            findings.add(entry, item.span, value=item.text)
            continue
        pairs.append((_part(item, *found.span(1)), _part(item, *found.span(2))))
    return tuple(pairs)


def _part(written: Written, start: int, end: int) -> Written:
    part = written.text[start:end]
    offset = start + len(part) - len(part.lstrip())
    return Written(part.strip(), written.span.within(offset, len(part.strip())))
