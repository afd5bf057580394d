"""Headings as people write them, matched to the fields of the policy in the repository."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils.translation import override

from keguan.language import api
from keguan.language.model.model import Model
from keguan.language.source import read_pack
from keguan.runtime.imports.mapping.layout import choose_sheet, lay_out
from keguan.runtime.imports.mapping.mapping import Mapping, check, guess
from keguan.runtime.imports.mapping.targets import targets
from keguan.runtime.imports.template import template
from keguan.runtime.imports.workbook.opening import open_workbook
from keguan.runtime.imports.workbook.unreadable import Unreadable
from keguan.runtime.ledger.actions import Refused
from tests.runtime.imports.files import xlsx

PACKS = Path(__file__).parents[4] / "packs"


@pytest.fixture(scope="module")
def model() -> Model:
    """The policy in the repository, linked."""
    checked = api.check([read_pack(PACKS / "core"), read_pack(PACKS / "property-developer")])
    assert checked.model is not None
    return checked.model


def guessed(model: Model, record_type: str, *headings: str) -> tuple[str | None, ...]:
    """What these headings are taken for."""
    return guess(headings, targets(model, model.record_types[record_type]))


def test_labels_codes_english_and_common_names_are_understood(model: Model) -> None:
    """Stars, brackets, blanks, full width and common other names do not hide what a column is."""
    headings = (
        "姓名 *",
        "手 机 号 码",
        "证件号码",
        "First contact",
        "living_area",
        "可接受价格（元）",
        "客户经理",
        "备用",
    )
    assert guessed(model, "customer", *headings) == (
        "name", "phone", "id_number", "first_contact", "living_area", "price_limit", "owner", None,
    )  # fmt: skip


def test_a_contract_names_its_customer_by_name_phone_or_number(model: Model) -> None:
    """On the sheet of contracts, 手机 and 身份证号 are the customer's: they find it."""
    headings = ("合同编号", "客户姓名", "手机", "身份证号", "合同金额(元)", "签订日", "归属人")
    assert guessed(model, "purchase_contract", *headings) == (
        "contract_number", "customer.name", "customer.phone", "customer.id_number", "amount", "signed_on", "owner",
    )  # fmt: skip


def test_a_bare_reference_heading_is_the_title_of_what_it_refers_to(model: Model) -> None:
    """客户 means the customer's name, 活动 the activity's."""
    assert guessed(model, "attendance", "客户", "活动", "参加日期") == (
        "customer.name",
        "activity.activity_name",
        "attended_on",
    )


def test_two_references_to_one_type_stay_apart(model: Model) -> None:
    """客户甲手机 and 客户乙手机 are two columns; a bare 手机 is the first one's."""
    assert guessed(model, "relation", "客户甲手机", "客户乙手机", "关系") == (
        "customer.phone",
        "other.phone",
        "relation_kind",
    )
    assert guessed(model, "relation", "手机", "客户乙") == ("customer.phone", "other.name")


def test_a_heading_twice_is_mapped_once(model: Model) -> None:
    """The second of two equal headings is left for the person to decide."""
    assert guessed(model, "customer", "手机", "手机") == ("phone", None)


def test_period_fields_are_never_asked_for(model: Model) -> None:
    """The system fills 所属周报 by itself."""
    assert "weekly_report" not in {target.code for target in targets(model, model.record_types["reception"])}


@pytest.mark.parametrize(
    ("columns", "code", "word"),
    [
        (("name", "customer_kind"), "imports.mapping_missing", "手机"),
        (("name", "customer_kind", "phone", "phone"), "imports.mapping_twice", "手机"),
        (("name", "nonsense"), "imports.mapping_unknown", "nonsense"),
    ],
)
def test_a_mapping_that_cannot_work_is_refused(model: Model, columns: tuple[str, ...], code: str, word: str) -> None:
    """Missing required fields, doubled and unknown targets are named."""
    with pytest.raises(Refused) as caught:
        check(Mapping("客户", 1, columns), targets(model, model.record_types["customer"]))
    assert caught.value.code == code
    assert word in caught.value.message


def test_a_required_reference_needs_one_of_its_keys(model: Model) -> None:
    """A contract sheet without any column for the customer is refused; one key is enough."""
    fields = ("contract_number", "amount", "signed_on", "contract_status", "property_kind", "unit_sold", "discount")
    every = targets(model, model.record_types["purchase_contract"])
    with pytest.raises(Refused) as caught:
        check(Mapping("", 1, fields), every)
    assert "客户" in caught.value.message
    check(Mapping("", 1, (*fields, "customer.phone")), every)


def laid_out(model: Model, data: bytes, sheet: str | None = None) -> tuple[int, tuple[str, ...]]:
    """The row of headings found in a customer file, and the headings."""
    kind = model.record_types["customer"]
    book = open_workbook(data)
    layout = lay_out(book.read(choose_sheet(book, kind, sheet)), kind, targets(model, kind))
    return layout.heading_row, layout.headings


def test_a_merged_title_above_the_headings_is_fine(model: Model) -> None:
    """A title over all columns is passed over; the headings are found below it."""
    data = xlsx(
        [[], ["姓名", "手机"], ["林知远", "13900000001"]],
        more=lambda _, page: page.merge_range(0, 0, 0, 1, "客户登记表"),
    )
    assert laid_out(model, data) == (2, ("姓名", "手机"))


def refused(model: Model, data: bytes, sheet: str | None = None) -> Unreadable:
    """The refusal of a customer file."""
    with pytest.raises(Unreadable) as caught:
        laid_out(model, data, sheet)
    return caught.value


def test_merged_cells_among_the_rows_are_refused_with_their_place(model: Model) -> None:
    """Which row a merged value belongs to cannot be known."""
    data = xlsx(
        [["姓名", "手机"], ["林知远", "13900000001"], ["周敏"]],
        more=lambda _, page: page.merge_range(1, 1, 2, 1, "13900000001"),
    )
    refusal = refused(model, data)
    assert refusal.code == "imports.merged_cells"
    assert "B2:B3" in refusal.message
    assert "取消合并" in refusal.message


def test_the_wrong_sheet_is_refused_with_what_was_seen_and_expected(model: Model) -> None:
    """A sheet of something else says what it looks like and what it should look like."""
    refusal = refused(model, xlsx([["品名", "单价"], ["茶叶", 12]], sheet="库存"))
    assert refusal.code == "imports.wrong_sheet"
    assert "品名、单价" in refusal.message
    assert "姓名" in refusal.message


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(model: Model) -> None:
    """The names to choose from are listed."""
    refusal = refused(model, xlsx([["姓名"], ["林知远"]]), "顾客")
    assert refusal.code == "imports.no_such_sheet"
    assert "客户" in refusal.message


def test_headings_without_rows_are_refused(model: Model) -> None:
    """An empty template is not an import."""
    assert refused(model, xlsx([["姓名", "手机"], ["", "  "]])).code == "imports.no_rows"


def test_a_formula_error_among_the_headings_is_refused(model: Model) -> None:
    """A heading must be text."""
    data = xlsx(
        [["姓名", "手机"], ["林知远", "13900000001"]],
        more=lambda _, page: page.write_formula(0, 2, "=NA()", None, "#N/A"),
    )
    assert refused(model, data).code == "imports.heading_formula"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("record_type", ["customer", "purchase_contract", "attendance", "reception", "relation"])
def test_every_template_is_understood_without_any_mapping(model: Model, record_type: str, language: str) -> None:
    """All headings of a template, in either language, are recognised, each as what it was written for."""
    kind = model.record_types[record_type]
    every = targets(model, kind)
    with override(language):
        workbook = open_workbook(template(model, kind))
    label = kind.label.text("en" if language == "en" else "zh")
    columns = guess([str(cell) for cell in workbook.read(label).rows[0]], every)
    assert columns == tuple(target.code for target in every)
    check(Mapping(label, 1, columns), every)


def test_a_template_explains_itself(model: Model) -> None:
    """Its second sheet says of each column whether it is needed and how to fill it."""
    rows = open_workbook(template(model, model.record_types["customer"])).read("填写说明").rows
    notes = {str(row[0]): (row[1], row[2]) for row in rows}
    assert notes["手机"] == ("必填", "11 位手机号，例如 13900000001。")
    assert notes["统一社会信用代码"][0] == "视情况"
    assert notes["客户类别"] == ("必填", "填其中一项：个人、单位。")
    assert notes["归属人"] == ("", "负责人的姓名或登录名；不填则随它所属的档案，没有所属的归导入人。")
