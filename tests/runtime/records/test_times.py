"""Fields that hold a time of day, a moment or a duration: filed, computed with, shown, changed, and listed."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from keguan.runtime.access.viewer import Viewer, viewer_for
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import Create, Update
from keguan.runtime.records.queries import Filter, ListQuery, Operator
from tests.cast import Cast
from tests.runtime.decisions.editions import edition, publish

FIELD = "| 可接受价格 | price_limit | Acceptable price | 金额 | | 来往 | 一般 |\n"
FACT = "| 参加活动次数 | attendances | Attendances | 整数 | 来往 | count(活动参加) |\n"
FIELDS = FIELD + (
    "| 来电时间 | calls_at | Calls at | 时间 | | 来往 | 一般 |\n"
    "| 到店时刻 | came_at | Came at | 日期时间 | | 来往 | 一般 |\n"
    "| 停留 | stayed | Stayed | 时长 | | 来往 | 一般 |\n"
)
FACTS = FACT + (
    "| 离店时刻 | left_at | Left at | 日期时间 | 来往 | 到店时刻 + 停留 |\n"
    '| 打烊前 | to_close | To closing time | 时长 | 来往 | @"21:00:00" - 来电时间 |\n'
    "| 久留 | stayed_long | Stayed long | 是否 | 来往 | 停留 >= 2小时 |\n"
)
VISIT = {"calls_at": "9:30", "came_at": "2026-11-20 22:45", "stayed": "1天12小时"}


@pytest.fixture
def lin_xiao(company: Cast) -> Viewer:
    """林晓, under a policy whose customers come at moments and stay for hours."""
    publish(edition("2.0.0", (FIELD, FIELDS), (FACT, FACTS)))
    return viewer_for(company.lin_xiao.id)


def filed(viewer: Viewer, name: str = "张伟", **values: str) -> int:
    """A customer."""
    given = {"name": name, "customer_kind": "个人", "phone": "13800135612", **values}
    return Create(viewer=viewer, record_type="customer", values=given).run()


def stored(viewer: Viewer, record_id: int, *codes: str) -> list[object]:
    """The values that a person is shown, in storage form."""
    shown = records.get(viewer, "customer", record_id).cells
    return [shown[code].value for code in codes]


def test_they_are_kept_and_computed_with(lin_xiao: Viewer) -> None:
    """What was typed comes back as times and seconds, and the facts made of it follow."""
    record_id = filed(lin_xiao, **VISIT)
    assert stored(lin_xiao, record_id, "calls_at", "came_at", "stayed") == [
        time(9, 30),
        datetime(2026, 11, 20, 22, 45),  # noqa: DTZ001 - the company's local time
        36 * 3600,
    ]
    assert stored(lin_xiao, record_id, "left_at", "to_close", "stayed_long") == [
        datetime(2026, 11, 22, 10, 45),  # noqa: DTZ001 - the company's local time
        11 * 3600 + 30 * 60,
        True,
    ]


def test_they_read_as_people_write_them(lin_xiao: Viewer) -> None:
    """09:30, a day with its weekday, 1天12小时."""
    shown = records.get(lin_xiao, "customer", filed(lin_xiao, **VISIT)).cells
    assert [shown[code].text for code in ("calls_at", "came_at", "stayed")] == [
        "09:30",
        "2026-11-20 周五 22:45",
        "1天12小时",
    ]


def test_a_change_is_computed_again(lin_xiao: Viewer) -> None:
    """A shorter stay moves the moment of leaving; nothing stays when the moment of coming is taken away."""
    record_id = filed(lin_xiao, **VISIT)
    Update(viewer=lin_xiao, record_type="customer", id=record_id, version=1, values={"stayed": "30分钟"}).run()
    assert stored(lin_xiao, record_id, "left_at", "stayed_long") == [
        datetime(2026, 11, 20, 23, 15),  # noqa: DTZ001 - the company's local time
        False,
    ]
    version = records.get(lin_xiao, "customer", record_id).version
    Update(viewer=lin_xiao, record_type="customer", id=record_id, version=version, values={"came_at": ""}).run()
    assert stored(lin_xiao, record_id, "came_at", "left_at") == [None, None]


def test_lists_are_filtered_and_paged_by_them(lin_xiao: Viewer) -> None:
    """A range of moments, a time, a duration; and pages in the order of moments."""
    for number, hour in enumerate(("09:00", "10:00", "11:00")):
        values = {"came_at": f"2026-11-20 {hour}", "stayed": f"{number}小时", "calls_at": hour}
        filed(lin_xiao, name=f"客{number}", **values | {"phone": f"1380013561{number}"})
    for wanted, names in (
        (Filter("came_at", Operator.FROM, ("2026-11-20 10:00",)), {"客1", "客2"}),
        (Filter("calls_at", Operator.TO, ("10:00",)), {"客0", "客1"}),
        (Filter("stayed", Operator.IS, ("2小时",)), {"客2"}),
        (Filter("left_at", Operator.FROM, ("2026-11-20 11:00",)), {"客1", "客2"}),
    ):
        page = records.page(lin_xiao, "customer", ListQuery(filters=(wanted,)))
        assert {row.title.text for row in page.rows} == names
    for code in ("came_at", "calls_at", "stayed"):
        first = records.page(lin_xiao, "customer", ListQuery(sort=code, size=2))
        second = records.page(lin_xiao, "customer", ListQuery(sort=code, size=2, after=first.next))
        assert [row.title.text for row in (*first.rows, *second.rows)] == ["客0", "客1", "客2"]


@pytest.mark.parametrize(
    ("code", "typed", "part"),
    [
        ("calls_at", "25:00", "09:30"),
        ("came_at", "昨天", "2026-11-21"),
        ("stayed", "三天", "3天"),
        ("stayed", "999999999天", "3天"),
    ],
)
def test_what_is_none_is_refused(lin_xiao: Viewer, code: str, typed: str, part: str) -> None:
    """The sentence says how to write it, and nothing is filed."""
    before = records.page(lin_xiao, "customer", ListQuery()).count
    with pytest.raises(Refused) as caught:
        filed(lin_xiao, **{code: typed})
    assert part in str(caught.value.fields[code])
    assert records.page(lin_xiao, "customer", ListQuery()).count == before
