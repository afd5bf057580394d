"""Fields that name a member of staff: entered by name, kept as an id, shown by name, compared."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime.access.viewer import Viewer, viewer_for
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.ledger.queries import entries_page
from keguan.runtime.org.actions import AddStaff, SetActive
from keguan.runtime.policies import queries as policies
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import Create, Update
from keguan.runtime.records.queries import Filter, ListQuery, Operator
from tests.cast import PASSWORD, Cast
from tests.runtime.decisions.editions import edition, publish

FIELD = "| 可接受价格 | price_limit | Acceptable price | 金额 | | 来往 | 一般 |\n"
FACT = "| 参加活动次数 | attendances | Attendances | 整数 | 来往 | count(活动参加) |\n"
FIELDS = FIELD + (
    "| 经办人 | handler | Handler | 人员 | | 来往 | 一般 |\n| 复核人 | reviewer | Reviewer | 人员 | | 来往 | 一般 |\n"
)
FACTS = FACT + (
    "| 自办自核 | same_person | Same person | 是否 | 来往 | 经办人 = 复核人 |\n"
    "| 负责的人 | in_charge | In charge | 人员 | 来往 | if 复核人 != null then 复核人 else 经办人 |\n"
)


@pytest.fixture
def lin_xiao(company: Cast) -> Viewer:
    """林晓, under a policy whose customers have a handler and a reviewer."""
    publish(edition("2.0.0", (FIELD, FIELDS), (FACT, FACTS)))
    return viewer_for(company.lin_xiao.id)


def filed(viewer: Viewer, name: str = "张伟", **values: object) -> int:
    """A customer."""
    given = {"name": name, "customer_kind": "个人", "phone": "13800135612", **values}
    return Create(viewer=viewer, record_type="customer", values=given).run()  # type: ignore[arg-type]


def stored(viewer: Viewer, record_id: int, *codes: str) -> list[object]:
    """The values that a person is shown, in storage form."""
    shown = records.get(viewer, "customer", record_id).cells
    return [shown[code].value for code in codes]


def second_lin_xiao(company: Cast) -> int:
    """Another person of 林晓's name, at 滨海."""
    return AddStaff(
        actor=SYSTEM, username="lin_xiao_2", staff_name="林晓", unit_id=company.fang_ming.unit_id, password=PASSWORD
    ).run()


@pytest.mark.parametrize("typed", ["赵启", " 赵启 ", "赵 启", "zhao_qi", "赵启（zhao_qi）", "赵启 (zhao_qi)"])
def test_a_name_or_an_account_is_kept_as_the_person(company: Cast, lin_xiao: Viewer, typed: str) -> None:
    """Whatever way they are named, the id is kept, and what is computed follows."""
    record_id = filed(lin_xiao, handler=typed, reviewer="林晓")
    handler, reviewer = company.zhao_qi.id, company.lin_xiao.id
    assert stored(lin_xiao, record_id, "handler", "reviewer", "same_person", "in_charge") == [
        *(handler, reviewer, False, reviewer)
    ]


def test_people_are_shown_by_name(lin_xiao: Viewer) -> None:
    """On the record, in a fact, and not at all where nobody is named."""
    cells = records.get(lin_xiao, "customer", filed(lin_xiao, handler="赵启")).cells
    assert [cells[code].text for code in ("handler", "reviewer", "in_charge")] == ["赵启", "", "赵启"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("钱七", "本公司没有“钱七”这个人。请填写姓名或登录名。"),
        ("周敏（zhao_qi）", "本公司没有“周敏（zhao_qi）”这个人。请填写姓名或登录名。"),
        (10**6, "没有这位人员。"),
        ("林晓", "叫“林晓”的有2人，请改填登录名。"),
    ],
)
def test_nobody_and_too_many_are_refused(company: Cast, lin_xiao: Viewer, typed: object, sentence: str) -> None:
    """An unknown or ambiguous name is refused with a sentence, and nothing is filed."""
    second_lin_xiao(company)
    with pytest.raises(Refused) as refused:
        filed(lin_xiao, handler=typed)
    assert refused.value.fields == {"handler": sentence}
    assert records.page(lin_xiao, "customer", ListQuery()).rows == ()


def test_of_two_of_one_name_the_one_still_here_is_meant(company: Cast, lin_xiao: Viewer) -> None:
    """A name shared with somebody who has left means the one who has not; the other can be named by account."""
    gone = second_lin_xiao(company)
    SetActive(actor=SYSTEM, staff_id=gone, active=False).run()
    record_id = filed(lin_xiao, handler="林晓", reviewer="lin_xiao_2")
    assert stored(lin_xiao, record_id, "handler", "reviewer") == [company.lin_xiao.id, gone]


def test_a_change_is_computed_again(company: Cast, lin_xiao: Viewer) -> None:
    """Taking the reviewer away leaves the handler in charge."""
    record_id = filed(lin_xiao, handler="赵启", reviewer="林晓")
    Update(viewer=lin_xiao, record_type="customer", id=record_id, version=1, values={"reviewer": ""}).run()
    assert stored(lin_xiao, record_id, "reviewer", "in_charge") == [None, company.zhao_qi.id]


def test_lists_filter_by_a_person_and_never_order_by_one(lin_xiao: Viewer) -> None:
    """经办人 is 赵启, by name; the order of ids means nothing to anybody."""
    filed(lin_xiao, "张伟", handler="赵启")
    filed(lin_xiao, "曾丽", phone="13900005612", handler="林晓")
    asked = (Filter("handler", Operator.IS, ("赵启",)),)
    rows = records.page(lin_xiao, "customer", ListQuery(filters=asked)).rows
    assert [row.title.text for row in rows] == ["张伟"]
    assert "handler" not in records.sortable_codes(lin_xiao, "customer")
    with pytest.raises(Refused):
        records.page(lin_xiao, "customer", ListQuery(sort="handler"))


def test_a_page_of_people_costs_no_query_more(lin_xiao: Viewer) -> None:
    """Everybody named on a page is looked up with the owners, in one query, however many they are."""
    for number, handler in enumerate(("赵启", "林晓", "周敏", "许可", "方明")):
        filed(lin_xiao, f"客户{number}", phone=f"1380013561{number}", handler=handler)
    with policies.pinned():
        records.page(lin_xiao, "customer", ListQuery(columns=("name",)))
        with CaptureQueriesContext(connection) as without:
            records.page(lin_xiao, "customer", ListQuery(columns=("name",)))
    with policies.pinned():
        policies.current()
        with CaptureQueriesContext(connection) as with_people:
            page = records.page(lin_xiao, "customer", ListQuery(columns=("name", "handler")))
    assert [row.cells["handler"].text for row in page.rows] == ["方明", "许可", "周敏", "林晓", "赵启"]
    assert len(with_people) == len(without) + 1  # without, the owner's name is remembered from the page before


def test_the_ledger_shows_whom_it_was_and_is(lin_xiao: Viewer) -> None:
    """Old and new of a change, by name."""
    record_id = filed(lin_xiao, handler="赵启")
    Update(viewer=lin_xiao, record_type="customer", id=record_id, version=1, values={"handler": "周敏"}).run()
    (entry,) = [each for each in entries_page().entries if each.action == "records.update"]
    told = records.changes(lin_xiao, "customer", record_id, entry.data["changes"])
    assert [each.text for each in told["handler"]] == ["赵启", "周敏"]
