"""角色 role: who someone is to the policy, what they see and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import Column, Kind, read_headers, read_lines, split_list
from keguan.language.model.model import RowScope
from keguan.language.model.role import Separation

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

SEPARATIONS = {
    "系统管理": Separation.SYSTEM,
    "安全管理": Separation.SECURITY,
    "审计管理": Separation.AUDIT,
    "system": Separation.SYSTEM,
    "security": Separation.SECURITY,
    "audit": Separation.AUDIT,
}

ROLE = Kind(
    "role",
    "角色",
    "role",
    "岗位能看哪些档案、哪些信息，能看谁的敏感原文，能办什么事。"
    "几个制度包里名称和代码都相同的，是同一个角色：可见信息和可办事项合起来算，范围要写得一样。",
    columns=(
        Column("label", "角色", "role", "名称", required=True, filled=True),
        Column("code", "代码", "code", "代码", required=True, filled=True),
        Column("english", "英文", "english", "英文名称"),
        Column("scope", "可见范围", "scope", "本人、本部门、全部或无", required=True, filled=True),
        Column("reveal", "原文范围", "reveal", "可以查看谁的敏感原文（须写事由）", required=True, filled=True),
        Column("classes", "可见信息", "classes", "信息类别，用逗号分开；“全部”为所有类别", required=True),
        Column("operations", "可办事项", "operations", "可以办的事，用逗号分开", required=True),
        Column("separation", "三员", "separation", "三员之一：系统管理、安全管理或审计管理；谁也不能兼任其中两员"),
        Column("excludes", "互斥", "excludes", "不能由同一人兼任的角色，用逗号分开；对方不必再写"),
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
    separation: Written
    excludes: tuple[Written, ...]


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
        lines.append(
            RoleLine(
                label=line["label"],
                code=line["code"],
                english=line["english"].text,
                scope=line["scope"],
                reveal=line["reveal"],
                classes=split_list(line["classes"]),
                operations=split_list(line["operations"]),
                separation=line["separation"],
                excludes=split_list(line["excludes"]),
            )
        )
    return RoleDeclaration(block, tuple(lines))
