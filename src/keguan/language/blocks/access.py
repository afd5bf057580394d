"""权限 access: role by role and class by class, what may be done at which exit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import Column, HeaderLine, Kind, keyword, read_headers, read_lines
from keguan.language.blocks.role import SCOPES
from keguan.language.model.access import Permission, Right

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.blocks.block import Line
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block, Written
    from keguan.language.model.model import RowScope
    from keguan.language.source import Span

PERMISSIONS = {
    "是": Permission.YES,
    "遮盖": Permission.MASKED,
    "审批": Permission.APPROVAL,
    "否": Permission.NO,
    "yes": Permission.YES,
    "masked": Permission.MASKED,
    "approval": Permission.APPROVAL,
    "no": Permission.NO,
}
_NOTHING = ("", "-")
SECRECY = {"敏感": True, "一般": False, "sensitive": True, "ordinary": False}

ACCESS = Kind(
    "access",
    "权限",
    "access",
    "谁对哪一类信息可以看、改、导出、打印、看原文；没有写的一律不可以。",
    headers=(HeaderLine("of", "对象", "of", "哪一种档案的权限", required=True),),
    columns=(
        Column("role", "角色", "role", "角色的名称或代码", required=True, filled=True),
        Column("information_class", "信息类别", "class", "信息类别；“全部”为所有类别", required=True, filled=True),
        Column("see", "看", "see", "是、遮盖或否（空着也是否）", required=True),
        Column("change", "改", "change", "是、审批或否"),
        Column("export", "导出", "export", "是、遮盖、审批或否"),
        Column("print", "打印", "print", "是、遮盖、审批或否"),
        Column("reveal", "原文", "reveal", "看敏感原文（须写事由）：是、审批或否"),
        Column("scope", "范围", "scope", "本人、本部门、全部；省略时为角色的可见范围"),
        Column("condition", "条件", "condition", "只对满足条件的档案（表达式）"),
        Column("secrecy", "密级", "secrecy", "只对一般字段或只对敏感字段；省略时都对"),
    ),
    status="enforced",
)


@dataclass(frozen=True, slots=True)
class GrantLine:
    """One row as written; ``rights`` with where each stands."""

    number: int
    role: Written
    information_class: Written
    rights: Mapping[Right, tuple[Permission, Span]]
    scope: RowScope | None
    scope_span: Span
    condition: Written
    sensitive: bool | None
    span: Span


@dataclass(frozen=True, slots=True)
class AccessDeclaration:
    """An access block."""

    block: Block
    of: Written
    lines: tuple[GrantLine, ...]


def read_access(block: Block, findings: Findings) -> AccessDeclaration | None:
    """Read an access block; None when it does not say of which record type it is."""
    headers = read_headers(ACCESS, block, findings)
    lines = tuple(
        _grant(number, line, findings)
        for number, line in enumerate(read_lines(ACCESS, block, findings), 1)
        if line["role"].text and line["information_class"].text
    )
    return AccessDeclaration(block, headers["of"], lines) if "of" in headers and lines else None


def _grant(number: int, line: Line, findings: Findings) -> GrantLine:
    rights = {}
    for right in Right:
        cell = line[right.value]
        if cell.text in _NOTHING:
            continue
        permission = keyword(cell, PERMISSIONS, _TITLES[right], findings)
        if permission is not None and permission is not Permission.NO:
            rights[right] = (permission, cell.span)
    scope, secrecy = line["scope"], line["secrecy"]
    sensitive = None
    if secrecy.text not in _NOTHING:
        # ``keyword`` cannot tell an unknown word from a known one that means False.
        known = {word: (meaning,) for word, meaning in SECRECY.items()}
        found = keyword(secrecy, known, "密级", findings)
        sensitive = found[0] if found is not None else None
    return GrantLine(
        number=number,
        role=line["role"],
        information_class=line["information_class"],
        rights=rights,
        scope=keyword(scope, SCOPES, "范围", findings) if scope.text not in _NOTHING else None,
        scope_span=scope.span,
        condition=line["condition"],
        sensitive=sensitive,
        span=line.span,
    )


_TITLES = {right: next(column.zh for column in ACCESS.columns if column.key == right.value) for right in Right}
