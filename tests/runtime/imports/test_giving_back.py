"""The error file: who gets which rows back, and how."""

from __future__ import annotations

from datetime import date

import orjson
import pytest

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.imports import queries
from keguan.runtime.imports.actions import GiveBack
from keguan.runtime.imports.workbook.opening import open_workbook
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.ledger.models import Entry
from keguan.runtime.org.actions import Appoint
from tests.cast import Cast, Member
from tests.runtime.imports.journey import CONTRACT, CUSTOMER, bring_in, contract, customer, stored, viewer

BAD = [CUSTOMER, customer("林知远", 1, 来源="朋友圈"), customer("=1+1", 2, 手机="1390000")]


def given_back(member: Member, import_id: int) -> list[list[object]]:
    """The rows of the error file as this person gets it."""
    back = GiveBack(viewer=viewer(member), import_id=import_id).run()
    return [list(row) for row in open_workbook(back.data).read("退回的行").rows]


def test_the_uploader_gets_the_rows_as_typed_with_reasons(company: Cast) -> None:
    """Reason and row number come first; what looks like a formula stays text."""
    card = bring_in(company.xu_ke, BAD)
    heading, first, second = given_back(company.xu_ke, card.id)
    assert heading == ["退回原因", "原行号", *CUSTOMER]
    assert first[:5] == [
        "来源：只能填：来电、来访、活动、业主、特殊途径。", 2.0, "林知远", "个人", "13900000001",
    ]  # fmt: skip
    assert second[:5] == ["手机：手机号应为11位，这里是7位。", 3.0, "=1+1", "个人", "1390000"]


def test_the_corrected_file_goes_in(company: Cast) -> None:
    """The file that came back is understood without any mapping once its rows are put right."""
    card = bring_in(company.xu_ke, BAD)
    back = GiveBack(viewer=viewer(company.xu_ke), import_id=card.id).run()
    rows = [list(row) for row in open_workbook(back.data).read("退回的行").rows]
    rows[1][rows[0].index("来源")] = "来访"
    rows[2][rows[0].index("手机")] = "13900000002"
    again = bring_in(company.xu_ke, rows)
    assert (again.created, again.rejected) == (2, 0)
    assert stored("customer", "name") == [("林知远",), ("=1+1",)]


def test_others_get_sensitive_cells_masked(company: Cast) -> None:
    """A manager who did not upload the file sees the reasons, but no phone in clear."""
    card = bring_in(company.xu_ke, BAD)
    _, first, second = given_back(company.zhou_min, card.id)
    assert first[2:5] == ["林知远", "个人", "139****0001"]
    assert second[4] == "******"
    rows = queries.rejections(viewer(company.zhou_min), card.id).rows
    assert rows[0].cells[2] == "139****0001"
    assert rows[1].problems[0].value == "******"


def test_columns_that_were_not_imported_go_back_to_the_uploader_alone(company: Cast) -> None:
    """Nobody knows what stands in them."""
    card = bring_in(company.xu_ke, [[*CUSTOMER, "底价备注"], [*customer("林知远", 1, 来源="朋友圈"), "13900000555"]])
    assert given_back(company.xu_ke, card.id)[1][-1] == "13900000555"
    assert "13900000555" not in given_back(company.zhou_min, card.id)[1]


def test_taking_the_file_is_an_entry_in_the_ledger(company: Cast) -> None:
    """With how many rows, and whether they were in clear."""
    card = bring_in(company.xu_ke, BAD)
    for member, clear in ((company.xu_ke, True), (company.zhou_min, False)):
        GiveBack(viewer=viewer(member), import_id=card.id).run()
        entry = Entry.objects.order_by("-id").first()
        assert entry is not None
        assert (entry.action, entry.actor_name) == ("imports.give_back", member.name)
        assert orjson.loads(entry.data) == {"rows": 2, "clear": clear, "trial": False}


def test_people_without_the_right_to_import_get_nothing(company: Cast) -> None:
    """A salesperson and the auditor may not even know of the import."""
    card = bring_in(company.xu_ke, BAD)
    before = Entry.objects.count()
    for member in (company.lin_xiao, company.he_shen):
        with pytest.raises(Refused) as caught:
            GiveBack(viewer=viewer(member), import_id=card.id).run()
        assert caught.value.code == "imports.not_found"
    assert Entry.objects.count() == before


class TestManagerOfOneBranch:
    """赵启, made sales manager of 江南, imports within 江南 only."""

    @pytest.fixture(autouse=True)
    def appointed(self, company: Cast) -> None:
        """Give 赵启 the second post."""
        Appoint(actor=SYSTEM, staff_id=company.zhao_qi.id, role="sales_manager", since=date(2026, 1, 1)).run()

    def test_gives_records_only_to_people_of_the_branch(self, company: Cast) -> None:
        """方明 sells in another branch: a row for him comes back."""
        rows = [CUSTOMER, customer("林知远", 1, 归属人="林晓"), customer("周小舟", 2, 归属人="方明")]
        card = bring_in(company.zhao_qi, rows)
        assert (card.created, card.rejected) == (1, 1)
        (row,) = queries.rejections(viewer(company.zhao_qi), card.id).rows
        assert "不在您的管辖范围内" in row.problems[0].sentence

    def test_does_not_learn_of_customers_of_other_branches(self, company: Cast) -> None:
        """A contract for a customer of 滨海 comes back with the same sentence as one for nobody."""
        bring_in(company.xu_ke, [CUSTOMER, customer("林知远", 1, 归属人="方明")])
        rows = [CONTRACT, contract("HT-1", "13900000001"), contract("HT-2", "13900009999")]
        card = bring_in(company.zhao_qi, rows, "purchase_contract")
        found = [row.problems[0].sentence for row in queries.rejections(viewer(company.zhao_qi), card.id).rows]
        assert len(found) == 2
        assert found[0] == found[1]

    def test_does_not_update_customers_of_other_branches(self, company: Cast) -> None:
        """The duplicate is refused without a word about whose it is, and stays as it was."""
        bring_in(company.xu_ke, [CUSTOMER, customer("林知远", 1, 归属人="方明")])
        card = bring_in(company.zhao_qi, [CUSTOMER, customer("林晚", 1)], on_duplicate="update")
        assert (card.updated, card.rejected) == (0, 1)
        assert stored("customer", "name", "version") == [("林知远", 1)]

    def test_sees_the_imports_of_the_branch_and_no_others(self, company: Cast) -> None:
        """Imports of the head office are not shown; the manager's own are."""
        bring_in(company.xu_ke, BAD)
        own = bring_in(company.zhao_qi, [CUSTOMER, customer("单琳", 7)])
        assert [card.id for card in queries.imports(viewer_for(company.zhao_qi.id))] == [own.id]
