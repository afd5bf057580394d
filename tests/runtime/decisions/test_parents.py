"""What records read of those they refer to: computed, kept current, asked for, explained and protected."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime.access.viewer import Viewer, viewer_for
from keguan.runtime.decisions import queries as decisions
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import Update
from keguan.runtime.records.queries import ListQuery
from tests.cast import Cast, Member
from tests.runtime.decisions.editions import edition, publish
from tests.runtime.records.filing import contract, customer, reception

LAST = "| 所属周报 | weekly_report | Weekly report | 期次(周报, 接待日期) | | 来往 | 一般 |\n:::\n"
READING = (
    "| 所属周报 | weekly_report | Weekly report | 期次(周报, 接待日期) | | 来往 | 一般 |\n"
    '| 陪同领导 | escort | Escort | 文本(40) | 客户.客户等级 = "B" | 来往 | 一般 |\n:::\n\n'
    ":::口径 接待口径 (reception_facts)\n对象: 接待登记\n\n"
    "| 口径 | 代码 | 类型 | 信息类别 | 算法 |\n|---|---|---|---|---|\n"
    "| 来客等级 | visitor_grade | 文本 | 等级 | 客户.客户等级 |\n"
    ":::\n\n"
    ":::判定 接待规格 (reception_rank)\n对象: 接待登记\n命中: 首条\n信息类别: 等级\n\n"
    "| 客户.累计购买额 | 来客等级 | → 规格 (rank) |\n|---|---|---|\n"
    '| >= 1000万 | - | "高" |\n| - | "B" | "中" |\n| - | - | "普通" |\n:::\n'
)


@pytest.fixture(autouse=True)
def _reading(company: Cast) -> None:
    """Receptions read the customer's grade and purchases."""
    publish(edition("2.0.0", (LAST, READING)))


def shown(member: Member, record_id: int) -> list[str]:
    """The grade of who came, and how they are received."""
    cells = records.get(viewer_for(member.id), "reception", record_id).cells
    return [cells[code].text for code in ("visitor_grade", "rank")]


def test_what_is_referred_to_is_followed(company: Cast) -> None:
    """A contract raises the customer's grade, and the customer's receptions with it, and nobody else's."""
    member = company.zhou_min
    su_qing, other = customer(member, "苏晴"), customer(member, "曾丽", "13900005612")
    first, second = reception(member, su_qing), reception(member, other)
    assert shown(member, first) == shown(member, second) == ["E", "普通"]
    contract(member, su_qing, amount="900万")
    assert shown(member, first) == ["B", "中"]
    contract(member, su_qing, "HT-2026-002", amount="900万", unit_sold="1-102")
    assert shown(member, first) == ["B", "高"]
    assert shown(member, second) == ["E", "普通"]


def test_another_reference_is_another_answer(company: Cast) -> None:
    """A reception that was put down for the wrong customer is computed anew with the right one."""
    member = company.zhou_min
    su_qing, other = customer(member, "苏晴"), customer(member, "曾丽", "13900005612")
    contract(member, su_qing, amount="900万")
    record_id = reception(member, other)
    values = {"customer": su_qing, "escort": "林总"}
    Update(viewer=viewer_for(member.id), record_type="reception", id=record_id, version=1, values=values).run()
    assert shown(member, record_id) == ["B", "中"]


def test_a_field_is_required_by_what_is_referred_to(company: Cast) -> None:
    """Whoever receives a B customer names who came along; nothing is filed without."""
    member = company.zhou_min
    su_qing = customer(member, "苏晴")
    contract(member, su_qing, amount="900万")
    with pytest.raises(Refused) as refused:
        reception(member, su_qing)
    assert refused.value.fields == {"escort": "必须填写。"}
    assert records.page(viewer_for(member.id), "reception", ListQuery()).rows == ()
    reception(member, su_qing, escort="林总")


def test_what_is_lacking_is_told_for_many_at_once(company: Cast) -> None:
    """The grade that makes a field required is looked up once for all records of the list."""
    member = company.zhou_min
    viewer = viewer_for(member.id)
    su_qing = customer(member, "苏晴")
    received = reception(member, su_qing)
    contract(member, su_qing, amount="900万")
    assert [row.id for row, _ in records.incomplete(viewer, "reception", ()).rows] == [received]
    with CaptureQueriesContext(connection) as one:
        records.incomplete(viewer, "reception", ())
    for number in range(4):
        reception(member, su_qing, f"2026-11-1{number}", escort="林总")
    with CaptureQueriesContext(connection) as five:
        found = records.incomplete(viewer, "reception", ())
    assert found.looked_at == 5
    assert len(one) == len(five)


def explained(viewer: Viewer, record_id: int) -> list[tuple[str, str]]:
    """What the reason says of each input that was looked at."""
    found = decisions.explanation(viewer, "reception", record_id, "reception_rank")
    assert found is not None
    return [(line.label, line.value.text) for line in found.lines]


def test_the_reason_shows_what_was_read_to_those_who_may_see_it(company: Cast) -> None:
    """累计购买额 is of a class that a salesperson does not see, though the reception's rank is not."""
    member = company.zhou_min
    su_qing = customer(member, "苏晴")
    record_id = reception(member, su_qing)
    contract(member, su_qing, amount="900万")
    assert explained(viewer_for(member.id), record_id)[0] == ("客户.累计购买额", "¥9,000,000.00")
    seller = customer(company.lin_xiao, "何宁", "13800000009")
    contract(member, seller, "HT-2026-009", amount="900万", unit_sold="1-109")
    received = reception(company.lin_xiao, seller, escort="林总")
    assert explained(viewer_for(company.lin_xiao.id), received)[0] == ("客户.累计购买额", "无权查看")
