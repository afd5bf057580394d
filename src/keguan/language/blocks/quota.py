"""名额 quota: how many of a group may have an outcome, and what becomes of the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import Column, HeaderLine, Kind, keyword, read_headers, read_lines
from keguan.language.diagnostics.catalogue import quotas as entries
from keguan.language.markdown.document import Written
from keguan.language.model.quota import Rounding, Surplus

if TYPE_CHECKING:
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block
    from keguan.language.source import Span

ROUNDINGS = {
    "舍去": Rounding.DOWN,
    "进一": Rounding.UP,
    "四舍五入": Rounding.HALF_UP,
    "down": Rounding.DOWN,
    "up": Rounding.UP,
    "half_up": Rounding.HALF_UP,
}

QUOTA = Kind(
    "quota",
    "名额",
    "quota",
    "某个判定结果在一组里最多（最少）可以占多少，超出的怎样处理。",
    headers=(
        HeaderLine("decision", "判定", "decision", "限制哪一个判定的结果", required=True),
        HeaderLine("group", "分组", "group", "在什么范围里计名额（表达式，如 销售部门）；省略时全部算一组"),
        HeaderLine(
            "surplus",
            "超额",
            "surplus",
            "按 评审得分 从高到低保留, 其余降一级（或：其余降到 合格；其余待定）；只写“待定”的，全部由人决定",
            required=True,
        ),
        HeaderLine("rounding", "取整", "rounding", "百分比算出小数时：舍去（省略时）、进一、四舍五入"),
    ),
    columns=(
        Column("outcome", "等级", "outcome", "判定的一个结果", required=True, filled=True),
        Column(
            "most",
            "上限",
            "most",
            "最多占多少：15%、20人，或一个参数；累计70% 为从最高的数起，加到全组合计的 70% 用得着几份，含更前的等级",
            required=True,
        ),
        Column("least", "下限", "least", "最少占多少：写法同上限"),
        Column("reference", "依据", "reference", "这个名额写在哪里"),
    ),
    status="enforced",
)

_RULE = re.compile(
    r"(?:按|依|by)\s*(?P<by>.+?)\s*(?:从|from\s+)(?P<order>高到低|低到高|high to low|low to high)(?:保留|\s*keep)?"
    r"\s*[,，、;；]\s*(?P<rest>.+)"
)
_REST = re.compile(
    r"(?:其余|(?:the )?rest)?\s*(?:(?P<down>降一级|one down)|(?:降到|down to)\s*(?P<to>.+)|(?P<pending>待定|pending))"
)


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """One row: an outcome and its bounds as written."""

    outcome: Written
    most: Written
    least: Written
    reference: str
    span: Span


@dataclass(frozen=True, slots=True)
class QuotaDeclaration:
    """A quota block. ``by`` is None when a person decides who stays."""

    block: Block
    decision: Written
    group: Written | None
    by: Written | None
    descending: bool
    surplus: Surplus
    to: Written | None
    surplus_span: Span
    rounding: Rounding
    lines: tuple[QuotaLine, ...]


def read_quota(block: Block, findings: Findings) -> QuotaDeclaration | None:
    """Read a quota block; None when what is missing leaves nothing to link."""
    headers = read_headers(QUOTA, block, findings)
    lines = [
        QuotaLine(line["outcome"], line["most"], line["least"], line["reference"].text, line.span)
        for line in read_lines(QUOTA, block, findings)
        if line["outcome"].text
    ]
    rounding = Rounding.DOWN
    if "rounding" in headers:
        rounding = keyword(headers["rounding"], ROUNDINGS, "取整", findings) or rounding
    if not {"decision", "surplus"} <= headers.keys() or not lines:
        return None
    written = headers["surplus"]
    rule = _RULE.fullmatch(written.text)
    rest = _REST.fullmatch(rule.group("rest") if rule else written.text)
    if rest is None or (rule is None and rest.group("pending") is None):
        findings.add(entries.SURPLUS_FORM, written.span, value=written.text)
        return None
    offset = rule.start("rest") if rule else 0
    return QuotaDeclaration(
        block=block,
        decision=headers["decision"],
        group=headers.get("group"),
        by=_part(written, rule, "by", 0) if rule else None,
        descending=rule is None or rule.group("order") in ("高到低", "high to low"),
        surplus=Surplus.ONE_DOWN if rest.group("down") else Surplus.TO if rest.group("to") else Surplus.PENDING,
        to=_part(written, rest, "to", offset) if rest.group("to") else None,
        surplus_span=written.span,
        rounding=rounding,
        lines=tuple(lines),
    )


def _part(written: Written, found: re.Match[str], group: str, offset: int) -> Written:
    start, end = found.span(group)
    return Written(found.group(group), written.span.within(offset + start, end - start))
