"""Whatever the access rules are, a list and a single record give the same answer for every record and every field."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from keguan.language.model.access import Permission, Right
from keguan.language.model.conditions import is_condition
from keguan.language.model.model import Fact
from keguan.runtime.access.columns import columns, condition_columns
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.present import Sight
from keguan.runtime.access.rights import permission, reaches, readable, scope
from keguan.runtime.access.viewer import place_of, viewer_for
from keguan.runtime.clock import today
from keguan.runtime.policies.language_door import Runner
from keguan.runtime.policies.queries import current
from keguan.runtime.records.classes import attribute, rows_of
from keguan.runtime.records.editing import by_code
from keguan.runtime.records.layout import record_columns
from tests.runtime.access.rules import publish_rules
from tests.runtime.records.filing import contract, customer, reception

if TYPE_CHECKING:
    from tests.cast import Cast

ROLES = ("销售员", "销售主管", "客服经理", "客服专员", "审计员")
CONDITIONS = (
    "-",
    "有购买意向 = true",
    "可接受价格 > 100万",
    '可接受价格 > 100万 and 来源 = "来访"',
    'not(来源 = "来访")',
    '客户等级 = "A" or 客户等级 = "D"',
    "count(接待登记) > 0",
    "首次接触日 < today() - 30天",
    "累计购买额 >= 800万",
)
ROW = st.tuples(
    st.sampled_from(ROLES),
    st.sampled_from(("全部", "身份", "联系", "来往", "交易", "等级")),
    st.sampled_from(("是", "遮盖")),
    st.just("-"),
    st.just("-"),
    st.just("-"),
    st.just("-"),
    st.sampled_from(("-", "本人", "本部门", "全部")),
    st.sampled_from(CONDITIONS),
    st.sampled_from(("-", "一般", "敏感")),
)
RULES = st.lists(ROW, min_size=1, max_size=6, unique_by=lambda row: (row[0], row[1], row[7], row[8], row[9]))


def filed(company: Cast) -> None:
    """Customers of both branches, as different as the conditions can tell them."""
    lin, zhao, fang, keeper = company.lin_xiao, company.zhao_qi, company.fang_ming, company.xu_ke
    customer(lin, "张一", "13800135601", intends="是", price_limit="300万", source="来访", first_contact="2026-03-02")
    customer(lin, "张二", "13800135602", intends="否", source="来电", first_contact="2026-11-20")
    customer(zhao, "张三", "13800135603", price_limit="80万", source="来访")
    customer(fang, "张四", "13800135604", intends="是", price_limit="200万")
    rich = customer(fang, "张五", "13800135605")
    contract(keeper, rich)
    reception(fang, rich)
    customer(keeper, "张六", "13800135606", source="活动")


def rows() -> list[dict[str, Any]]:
    """Every customer's row."""
    model = current().model
    names = ("id", *(column.name for column in record_columns(model, "customer")))
    found = rows_of(model, "customer").values_list(*map(attribute, names))
    return [dict(zip(names, row, strict=True)) for row in found]


def found(condition: Any) -> set[int]:
    """The ids that a condition of the list gives."""
    return set(rows_of(current().model, "customer").filter(condition).values_list("id", flat=True))


@given(rules=RULES)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],
)
def test_a_list_and_a_record_agree(company: Cast, afternoon: object, rules: list[tuple[str, ...]]) -> None:
    """For random rules: the list's condition, the verdict on one record and what is shown of it never differ, and each
    condition in the database is what the other execution of the language makes of the record.
    """
    del afternoon
    if not rows():
        filed(company)
    publish_rules(*rules, version=f"1.0.{_next()}")
    model = current().model
    stored = rows()
    for row in stored:
        assert_conditions(row)
    for member in (company.lin_xiao, company.zhao_qi, company.zhou_min, company.xu_ke, company.he_shen):
        viewer = viewer_for(member.id)
        near = {row["id"] for row in stored if reaches(viewer, "customer", place_of(row), model)}
        assert found(scope(viewer, "customer", (), model)) == near
        sight = Sight(viewer, "customer", Exit.LIST, None, model)
        asked = readable(viewer, "customer", Exit.FILTER, model)
        for code, column in columns(model, "customer").items():
            given_by = {
                row["id"]: permission(viewer, "customer", code, Right.SEE, place_of(row), model) for row in stored
            }
            assert {row["id"] for row in stored if code in sight.codes_on(row)} == {
                record_id for record_id, given in given_by.items() if given is not Permission.NO
            }
            if column.sensitive:
                continue
            plain = {record_id for record_id, given in given_by.items() if given is Permission.YES}
            assert found(scope(viewer, "customer", (code,), model)) == plain
            assert (code in asked) >= bool(plain)


def assert_conditions(row: dict[str, Any]) -> None:
    """What stands in the columns of conditions is what generated Python makes of the record's stored values; a figure
    over children is left to the tests of the language.
    """
    model = current().model
    steps = [each for each in model.computations["customer"] if is_condition(each.code)]
    own = tuple(each for each in steps if isinstance(each, Fact) and "接待登记" not in each.text)
    if own:
        made = Runner(replace(model, computations={"customer": own}), "customer").run(
            by_code(model, "customer", row), {}, today()
        )
        assert {each.text: bool(row[each.code]) for each in own} == {each.text: made[each.code] is True for each in own}


_versions = iter(range(1, 100_000))


def _next() -> int:
    return next(_versions)


def test_the_conditions_are_columns(company: Cast) -> None:
    """A condition is kept in a column of its own, named by its text, and no list offers it."""
    publish_rules(("客服专员", "全部", "是", "-", "-", "-", "-", "-", '来源 = "来访"'))
    (name,) = condition_columns(current().model, "customer")
    with connection.cursor() as cursor:
        there = {each.name for each in connection.introspection.get_table_description(cursor, "rec_customer")}
    assert name in there
    assert name not in columns(current().model, "customer")
    assert name.startswith("access_if_")
    del company
