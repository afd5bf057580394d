"""角色 role: who someone is to the policy, what they see and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import Column, Kind, read_headers, read_lines, split_list
from keguan.language.model.model import RowScope

if TYPE_CHECKING:
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block, Written

SCOPES = {
    "本人": RowScope.OWN,
    "本部门": RowScope.UNIT,
    "本部门及下级": RowScope.UNIT,
    "全部": RowScope.ALL,
    "无": RowScope.NONE,
    "own": RowScope.OWN,
    "unit": RowScope.UNIT,
    "all": RowScope.ALL,
    "none": RowScope.NONE,
}

ROLE = Kind(
    "role",
    "角色",
    "role",
    "岗位能看哪些档案、哪些信息，能看谁的敏感原文，能办什么事。",
    columns=(
        Column("label", "角色", "role", "名称", required=True, filled=True),
        Column("code", "代码", "code", "代码", required=True, filled=True),
        Column("english", "英文", "english", "英文名称"),
        Column("scope", "可见范围", "scope", "本人、本部门、全部或无", required=True, filled=True),
        Column("reveal", "原文范围", "reveal", "可以查看谁的敏感原文（须写事由）", required=True, filled=True),
        Column("classes", "可见信息", "classes", "信息类别，用逗号分开；“全部”为所有类别", required=True),
        Column("operations", "可办事项", "operations", "可以办的事，用逗号分开", required=True),
    ),
    status="enforced",
)


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One row: a role."""

    label: Written
    code: Written
    english: str
    scope: Written
    reveal: Written
    classes: tuple[Written, ...]
    operations: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class RoleDeclaration:
    """A role block."""

    block: Block
    lines: tuple[RoleLine, ...]


def read_role(block: Block, findings: Findings) -> RoleDeclaration:
    """Read a role block."""
    read_headers(ROLE, block, findings)
    lines = []
    for line in read_lines(ROLE, block, findings):
        if not all(line[key].text for key in ("label", "code", "scope", "reveal")):
            continue
        classes, operations = split_list(line["classes"]), split_list(line["operations"])
        english = line["english"].text
        lines.append(RoleLine(line["label"], line["code"], english, line["scope"], line["reveal"], classes, operations))
    return RoleDeclaration(block, tuple(lines))
