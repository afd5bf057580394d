"""Quotas at work: who falls when another comes, what is kept of it, and what reads the outcome."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from jsonschema_rs import Draft202012Validator

from keguan.runtime.access.viewer import Viewer, viewer_for
from keguan.runtime.decisions.actions import Recompute
from keguan.runtime.decisions.queries import explanation, history, replay
from keguan.runtime.decisions.traces import decided_from, traces
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.records.actions import Create
from tests.conftest import REPOSITORY
from tests.credit import lend
from tests.runtime.decisions.filing import change, stored

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.fixture
def analyst(cast: Cast, afternoon: None) -> Viewer:
    """许可, the analyst of customers who buy on credit: of two in 东区, one may be 贵宾."""
    lend(cast)
    return viewer_for(cast.xu_ke.id)


def account(viewer: Viewer, name: str, region: str, volume: str) -> int:
    """File one."""
    values = {"name": name, "region": region, "volume": volume}
    return Create(viewer=viewer, record_type="account", values=values).run()


def levels() -> dict[str, tuple[str, str]]:
    """By name, the level by the table and the one that counts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, by_quota_table_level, level FROM rec_account ORDER BY id")
        return {name: (table, level) for name, table, level in cursor.fetchall()}


def kept(record_id: int) -> list[tuple[Any, ...]]:
    """The history of an account: was, by the table, counts, trail; oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT was_level, by_quota_table_level, out_level, trail_vip_quota FROM his_credit_grade "
            "WHERE record_id = %s ORDER BY id",
            [record_id],
        )
        return [tuple(row) for row in cursor.fetchall()]


def by_name(name: str) -> int:
    """The id of an account."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM rec_account WHERE name = %s", [name])
        return int(cursor.fetchone()[0])


def test_the_larger_one_stays_and_the_other_falls(analyst: Viewer) -> None:
    """Of two in 东区 one may be 贵宾: 滨海 buys more, so 云岭 is 优选, by the table still 贵宾."""
    assert levels()["云岭建材"] == ("贵宾", "优选")
    assert levels()["滨海水泥"] == ("贵宾", "贵宾")
    assert kept(by_name("云岭建材")) == [(None, "贵宾", "优选", "0:1/0")]


def test_who_comes_makes_another_fall_with_its_own_history(analyst: Viewer) -> None:
    """A larger third pushes 滨海 out; the one that fell has its own entry, with its place and the room."""
    account(analyst, "江北电缆", "东区", "9000000")
    assert levels()["滨海水泥"] == ("贵宾", "优选")
    assert kept(by_name("滨海水泥"))[-1] == ("贵宾", "贵宾", "优选", "0:2/1")


def test_more_members_make_more_room(analyst: Viewer) -> None:
    """A fourth in 东区, of any level, makes room for two 贵宾: 云岭 rises."""
    account(analyst, "江北电缆", "东区", "100000")
    account(analyst, "江北阀门", "东区", "100000")
    assert levels()["云岭建材"] == ("贵宾", "贵宾")
    assert kept(by_name("云岭建材"))[-1] == ("优选", "贵宾", "贵宾", "0:2/2")


def test_moving_to_another_group_cuts_both(analyst: Viewer) -> None:
    """滨海 goes over to 西区: 云岭, alone in 东区, has no room; 滨海 is one of three there and has its place."""
    change(analyst, "account", by_name("滨海水泥"), region="西区")
    assert levels()["云岭建材"] == ("贵宾", "优选")
    assert levels()["滨海水泥"] == ("贵宾", "贵宾")


def test_what_touches_no_key_cuts_nothing(analyst: Viewer) -> None:
    """A change of name writes no history."""
    before = [kept(by_name(name)) for name in levels()]
    change(analyst, "account", by_name("滨海水泥"), years="7")
    assert [kept(by_name(name)) for name in levels()] == before


def test_everything_at_once_comes_to_the_same(analyst: Viewer) -> None:
    """Deciding all again finds nothing to change."""
    account(analyst, "江北电缆", "东区", "9000000")
    counts = Recompute(actor=SYSTEM).run()
    assert [each.changed for each in counts if each.record_type == "account"] == [0]
    assert stored("account", by_name("江北电缆"), "level", "by_quota_group_vip_quota") == ("贵宾", "东区")


def test_the_reason_says_place_room_and_what_would_keep_it(analyst: Viewer) -> None:
    """云岭, second of one in 东区 on the day it fell, is told so, by 第五条, and what the last one within has now."""
    account(analyst, "江北电缆", "东区", "9000000")
    found = explanation(analyst, "account", by_name("滨海水泥"), "credit_grade")
    assert found is not None
    (cut,) = found.cuts
    assert (cut.before, cut.after, cut.clause.number) == ("贵宾", "优选", "第五条")
    assert cut.sentence == "按采购量（¥8,000,000.00）在“东区”里贵宾中排第 2，名额只有 1 个，改为 优选"
    assert cut.needed == "现在采购量要超过 ¥9,000,000.00（名额里的最后一户）才能留在贵宾"
    assert found.outcome[0][1].text == "优选"


def test_who_may_not_see_the_order_is_told_no_place(analyst: Viewer, cast: Cast) -> None:
    """周敏 sees neither levels nor volumes: nothing at all; the outcome stays hidden with its reason."""
    with pytest.raises(Refused) as refused:
        explanation(viewer_for(cast.zhou_min.id), "account", by_name("云岭建材"), "credit_grade")
    assert refused.value.code == "decisions.hidden"


def test_the_history_names_the_quota(analyst: Viewer) -> None:
    """The step with which 滨海 fell names the clause of the quota."""
    account(analyst, "江北电缆", "东区", "9000000")
    newest, first = history(analyst, "account", by_name("滨海水泥"), "credit_grade")
    assert [clause.number for clause in newest.quotas] == ["第五条"]
    assert first.quotas == ()
    assert next((each.before.text, each.after.text) for each in newest.changes) == ("贵宾", "优选")


def test_a_decision_that_was_cut_replays_by_its_table(analyst: Viewer) -> None:
    """What a trace decides again is the outcome by the table; what the quota did stands in it."""
    (kept_one,) = replay("credit_grade", by_name("云岭建材"))
    assert kept_one.same
    (trace,) = traces("credit_grade", by_name("云岭建材"))
    assert trace["by_table"][0]["value"] == "贵宾"
    assert trace["outcome"][0]["value"] == "优选"
    assert trace["quotas"][0]["passed"] == [{"outcome": "贵宾", "bound": "most", "place": 1, "room": 0}]
    assert decided_from(trace) == (trace["by_table"], trace["rule"])
    schema = json.loads((REPOSITORY / "docs/reference/trace.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(json.loads(json.dumps(trace)))
