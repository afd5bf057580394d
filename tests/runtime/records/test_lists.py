"""Lists: what is found, in which order, by how many queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import finding
from keguan.runtime.records import queries as records
from keguan.runtime.records.queries import Filter, ListQuery, Operator
from tests.runtime.records.filing import contract, customer

if TYPE_CHECKING:
    from tests.cast import Cast, Member

PEOPLE = (
    ("张伟", "13800135612"),
    ("张伟民", "13800135613"),
    ("曾丽", "13900005612"),
    ("欧阳娜", "13900000004"),
    ("John Smith", "13900000005"),
)


@pytest.fixture
def filed(company: Cast) -> dict[str, int]:
    """林晓's five customers, by name."""
    return {name: customer(company.lin_xiao, name, phone) for name, phone in PEOPLE}


def found(member: Member, **asked: object) -> list[str]:
    """Names on the first page."""
    page = records.page(viewer_for(member.id), "customer", ListQuery(**asked))  # type: ignore[arg-type]
    return [row.title.text for row in page.rows]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("张伟", ["张伟民", "张伟"]),
        ("张", ["张伟民", "张伟"]),
        ("伟民", ["张伟民"]),
        ("张民", []),
        ("zwm", ["张伟民"]),
        ("ZW", ["张伟民", "张伟"]),
        ("zl", ["曾丽"]),
        ("oyn", ["欧阳娜"]),
        ("john", ["John Smith"]),
        ("smith", []),
        ("5612", ["曾丽", "张伟"]),
        ("138 0013 5612", ["张伟"]),
        ("１３８００１３５６１２", ["张伟"]),
        ("138001356", []),
        ("%", []),
        ("龘", []),
    ],
)
def test_search(company: Cast, filed: dict[str, int], typed: str, names: list[str]) -> None:
    """By name, by the initials of its pinyin (曾 is zeng), by a whole phone or its last four; newest first."""
    assert found(company.lin_xiao, search=typed) == names


@pytest.mark.parametrize("typed", ["张伟", "zw", "5612"])
def test_search_stays_in_scope(company: Cast, filed: dict[str, int], typed: str) -> None:
    """方明 of another branch finds none of them, and an auditor, who sees neither name nor phone, neither."""
    assert found(company.fang_ming, search=typed) == []
    assert found(company.he_shen, search=typed) == []
    assert len(found(company.zhou_min, search=typed)) == 2


def test_last_four_shows_masked(company: Cast, filed: dict[str, int]) -> None:
    """Whoever is found by the last four digits is shown with a masked phone."""
    page = records.page(viewer_for(company.lin_xiao.id), "customer", ListQuery(search="5612"))
    assert [row.cells["phone"].text for row in page.rows] == ["139****5612", "138****5612"]
    assert {(row.cells["phone"].state, row.cells["phone"].value) for row in page.rows} == {("masked", None)}


@pytest.mark.parametrize(
    ("who", "code", "sort"),
    [
        ("lin_xiao", "total_purchase", "total_purchase"),
        ("lin_xiao", "phone", "phone"),
        ("zhou_min", "id_number", "-id_number"),
        ("he_shen", "name", "name"),
        ("zhou_min", "spaceship", "spaceship"),
        ("zhou_min", "traits", "traits"),
    ],
)
def test_what_may_not_be_seen_orders_nothing(company: Cast, who: str, code: str, sort: str) -> None:
    """Order by a hidden, a sensitive, an unknown or an unindexed field is refused, always in the same words."""
    with pytest.raises(Refused) as caught:
        found(getattr(company, who), sort=sort)
    assert caught.value.code == "records.sort"
    assert caught.value.message == f"您不能按“{code}”筛选或排序。"


@pytest.mark.parametrize(
    ("who", "code"), [("lin_xiao", "total_purchase"), ("zhou_min", "phone"), ("he_shen", "name"), ("zhou_min", "x")]
)
@pytest.mark.parametrize("operator", list(Operator))
def test_what_may_not_be_seen_filters_nothing(company: Cast, who: str, code: str, operator: Operator) -> None:
    """No operator, not even "is empty", answers a question about a hidden or a sensitive field."""
    with pytest.raises(Refused) as caught:
        found(getattr(company, who), filters=(Filter(code, operator, ("1",)),))
    assert caught.value.code == "records.filter"


def test_filters(company: Cast) -> None:
    """Choices, dates, texts and emptiness filter; several filters must all hold."""
    customer(company.lin_xiao, "甲", "13900000001", source="来电", first_contact="2026-01-01")
    customer(company.lin_xiao, "乙", "13900000002", source="来访", first_contact="2026-02-01")
    customer(company.lin_xiao, "丙", "13900000003", first_contact="2026-03-01")

    def names(*filters: Filter) -> list[str]:
        return found(company.lin_xiao, filters=filters)

    assert names(Filter("source", Operator.IS, ("来电", "来访"))) == ["乙", "甲"]
    assert names(Filter("source", Operator.NOT, ("来电",))) == ["丙", "乙"]
    assert names(Filter("source", Operator.EMPTY)) == ["丙"]
    assert names(Filter("source", Operator.PRESENT)) == ["乙", "甲"]
    assert names(Filter("name", Operator.CONTAINS, ("乙",))) == ["乙"]
    since = Filter("first_contact", Operator.FROM, ("2026年2月1日",))
    until = Filter("first_contact", Operator.TO, ("2026-02-28",))
    assert names(since) == ["丙", "乙"]
    assert names(since, until) == ["乙"]
    assert names(Filter("@owner", Operator.IS, (str(company.lin_xiao.id),))) == ["丙", "乙", "甲"]
    with pytest.raises(Refused, match="日期应写成"):
        names(Filter("first_contact", Operator.FROM, ("昨天",)))


@pytest.mark.parametrize("sort", ["", "name", "-name", "first_contact", "-first_contact", "source", "-source"])
def test_pages_join_without_gap_or_repeat(company: Cast, sort: str) -> None:
    """Walking the pages gives every record once, ties and empty values included, in one order."""
    days = ["2026-01-01", "2026-01-01", None, "2026-03-01", "2026-01-01", None, "2026-02-01"]
    ids = [
        customer(company.lin_xiao, f"甲{number % 3}", f"1390000000{number}", first_contact=day, source="来电")
        for number, day in enumerate(days)
    ]
    viewer = viewer_for(company.lin_xiao.id)
    whole = [row.id for row in records.page(viewer, "customer", ListQuery(sort=sort)).rows]
    walked: list[int] = []
    after = ""
    while True:
        page = records.page(viewer, "customer", ListQuery(sort=sort, after=after, size=2))
        walked += [row.id for row in page.rows]
        after = page.next
        if not after:
            break
    assert walked == whole
    assert sorted(walked) == sorted(ids)


def test_a_damaged_place_is_refused(company: Cast, filed: dict[str, int]) -> None:
    """A cursor that was tampered with gets a sentence, not an error."""
    for after in ("%%%", "W10", "bnVsbA", "WyJhIiwiYiJd"):
        with pytest.raises(Refused) as caught:
            found(company.lin_xiao, after=after)
        assert caught.value.code == "records.place"


@pytest.mark.parametrize(
    ("asked", "queries"),
    [
        ({}, 5),
        ({"search": "张伟"}, 7),
        ({"filters": (Filter("source", Operator.IS, ("来电",)),)}, 7),
        ({"sort": "-first_contact"}, 6),
        ({"columns": ("name", "phone", "source")}, 5),
    ],
)
def test_the_number_of_queries_does_not_grow(company: Cast, asked: dict[str, object], queries: int) -> None:
    """A list of two and a list of twenty take the same number of queries, known for each kind of question."""
    viewer = viewer_for(company.lin_xiao.id)
    taken = []
    for start, end in ((0, 2), (2, 20)):
        for number in range(start, end):
            customer(company.lin_xiao, "张伟", f"139000000{number:02d}", source="来电")
        with CaptureQueriesContext(connection) as captured:
            records.page(viewer, "customer", ListQuery(**asked))  # type: ignore[arg-type]
        taken.append(len(captured))
    assert taken == [queries, queries]


def test_references_take_one_query_each(company: Cast) -> None:
    """The names behind a page of contracts are fetched at once."""
    for number in range(3):
        contract(company.xu_ke, customer(company.lin_xiao, "张伟", f"1390000000{number}"), f"HT-{number}")
    viewer = viewer_for(company.xu_ke.id)
    with CaptureQueriesContext(connection) as captured:
        page = records.page(viewer, "purchase_contract", ListQuery())
    assert [row.cells["customer"].text for row in page.rows] == ["张伟"] * 3
    assert len(captured) == 6


def test_walking_and_driving_agree(company: Cast, filed: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether few rows are driven by or the table is walked, the same rows come in the same order."""
    contract(company.xu_ke, filed["张伟"])
    questions = [
        ListQuery(),
        ListQuery(search="张"),
        ListQuery(search="5612", sort="name"),
        ListQuery(sort="-grade"),
        ListQuery(filters=(Filter("grade", Operator.IS, ("A",)),)),
        ListQuery(filters=(Filter("grade", Operator.IS, ("A", "E")),), sort="name"),
        ListQuery(filters=(Filter("grade", Operator.NOT, ("A",)), Filter("name", Operator.CONTAINS, ("张",)))),
    ]
    answers = []
    for cap in (10_000, 0):
        monkeypatch.setattr(finding, "CAP", cap)
        for member in (company.lin_xiao, company.zhou_min, company.fang_ming):
            pages = [records.page(viewer_for(member.id), "customer", question) for question in questions]
            answers.append([[row.id for row in page.rows] for page in pages])
    assert answers[:3] == answers[3:]
    assert answers[0][4] == [filed["张伟"]]


def test_counts_stop_at_the_cap(company: Cast, filed: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the cap a list says "at least"."""
    viewer = viewer_for(company.lin_xiao.id)
    assert str(records.page(viewer, "customer", ListQuery()).count) == "5"
    monkeypatch.setattr(finding, "CAP", 3)
    assert str(records.page(viewer, "customer", ListQuery()).count) == "3+"
