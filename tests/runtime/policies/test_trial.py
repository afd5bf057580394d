"""Trying a draft tells what it would do and does nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection

from keguan.language.diagnostics.diagnostic import Severity
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.policies.actions import Publish
from keguan.runtime.policies.models import PolicyVersion, Publication
from keguan.runtime.policies.queries import trial
from tests.runtime.policies.shelf import club

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.source import PackSource
    from keguan.runtime.policies.queries import Trial
    from tests.cast import Cast

POINTS = (40, 50, 99, 100, 101)
NOW = "2026-11-21 00:00:00+00:00"


@pytest.fixture(autouse=True)
def members(company: Cast) -> None:
    """Five members, decided under the first version."""
    from keguan.runtime.decisions.actions import Recompute

    Publish(actor=SYSTEM, packs=(club(),)).run()
    with connection.cursor() as cursor:
        for number, points in enumerate(POINTS, 1):
            cursor.execute(
                "INSERT INTO rec_member (id, created_at, updated_at, version, full_name, points) "
                "VALUES (%s, %s, %s, 1, %s, %s)",
                [number, NOW, NOW, f"会员{number}", points],
            )
    Recompute(actor=SYSTEM, record_type="member").run()


def tried(pack: PackSource) -> Trial:
    """A draft tried, having written nothing."""
    before = everything()
    found = trial("club", pack.files)
    assert everything() == before
    return found


def everything() -> tuple[object, ...]:
    """What a trial might have touched."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, level, member_level_rule, updated_at FROM rec_member ORDER BY id")
        rows: Sequence[object] = cursor.fetchall()
        cursor.execute("SELECT count(*) FROM his_member_level")
        history = cursor.fetchone()
        columns = connection.introspection.get_table_description(cursor, "rec_member")
    return (list(rows), history, len(columns), PolicyVersion.objects.count(), Publication.objects.count())


def test_who_would_move_is_counted_and_named() -> None:
    """With the bar at 50 instead of 100, two members go from silver to gold, and they are named."""
    found = tried(club("1.1.0", threshold=50))
    assert [each for each in found.diagnostics if each.severity is not Severity.NOTE] == []
    movement = next(each for each in found.movements if each.decision.code == "member_level")
    flows = {(flow.before, flow.after): flow.count for flow in movement.flows}
    assert flows == {("银", "金"): 2, ("金", "金"): 2, ("银", "银"): 1}
    assert (movement.total, movement.moved) == (5, 2)
    assert [(each.id, each.before, each.after) for each in movement.records] == [
        (2, ("银",), ("金",)),
        (3, ("银",), ("金",)),
    ]


def test_what_changed_is_told_by_cell() -> None:
    """The changes name the clause and the two texts of the cell."""
    found = tried(club("1.1.0", threshold=50))
    told = [(change.clause.number, change.before, change.after) for change in found.changes]
    assert ("第二条", ">= 100", ">= 50") in told


def test_a_field_that_no_table_has_yet_reads_as_empty() -> None:
    """A draft that decides by a field it adds is tried all the same: nobody has a value in it."""
    pack = club("1.1.0", fields="| 荐人数 | referrals | Referrals | 整数 | | 交易 | 一般 |\n")
    text = pack.files["policy.md"].replace("| 积分 | → 级别 (level) |", "| 荐人数 | → 级别 (level) |")
    found = tried(type(pack)("club", {"policy.md": text}))
    movement = next(each for each in found.movements if each.decision.code == "member_level")
    assert {(flow.before, flow.after): flow.count for flow in movement.flows} == {("金", "银"): 2, ("银", "银"): 3}


def test_a_decision_that_is_new_comes_from_nothing() -> None:
    """Every record of a decision that the draft adds comes from no outcome."""
    more = """### 第四条 会员分组 {#group}

:::判定 会员分组 (member_group)
对象: 会员
命中: 首条
信息类别: 级别

| 积分 | → 组别 (team) |
|---|---|
| < 50 | "甲" |
| - | "乙" |
:::

"""
    found = tried(club("1.1.0", more=more))
    movement = next(each for each in found.movements if each.decision.code == "member_group")
    assert {(flow.before, flow.after): flow.count for flow in movement.flows} == {(None, "甲"): 1, (None, "乙"): 4}


def test_a_broken_draft_is_not_computed() -> None:
    """With an error there are diagnostics and no movement."""
    text = club("1.1.0").files["policy.md"].replace("| 积分 | → 级别 (level) |", "| 积份 | → 级别 (level) |")
    found = trial("club", {"policy.md": text})
    assert (found.model, found.movements) == (None, ())
    assert found.diagnostics


def test_what_publishing_would_refuse_is_told_before() -> None:
    """A draft that drops a field with values gets the same diagnostic as its publication would."""
    text = club("1.1.0").files["policy.md"].replace("| 姓名 | full_name |", "| 姓名 | fullname |")
    found = trial("club", {"policy.md": text})
    assert found.model is None
    assert [each.id for each in found.diagnostics if each.severity is Severity.ERROR] == ["K6002"]
