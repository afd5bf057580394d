"""Scenarios in which the policy gets a new version and people confirm having read it; and what is told otherwise."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.rehearsal.acted import told_by, written
from tests.rehearsal.test_packs import PACKS

if TYPE_CHECKING:
    from pathlib import Path

SCENARIO = """:::场景 签收
编号: X-3
日期: 2026-03-02 09:00
人员:
  - 林晓: 业务员
  - 周敏: 市场专员
  - 何宁: 市场主管
  - 顾全: 公司负责人
当:
  - 发布新版: 客户分类开发办法
    由: 周敏
    版本: 1.1.0
    改动: {"{before}": ">= 25%"}
    审核: {reviewed}
    签发: 顾全
  - 签收: agency-development
    由: 林晓
应为:
  - 签收: 客户分类开发办法
    已签: {confirmed}
:::
"""


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("before", "reviewed", "confirmed", "told"),
    [
        (">= 20%", "何宁", "[林晓]", "1 个场景，1 个成立"),
        (">= 20%", "何宁", "[何宁]", "应为只有何宁，得到林晓"),
        ("没有这一句", "何宁", "[林晓]", "应为正文里的“没有这一句”，得到没有"),
        (">= 20%", "周敏", "[林晓]", "得到拒绝"),
    ],
)
def test_versions_and_receipts_are_acted_out(
    tmp_path: Path, before: str, reviewed: str, confirmed: str, told: str
) -> None:
    """A version is drafted, reviewed and signed by three people; who confirmed it is no more and no fewer than said;
    a change of text that is not there, and a reviewer who drafted it, are told.
    """
    scenario = SCENARIO.replace("{before}", before).replace("{reviewed}", reviewed).replace("{confirmed}", confirmed)
    shutil.copytree(PACKS / "core", tmp_path / "core")
    code, out = told_by(written(tmp_path, scenario, PACKS / "agency-development"))
    assert (code, told in out) == (int("1 个成立" not in told), True), out
