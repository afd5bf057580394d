"""The demo workbook: invented, messy on purpose, and the same every time."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from stdnum.cn import ric, uscc

from keguan.demo import identity, rows, workbook
from keguan.demo.company import BRANCHES, COMPANY, ESTATES, ESTATES_OFFICE, HEAD_OFFICE, HEADS, STAFF
from keguan.demo.plan import Plan

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def sheets() -> dict[str, workbook.Sheet]:
    """A tenth of the demo, by sheet name."""
    return {sheet.name: sheet for sheet in workbook.sheets(TODAY, Plan.scaled(1000))}


def test_the_company_has_its_people_in_every_office_and_every_post() -> None:
    """32 staff in 7 offices, each with a head of its own, 22 roles, and sign-in names that nobody shares."""
    assert len(STAFF) == len({person.username for person in STAFF}) == 32
    offices = {HEAD_OFFICE, *BRANCHES, ESTATES_OFFICE, *ESTATES}
    assert {person.office for person in STAFF} == offices
    assert HEADS.keys() == {COMPANY, *offices}
    assert len(set(HEADS.values())) == len(HEADS)
    assert len({role for person in STAFF for role in person.roles}) == 22


def test_the_full_plan_has_ten_thousand_customers_and_fourteen_thousand_contracts() -> None:
    """The figures of the demo, with three bad rows for every hundred good ones."""
    plan = Plan()
    assert (plan.customers, plan.contracts) == (10_000, 14_000)
    assert (plan.bad(plan.customers), plan.bad(plan.contracts)) == (300, 420)


def test_sheets_stand_in_the_order_of_import(sheets: dict[str, workbook.Sheet]) -> None:
    """Whatever is referred to comes first."""
    assert list(sheets) == ["客户", "购买合同", "活动", "活动参加", "接待登记"]
    assert [len(sheet.rows) for sheet in sheets.values()] == [1030, 1442, 22, 515, 824]


def test_the_same_day_gives_the_same_cells(sheets: dict[str, workbook.Sheet], tmp_path: Path) -> None:
    """A second workbook of the same day equals the first, cell by cell; another seed does not."""
    again = {sheet.name: sheet for sheet in workbook.sheets(TODAY, Plan.scaled(1000))}
    assert again == sheets
    other = next(iter(workbook.sheets(TODAY, Plan.scaled(1000), seed=7)))
    assert other != sheets["客户"]
    for name in ("a.xlsx", "b.xlsx"):
        workbook.write(tmp_path / name, TODAY, Plan.scaled(20))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_numbers_are_right_in_form_and_plainly_invented(sheets: dict[str, workbook.Sheet]) -> None:
    """ID numbers have right check digits but for the bad rows, phones are all …0000…."""
    plain = [str(row["身份证号码"]) for row in sheets["客户"].rows if len(str(row["身份证号码"])) == 18]
    ascii_only = [number.upper() for number in plain if number.isascii()]
    wrong = [number for number in ascii_only if not ric.is_valid(number)]
    assert len(ascii_only) == 504
    assert len(wrong) == 8
    codes = [str(row["统一社会信用代码"]) for row in sheets["客户"].rows if row["统一社会信用代码"]]
    assert codes
    assert all(map(uscc.is_valid, codes))
    assert {identity.phone(n)[3:7] for n in (0, 9_999, 10_000, 49_999)} == {"0000"}
    assert len({identity.phone(n) for n in range(50_000)}) == 50_000


def test_the_mess_is_there(sheets: dict[str, workbook.Sheet]) -> None:
    """Full-width digits, blanks, numbers as phones, Excel and text dates, scientific notation, duplicates."""
    customers = sheets["客户"].rows
    phones = [row["手机号码"] for row in customers]
    assert any(isinstance(phone, int) for phone in phones)
    assert any(isinstance(phone, str) and phone.startswith("１") for phone in phones)
    assert any(isinstance(phone, str) and " " in phone.strip() for phone in phones)
    assert phones.count("1.39E+10") == 4
    assert {type(row["首次接触日"]) for row in customers} == {date, str}
    assert any(isinstance(row["合同金额(元)"], str) and "万" in row["合同金额(元)"] for row in sheets["购买合同"].rows)
    numbers = Counter(row["合同编号"] for row in sheets["购买合同"].rows)
    assert sorted(numbers.values())[-2:] == [1, 9]


def test_everything_lies_within_the_last_two_years(sheets: dict[str, workbook.Sheet]) -> None:
    """No event is older than 24 months or in the future."""
    days = [row["签订日"] for row in sheets["购买合同"].rows] + [row["接待日期"] for row in sheets["接待登记"].rows]
    real = [day for day in days if isinstance(day, date)]
    assert min(real) >= date(2024, 11, 21)
    assert max(real) <= TODAY


def test_the_written_file_reads_back(tmp_path: Path) -> None:
    """The .xlsx holds the sheets with their headings and rows."""
    path = tmp_path / "demo.xlsx"
    workbook.write(path, TODAY, Plan.scaled(100))
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["客户", "购买合同", "活动", "活动参加", "接待登记"]
    read = book.get_sheet_by_name("客户").to_python()
    assert tuple(read[0]) == rows.CUSTOMER_COLUMNS
    assert len(read) == 104
