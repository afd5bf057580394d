"""Files become records; rows that cannot are given back with reasons."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from keguan.runtime.imports import queries, working
from keguan.runtime.imports.actions import Start, Upload
from keguan.runtime.imports.models import Import, Rejection
from keguan.runtime.jobs.actions import run_now
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.ledger.models import Entry
from keguan.runtime.records import actions as records
from tests.cast import Cast
from tests.runtime.imports.files import csv, xlsx
from tests.runtime.imports.journey import (
    CONTRACT,
    CUSTOMER,
    bring_in,
    contract,
    customer,
    start,
    stored,
    upload,
    viewer,
)


def reasons(company: Cast, import_id: int) -> list[tuple[int, str, str, str]]:
    """Row, column, value and sentence of everything that came back."""
    rows = queries.rejections(viewer(company.xu_ke), import_id).rows
    return [(row.number, p.column, p.value, p.sentence) for row in rows for p in row.problems]


def test_good_rows_go_in_and_bad_rows_come_back(company: Cast) -> None:
    """Of three rows two are customers, and the third is given back with row, column and what to do."""
    rows = [CUSTOMER, customer("林知远", 1), customer("周小舟", 2, 手机="1390000"), customer("单琳", 3)]
    card = bring_in(company.xu_ke, rows)
    assert (card.state, card.created, card.rejected, card.position) == ("done", 2, 1, 3)
    assert stored("customer", "name", "import_id", "import_row") == [("林知远", card.id, 2), ("单琳", card.id, 4)]
    assert reasons(company, card.id) == [(3, "手机", "******", "手机号应为11位，这里是7位。")]
    assert card.summary == "新建 2 条，更新 0 条，退回 1 条。"


def test_every_fault_of_a_row_is_told_at_once(company: Cast) -> None:
    """A row with four faults comes back once with four reasons; sensitive values are masked, others repeated."""
    row = customer("", 1, 身份证号="110101199001011234", 来源="朋友圈", 首次接触日="2026-02-30")
    card = bring_in(company.xu_ke, [CUSTOMER, row])
    assert [each[1:] for each in reasons(company, card.id)] == [
        ("姓名", "", "必填，请补上。"),
        ("身份证号", "110***********1234", "身份证号的最后一位校验码不对，请与证件核对。"),
        ("来源", "朋友圈", "只能填：来电、来访、活动、业主、特殊途径。"),
        ("首次接触日", "2026-02-30", "没有这一天，请检查月份和日子。"),
    ]
    assert stored("customer", "id") == []


def test_formula_errors_lost_digits_and_masked_values_come_back(company: Cast) -> None:
    """What is no value is never imported as one."""

    def more(_: object, page: object) -> None:
        page.write_formula(1, 0, "=NA()", None, "#N/A")  # type: ignore[attr-defined]

    rows = [
        CUSTOMER,
        customer("", 1),
        customer("周小舟", 2, 身份证号=110101199003071234.0),  # type: ignore[arg-type]
        customer("单琳", 3, 手机="139****0003"),
    ]
    import_id = Upload(
        viewer=viewer(company.xu_ke), record_type="customer", file_name="a.xlsx", data=xlsx(rows, more=more)
    ).run()
    card = start(company.xu_ke, import_id)
    assert [(row, column, sentence) for row, column, _, sentence in reasons(company, card.id)] == [
        (2, "姓名", "公式出错（#N/A）。请修正公式，或把它粘贴为数值。"),
        (3, "身份证号", "这个号码被表格存成了数值，末几位已经丢失。请把该列设为文本格式后重新填写。"),
        (4, "手机", "这里是遮盖后的值，不能导入。请填写原文。"),
    ]


def test_a_firm_needs_its_credit_code(company: Cast) -> None:
    """What the policy requires of some rows only is required of them, though the sheet has no such column."""
    card = bring_in(company.xu_ke, [CUSTOMER, customer("云岭商贸有限公司", 1, 客户类别="单位")])
    assert reasons(company, card.id) == [(2, "统一社会信用代码", "", "按制度，这一行必须填写此项，请补上。")]


def test_blank_rows_are_passed_over(company: Cast) -> None:
    """Empty lines are neither records nor faults."""
    card = bring_in(company.xu_ke, [CUSTOMER, [], ["", "  "], customer("林知远", 1)])
    assert (card.created, card.rejected, card.position) == (1, 0, 3)
    assert stored("customer", "import_row") == [(4,)]


def test_a_gbk_csv_goes_in(company: Cast) -> None:
    """The same rows as a GBK file give the same record."""
    data = csv([CUSTOMER, customer("林知远", 1, 首次接触日="2026年3月2日")], "gbk")
    import_id = Upload(viewer=viewer(company.xu_ke), record_type="customer", file_name="a.csv", data=data).run()
    assert start(company.xu_ke, import_id).created == 1
    assert stored("customer", "name", "first_contact")[0][0] == "林知远"


class TestDuplicates:
    """找重 over encrypted columns."""

    def test_a_phone_in_another_spelling_is_found_in_the_file(self, company: Cast) -> None:
        """The second of two rows with one phone, written differently, comes back with the row of the first."""
        rows = [CUSTOMER, customer("林知远", 1), customer("林志远", 2, 手机="１３９ 0000-0001")]
        card = bring_in(company.xu_ke, rows)
        assert (card.created, card.rejected) == (1, 1)
        assert reasons(company, card.id) == [(3, "手机", "139****0001", "与本文件第 2 行重复。请只保留一行。")]

    def test_a_duplicate_in_an_earlier_batch_is_found_too(self, company: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        """Rows of one file are compared across batches as within one."""
        monkeypatch.setattr(working, "BATCH", 1)
        card = bring_in(company.xu_ke, [CUSTOMER, customer("林知远", 1), customer("林志远", 2, 手机="13900000001")])
        assert reasons(company, card.id) == [(3, "手机", "139****0001", "与本文件第 2 行重复。请只保留一行。")]

    def test_a_stored_customer_is_not_filed_twice(self, company: Cast) -> None:
        """With “skip” the row comes back and the stored record stays as it was."""
        bring_in(company.xu_ke, [CUSTOMER, customer("林知远", 1, 来源="来电")])
        before = stored("customer", "name", "source", "version")
        card = bring_in(company.xu_ke, [CUSTOMER, customer("林知远", 1, 来源="来访"), customer("单琳", 2)])
        assert (card.created, card.rejected) == (1, 1)
        assert "更新已有档案" in reasons(company, card.id)[0][3]
        assert stored("customer", "name", "source", "version")[:1] == before

    def test_update_changes_what_the_row_says_and_clears_nothing(self, company: Cast) -> None:
        """With “update” the filled cells change the stored record; the empty ones leave it alone."""
        bring_in(company.xu_ke, [CUSTOMER, customer("林知远", 1, 来源="来电", 首次接触日="2026-03-02")])
        card = bring_in(company.xu_ke, [CUSTOMER, customer("林知远", 1, 来源="来访")], on_duplicate="update")
        assert (card.created, card.updated, card.rejected) == (0, 1, 0)
        ((source, first_contact, version),) = stored("customer", "source", "first_contact", "version")
        assert (source, str(first_contact), version) == ("来访", "2026-03-02", 2)

    def test_a_row_about_two_records_changes_neither(self, company: Cast) -> None:
        """An ID number of one customer with the phone of another is not guessed at."""
        known = "110101199003070038"
        bring_in(company.xu_ke, [CUSTOMER, customer("林知远", 1, 身份证号=known), customer("单琳", 2)])
        rows = [CUSTOMER, customer("林知远", 2, 身份证号=known, 来源="来访")]
        card = bring_in(company.xu_ke, rows, on_duplicate="update")
        assert (card.updated, card.rejected) == (0, 1)
        assert stored("customer", "source") == [(None,), (None,)]


class TestReferences:
    """Rows of other sheets find their customer."""

    @pytest.fixture(autouse=True)
    def customers(self, company: Cast) -> None:
        """One customer whose name is theirs alone, two of one name."""
        rows = [
            CUSTOMER,
            customer("林知远", 1, 身份证号="110101199003070038", 归属人="林晓"),
            customer("单琳", 2),
            customer("单琳", 3),
        ]
        assert bring_in(company.xu_ke, rows).created == 3

    def bring(self, company: Cast, *rows: list[object]) -> list[str]:
        """Import contract rows; the sentences of those that came back."""
        card = bring_in(company.xu_ke, [CONTRACT, *rows], "purchase_contract")
        return [each[3] for each in reasons(company, card.id)]

    def test_by_phone_by_number_and_by_a_name_that_is_theirs_alone(self, company: Cast) -> None:
        """Each of the three ways leads to the same customer, whose owner the contract takes."""
        rows = (
            contract("HT-1", "+86 139 0000 0001"),
            contract("HT-2", "", 身份证号="11010119900307003８"),
            contract("HT-3", "", 客户姓名="林知远"),
        )
        assert self.bring(company, *rows) == []
        found = stored("purchase_contract", "contract_number", "customer_id", "owner_id", "amount")
        (first,) = stored("customer", "id")[:1]
        owner = company.lin_xiao.id
        assert found == [(f"HT-{n}", first[0], owner, 100_000_000) for n in (1, 2, 3)]

    @pytest.mark.parametrize(
        ("given", "word"),
        [
            ({"手机": "13900009999"}, "找不到"),
            ({"客户姓名": "单琳"}, "几份同名"),
            ({"客户姓名": "查无此人"}, "找不到"),
            ({"手机": "13900000002", "身份证号": "110101199003070038"}, "指向了不同"),
            ({"手机": "13900000001", "客户姓名": "单琳"}, "名称不符"),
            ({}, "没有说明是哪一份"),
        ],
    )
    def test_a_contract_whose_customer_is_not_certain_comes_back(
        self, company: Cast, given: dict[str, str], word: str
    ) -> None:
        """Nobody, several, contradicting and missing customers are refused with a sentence each."""
        (sentence,) = self.bring(company, contract("HT-1", "", **given))
        assert word in sentence
        assert stored("purchase_contract", "id") == []

    def test_grades_are_computed_with_the_import(self, company: Cast) -> None:
        """After the contracts are in, the grade is there, with its rule; nobody has to run anything."""
        assert self.bring(company, contract("HT-1", "13900000001", 50_000_000), contract("HT-2", "13900000002")) == []
        assert stored("customer", "grade", "customer_grade_rule") == [("A", 1), ("C", 7), ("E", 10)]


def test_receptions_fall_into_their_week(company: Cast) -> None:
    """Period fields are filled by the system, from the day and the unit of each row."""
    bring_in(company.xu_ke, [CUSTOMER, customer("林知远", 1, 归属人="林晓")])
    rows = [["接待日期", "接待方式", "手机", "接待摘要"], ["2026-03-02", "来电", "13900000001", "咨询户型"]]
    assert bring_in(company.xu_ke, rows, "reception").created == 1
    ((unit, start_day),) = stored("weekly_report", "unit_id", "period_start")
    assert (unit, str(start_day)) == (company.lin_xiao.unit_id, str(date(2026, 3, 2)))


class TestOwners:
    """归属人 says whose a record will be."""

    def test_by_name_by_user_name_or_left_open(self, company: Cast) -> None:
        """The named person's unit comes with them; without a name the importer keeps the record."""
        rows = [
            CUSTOMER,
            customer("甲一", 1, 归属人="林晓"),
            customer("乙二", 2, 归属人="fang_ming"),
            customer("丙三", 3),
        ]
        bring_in(company.xu_ke, rows)
        who = [company.lin_xiao, company.fang_ming, company.xu_ke]
        assert stored("customer", "owner_id", "unit_id") == [(each.id, each.unit_id) for each in who]

    def test_an_unknown_name_comes_back(self, company: Cast) -> None:
        """Nobody is guessed at."""
        card = bring_in(company.xu_ke, [CUSTOMER, customer("林知远", 1, 归属人="林小")])
        assert reasons(company, card.id) == [(2, "归属人", "林小", "没有这位在职人员。请填写姓名或登录名，或者留空。")]


def test_nobody_imports_without_the_right(company: Cast) -> None:
    """A salesperson's upload is refused, and nothing of it is kept."""
    with pytest.raises(Refused) as caught:
        upload(company.lin_xiao, [CUSTOMER, customer("林知远", 1)])
    assert caught.value.code == "not_permitted"
    assert not Import.objects.exists()


def test_an_import_is_its_uploaders_alone(company: Cast) -> None:
    """Another importer sees it but cannot start it."""
    import_id = upload(company.xu_ke, [CUSTOMER, customer("林知远", 1)])
    assert queries.one(viewer(company.zhou_min), import_id).by_name == "许可"
    with pytest.raises(Refused) as caught:
        Start(viewer=viewer(company.zhou_min), import_id=import_id).run()
    assert caught.value.code == "imports.not_found"
    assert Import.objects.get().state == "ready"


def test_a_bad_file_leaves_nothing_behind(company: Cast) -> None:
    """A file that is refused is neither kept nor counted."""
    kept = set((Path(settings.HOME) / "uploads").glob("*"))
    with pytest.raises(Refused) as caught:
        upload(company.xu_ke, [["品名", "单价"], ["茶叶", 12]])
    assert caught.value.code == "imports.wrong_sheet"
    assert not Import.objects.exists()
    assert set((Path(settings.HOME) / "uploads").glob("*")) == kept


def test_the_same_file_goes_in_twice_only_when_asked_for(company: Cast) -> None:
    """Records without anything to tell duplicates by would double."""
    bring_in(company.xu_ke, [CUSTOMER, customer("林知远", 1)])
    rows = [["客户", "参加日期", "参加方式"], ["林知远", "2026-03-02", "参加"]]
    assert bring_in(company.xu_ke, rows, "attendance").created == 1
    import_id = upload(company.xu_ke, rows, "attendance")
    with pytest.raises(Refused) as caught:
        start(company.xu_ke, import_id)
    assert caught.value.code == "imports.imported_before"
    assert len(stored("attendance", "id")) == 1
    assert start(company.xu_ke, import_id, again=True).created == 1
    assert len(stored("attendance", "id")) == 2


def test_an_error_in_a_batch_undoes_the_batch_and_only_it(company: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was settled before stays; started again, the import goes on from there and ends complete."""
    monkeypatch.setattr(working, "BATCH", 2)
    create, calls = records.CreateMany.do, []

    def failing(action: records.CreateMany) -> object:
        calls.append(action)
        result = create(action)
        if len(calls) == 2:
            raise RuntimeError("the disk is full")
        return result

    monkeypatch.setattr(records.CreateMany, "do", failing)
    import_id = upload(company.xu_ke, [CUSTOMER, *(customer(f"客户{n}", n) for n in range(5))])
    card = start(company.xu_ke, import_id)
    assert (card.state, card.position, card.created, card.stalled) == ("failed", 2, 2, True)
    assert len(stored("customer", "id")) == 2
    card = start(company.xu_ke, import_id)
    assert (card.state, card.position, card.created) == ("done", 5, 5)
    assert [row for (row,) in stored("customer", "import_row")] == [2, 3, 4, 5, 6]


def test_rows_that_another_process_settled_are_not_settled_again(
    company: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes at one import bring each row in once."""
    monkeypatch.setattr(working, "BATCH", 2)
    import_id = upload(company.xu_ke, [CUSTOMER, *(customer(f"客户{n}", n) for n in range(4))])
    first, second = (Start(viewer=viewer(company.xu_ke), import_id=import_id, wake=False).run() for _ in range(2))
    rows = working._rows

    def slow(stored_import: Import) -> object:
        """While the first is still reading the file, the second does all the work."""
        found = rows(stored_import)
        if not stored("customer", "id"):
            monkeypatch.setattr(working, "_rows", rows)
            run_now(second)
        return found

    monkeypatch.setattr(working, "_rows", slow)
    run_now(first)
    assert len(stored("customer", "id")) == 4
    assert queries.one(viewer(company.xu_ke), import_id).created == 4


def test_nothing_sensitive_stands_in_clear_anywhere(company: Cast) -> None:
    """Neither the tables of the import nor the ledger nor the upload on the disk hold a phone or an ID number."""
    number, phone = "110101199003070038", "13900000777"
    rows = [CUSTOMER, customer("林知远", 777, 身份证号=number), customer("周小舟", 777, 身份证号=number[:-1] + "0")]
    import_id = upload(company.xu_ke, rows)
    sealed = (Path(settings.HOME) / "uploads" / f"{Import.objects.get().file}.sealed").read_bytes()
    card = start(company.xu_ke, import_id)
    assert (card.created, card.rejected) == (1, 1)
    held = [repr(row).encode() for row in Rejection.objects.values_list()]
    held += [repr(row).encode() for row in Import.objects.values_list()]
    held += [repr(row).encode() for row in Entry.objects.values_list()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM rec_customer")
        held += [repr(row).encode() for row in cursor.fetchall()]
    for each in (*held, sealed):
        assert phone.encode() not in each
        assert number.encode() not in each


def test_the_upload_is_destroyed_when_it_has_served(company: Cast) -> None:
    """The file on the disk goes once the import is over; until then it is kept."""
    import_id = upload(company.xu_ke, [CUSTOMER, customer("林知远", 1)])
    path = Path(settings.HOME) / "uploads" / f"{Import.objects.get().file}.sealed"
    assert path.exists()
    card = start(company.xu_ke, import_id)
    assert card.over
    assert Import.objects.get().file == ""
    with pytest.raises(Refused) as caught:
        queries.preview(viewer(company.xu_ke), import_id)
    assert caught.value.code == "imports.file_gone"


def test_every_batch_is_in_the_ledger(company: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Upload, start, each batch with its counts, the records' own entries, and the end."""
    monkeypatch.setattr(working, "BATCH", 2)
    before = Entry.objects.count()
    bring_in(company.xu_ke, [CUSTOMER, *(customer(f"客户{n}", n) for n in range(3))])
    names = list(Entry.objects.order_by("id").values_list("action", flat=True))[before:]
    assert [name for name in names if not name.startswith("decisions.")] == [
        "imports.upload",
        "imports.start",
        "records.create_many",
        "imports.batch",
        "records.create_many",
        "imports.batch",
        "imports.finish",
    ]
    assert set(Entry.objects.filter(action="imports.batch").values_list("actor_name", flat=True)) == {"许可"}
