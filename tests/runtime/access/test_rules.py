"""Access rules: what no row gives is denied, conditions choose records, masks and approvals hold at every question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from keguan.language.model.access import Permission, Right
from keguan.runtime.access import permits_door
from keguan.runtime.access.actions import Reveal
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.rights import allowed, permission, readable, visible
from keguan.runtime.access.viewer import Viewer, viewer_for
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import Create, Update, UpdateMany
from keguan.runtime.records.queries import Filter, ListQuery, Operator
from tests.runtime.access.rules import publish_rules
from tests.runtime.records.filing import contract, customer

if TYPE_CHECKING:
    from tests.cast import Cast

SELLER = (
    ("销售员", "身份", "是", "是", "-", "是", "-", "-", "-", "一般"),
    ("销售员", "联系", "遮盖", "审批", "-", "-", "审批", "本人", "-", "敏感"),
    ("销售员", "来往", "遮盖", "否", "-", "-", "-", "本人"),
    ("客服专员", "全部", "是", "是", "遮盖", "遮盖", "是", "全部", '客户等级 = "A"'),
    ("客服经理", "全部", "是", "是", "遮盖", "审批", "是"),
)


def shown(viewer: Viewer, *codes: str, **query: object) -> dict[int, dict[str, tuple[str, str]]]:
    """The list as text and state, by id."""
    page = records.page(viewer, "customer", ListQuery(columns=codes, **query))  # type: ignore[arg-type]
    return {row.id: {code: (cell.text, cell.state) for code, cell in row.cells.items()} for row in page.rows}


def test_what_no_row_gives_is_denied(company: Cast) -> None:
    """The supervisor, whose role sees every class, has no row: to them there are no customers."""
    made = customer(company.lin_xiao)
    publish_rules(*SELLER)
    supervisor = viewer_for(company.zhao_qi.id)
    assert not visible(supervisor, "customer")
    with pytest.raises(Refused, match=r"records\.type"):
        records.profile(supervisor, "customer", made)
    assert visible(supervisor, "purchase_contract")


def test_rows_mask_and_narrow(company: Cast) -> None:
    """林晓 sees names in her unit, phones and traits masked on her own, and no grade at all."""
    mine = customer(company.lin_xiao, traits="喜欢安静的座位和靠窗的位置")
    other = customer(company.zhao_qi, "李四光", "13800135613", traits="不要打电话")
    publish_rules(*SELLER)
    viewer = viewer_for(company.lin_xiao.id)
    asked = ("name", "phone", "traits", "grade")
    assert shown(viewer, *asked) == {
        mine: {
            "name": ("张伟", "plain"),
            "phone": ("138****5612", "masked"),
            "traits": ("喜欢安静的座******", "masked"),
        },
        other: {"name": ("李四光", "plain"), "phone": ("无权查看", "hidden"), "traits": ("无权查看", "hidden")},
    }


def test_a_masked_field_answers_no_question(company: Cast) -> None:
    """What a row masks may not be filtered, sorted, searched or counted by; what it shows may."""
    customer(company.lin_xiao, first_contact="2026-03-02")
    publish_rules(*SELLER)
    viewer = viewer_for(company.lin_xiao.id)
    for through in (Exit.FILTER, Exit.SORT, Exit.SEARCH, Exit.STATISTICS):
        assert not readable(viewer, "customer", through) & {"traits", "first_contact", "phone", "source", "grade"}
        assert "name" in readable(viewer, "customer", through)
    for asked in (Filter("first_contact", Operator.IS, ("2026-03-02",)), Filter("traits", Operator.PRESENT, ())):
        with pytest.raises(Refused, match=r"records\.filter"):
            shown(viewer, "name", filters=(asked,))
    with pytest.raises(Refused, match=r"records\.sort"):
        shown(viewer, "name", sort="first_contact")
    assert shown(viewer, "name", search="13800135612") == {}
    assert shown(viewer, "name", search="5612") == {}
    assert len(shown(viewer, "name", search="张伟")) == 1


def test_a_condition_chooses_the_records(company: Cast) -> None:
    """许可 sees grade A alone, in the list and by its number; when the grade changes, so does what is seen."""
    keeper = viewer_for(company.zhou_min.id)
    great, small = customer(company.lin_xiao), customer(company.lin_xiao, "李四光", "13800135613")
    bought = contract(company.xu_ke, great)
    publish_rules(*SELLER)
    viewer = viewer_for(company.xu_ke.id)
    assert list(shown(viewer, "name")) == [great]
    with pytest.raises(Refused, match=r"records\.not_found"):
        records.profile(viewer, "customer", small)
    Update(
        viewer=keeper, record_type="purchase_contract", id=bought, version=1, values={"contract_status": "已解除"}
    ).run()
    assert shown(viewer, "name") == {}


def test_the_rights_on_a_record(company: Cast) -> None:
    """The most generous row counts; sensitive values leave masked; a wider role reaches no further than its rows."""
    mine = customer(company.lin_xiao)
    publish_rules(*SELLER)
    viewer = viewer_for(company.lin_xiao.id)
    place = records.profile(viewer, "customer", mine).row.place
    told = {right: permission(viewer, "customer", "phone", right, place) for right in Right}
    assert told == {
        Right.SEE: Permission.MASKED,
        Right.CHANGE: Permission.APPROVAL,
        Right.EXPORT: Permission.NO,
        Right.PRINT: Permission.NO,
        Right.REVEAL: Permission.APPROVAL,
    }
    assert permission(viewer, "customer", "name", Right.PRINT, place) is Permission.YES
    manager = viewer_for(company.zhou_min.id)
    assert permission(manager, "customer", "phone", Right.PRINT, place) is Permission.APPROVAL
    assert permission(manager, "customer", "name", Right.EXPORT, place) is Permission.MASKED
    assert set(allowed(viewer, "customer", Right.PRINT, Exit.PROFILE)) >= {"name", "gender"}
    assert "phone" not in allowed(viewer, "customer", Right.PRINT, Exit.PROFILE)


def test_what_may_not_be_changed(company: Cast) -> None:
    """A field that no row lets her change is refused by its name, one that needs an approval names the process."""
    mine = customer(company.lin_xiao, source="来电")
    publish_rules(*SELLER)
    viewer = viewer_for(company.lin_xiao.id)
    change = {"name": "张伟民", "source": "来访", "phone": "13800135619"}
    with pytest.raises(Refused, match=r"records\.invalid") as refused:
        Update(viewer=viewer, record_type="customer", id=mine, version=1, values=change).run()
    assert refused.value.fields == {
        "source": "您的岗位不能修改“来源”。",
        "phone": "修改“手机”须经审批：请先办理“修改审批”，批准后再改。",
    }
    with pytest.raises(Refused, match=r"records\.invalid"):
        UpdateMany(viewer=viewer, record_type="customer", rows={mine: {"source": "来访"}}).run()
    assert records.profile(viewer, "customer", mine).row.version == 1
    Update(viewer=viewer, record_type="customer", id=mine, version=1, values={"name": "张伟民"}).run()
    assert records.profile(viewer, "customer", mine).row.title.text == "张伟民"


def test_a_new_record_may_be_filled_in(company: Cast) -> None:
    """Whoever files a customer writes what they may see, though they may not change it later; nothing else."""
    publish_rules(*SELLER)
    viewer = viewer_for(company.lin_xiao.id)
    values = {"name": "张伟", "customer_kind": "个人", "phone": "13800135612"}
    assert Create(viewer=viewer, record_type="customer", values={**values, "source": "来访"}).run()
    other = {**values, "name": "李四", "phone": "13800135613", "id_number": "110101199003074021"}
    with pytest.raises(Refused, match=r"records\.invalid") as refused:
        Create(viewer=viewer, record_type="customer", values=other).run()
    assert set(refused.value.fields) == {"id_number"}


@pytest.fixture
def permit(company: Cast) -> Iterator[list[tuple[int | None, Right, str]]]:
    """A stand-in for permits: those that stand, as (person, right, field)."""
    standing: list[tuple[int | None, Right, str]] = []

    def stands(viewer: Viewer, right: Right, record_type: str, code: str, record_id: int) -> bool:
        del record_type, record_id
        return (viewer.staff_id, right, code) in standing

    permits_door.register(stands)
    yield standing
    permits_door.forget(stands)


def test_an_approved_case_opens_what_waited_for_it(company: Cast, permit: list[tuple[int | None, Right, str]]) -> None:
    """With a permit she changes the phone and sees the original; without one neither."""
    mine = customer(company.lin_xiao)
    publish_rules(*SELLER)
    viewer = viewer_for(company.lin_xiao.id)
    reveal = Reveal(viewer=viewer, record_type="customer", id=mine, field="phone", reason="核对身份")
    with pytest.raises(Refused, match=r"reveal\.approval"):
        reveal.run()
    permit += [(viewer.staff_id, Right.REVEAL, "phone"), (viewer.staff_id, Right.CHANGE, "phone")]
    assert reveal.run() == "13800135612"
    Update(viewer=viewer, record_type="customer", id=mine, version=1, values={"phone": "13800135619"}).run()
    assert reveal.run() == "13800135619"


CLASSES = """
:::类别 信息类别 (information_classes)
级别: C1 < C2 < C3

| 信息类别 | 代码 | 保护级别 | 显示 |
|---|---|---|---|
| 身份 | identity | C2 | - |
| 联系 | contact | C3 | 从不 |
| 来往 | dealings | C1 | 遮盖 |
:::
"""


def test_a_class_that_is_never_shown(company: Cast) -> None:
    """C3 shows not even the ends of a number, and nobody gets the original, whatever their row says; a class that is
    masked for all is masked for those who may see everything.
    """
    made = customer(company.lin_xiao, traits="喜欢安静的座位和靠窗的位置")
    publish_rules(*SELLER, before=CLASSES)
    manager = viewer_for(company.zhou_min.id)
    assert shown(manager, "phone", "traits", "name")[made] == {
        "phone": ("******", "masked"),
        "traits": ("喜欢安静的座******", "masked"),
        "name": ("张伟", "plain"),
    }
    with pytest.raises(Refused, match=r"reveal\.scope"):
        Reveal(viewer=manager, record_type="customer", id=made, field="phone", reason="核对身份").run()
    assert records.profile(manager, "customer", made).revealable == frozenset()
