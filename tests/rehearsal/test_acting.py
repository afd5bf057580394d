"""Scenarios with people, cases, duties and the time of day come true in the real system."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from keguan.language import api
from keguan.rehearsal.acting import act
from keguan.runtime import clock
from keguan.runtime.org.queries import staff, units
from keguan.runtime.policies.queries import current
from tests.conftest import AN_AFTERNOON
from tests.rehearsal.acted import PACK, acted_in, told_by

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cast import Cast
    from tests.conftest import Home

HERE = """
:::场景 谁看得见谁
编号: T-1
日期: 2026-12-02 10:00
人员:
  - 甲: {角色: salesperson, 部门: 北边}
  - 乙: {角色: sales_supervisor, 部门: 北边}
已有:
  - 客户: {姓名: 苏禾, 客户类别: 个人, 手机: "13700000001", 负责人: 甲, 部门: 北边}
应为:
  - 名单: 客户
    由: 甲
    恰为: [苏禾]
  - 名单: 客户
    由: 乙
    恰为: [苏禾]
  - 可见: {由: 甲, 档案: {客户: 苏禾}, 字段: 手机, 为: 遮盖}
:::
"""


def test_everything_written_comes_true(home_on_either_engine: Home) -> None:
    """Cases, their moves, deadlines and escalations, duties, consequences, what is refused and who sees what."""
    told = acted_in(home_on_either_engine, PACK)
    assert [line for line in told if not line.startswith("ok ")] == []
    assert {line.split()[1] for line in told} == {*(f"投-{n}" for n in range(1, 8)), *(f"访-{n}" for n in range(1, 4))}


def test_nothing_is_left_of_what_was_acted(company: Cast) -> None:
    """After a scenario its people, units and records are gone, and the clock goes on as before."""
    with clock.hold(AN_AFTERNOON):
        before = (staff(), units())
        model = current().model
    (result,) = api.run_scenarios(model, {"x.md": HERE}, act=partial(act, language="zh"))
    assert (result.diagnostics, [failure.sentence() for failure in result.failures]) == ((), [])
    with clock.hold(AN_AFTERNOON):
        assert (staff(), units()) == before


@pytest.mark.sqlite_only
def test_the_command_needs_no_system(tmp_path: Path) -> None:
    """``keguan test`` acts a pack's scenarios out where nothing is set up, and leaves nothing behind."""
    pack = tmp_path / "complaints"
    (pack / "scenarios").mkdir(parents=True)
    for file in ("policy.md", "scenarios/visits.md"):
        (pack / file).write_text((PACK / file).read_text(encoding="utf-8"), encoding="utf-8")
    code, told = told_by(pack)
    assert (code, told.splitlines()[-1]) == (0, "3 个场景，3 个成立，0 个不成立。")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["complaints"]


@pytest.mark.sqlite_only
def test_every_scenario_can_be_acted_out() -> None:
    """With ``--staged`` the scenarios that run in memory come true in the database as well."""
    code, told = told_by(PACK.parents[3] / "packs" / "template", "--staged")
    assert (code, told.count("✓"), told.count("✗")) == (0, 6, 0)
