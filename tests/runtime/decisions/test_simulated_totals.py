"""Totals, changed facts and quota cuts of a change: for those who may see all that is added up."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from keguan.language.model.model import FieldKind
from keguan.runtime.decisions.queries import Question, simulate, simulation_csv, simulation_data
from keguan.runtime.policies.queries import checked_draft
from tests.credit import PACK, lend, source
from tests.runtime.decisions.filing import as_seen_by

if TYPE_CHECKING:
    from keguan.runtime.decisions.queries import Simulated
    from tests.cast import Cast, Member

LOWER = ('| >= 100万 | "优选" | 30万 |', '| >= 80万 | "优选" | 20万 |')
THRICE = ("采购量 * 2", "采购量 * 3")


@pytest.fixture
def accounts(company: Cast) -> dict[str, int]:
    """Four accounts on credit."""
    return lend(company)


def tried(who: Member, *changes: tuple[str, str]) -> Simulated:
    """A changed policy, tried by somebody."""
    checked = checked_draft(PACK, source(("version: 1.0.0", "version: 1.1.0"), *changes).files)
    assert checked.model is not None, [each.message() for each in checked.diagnostics]
    return simulate(as_seen_by(who.id), Question(checked.model))


def test_a_numeric_output_is_added_up_before_and_after(company: Cast, accounts: dict[str, int]) -> None:
    """Credit lines of 1,000,000 twice, 500,000 and 50,000; 江南园林 rises to 200,000."""
    (level,) = (each for each in tried(company.xu_ke, LOWER).decisions if each.code == "credit_grade")
    (line,) = level.totals
    assert (line.code, line.kind, line.before, line.after) == ("line", FieldKind.MONEY, 255_000_000, 270_000_000)
    assert (line.count_before, line.count_after, level.withheld) == (4, 4, False)


def test_totals_are_withheld_from_who_may_not_see_the_values(company: Cast, accounts: dict[str, int]) -> None:
    """周敏 tries drafts too, but no role of hers gives 赊销: counts she has, sums not, in whatever form."""
    found = tried(company.zhou_min, LOWER, THRICE)
    (level,) = (each for each in found.decisions if each.code == "credit_grade")
    (expected,) = found.facts
    assert (level.totals, level.withheld, level.moved) == ((), True, 1)
    assert (expected.total, expected.withheld, expected.differs) == (None, True, 4)
    data = str(simulation_data(found))
    assert "270000000" not in data
    assert "'withheld': True" in data


def test_a_fact_tells_in_how_many_it_differs(company: Cast, accounts: dict[str, int]) -> None:
    """Thrice instead of twice: all four differ, 31,200,000 becomes 46,800,000."""
    (expected,) = tried(company.xu_ke, THRICE).facts
    assert (expected.code, expected.records, expected.differs) == ("expected", 4, 4)
    assert expected.total is not None
    assert (expected.total.before, expected.total.after) == (3_120_000_000, 4_680_000_000)


def test_the_list_for_a_spreadsheet_names_rows_by_their_own_numbers(company: Cast, accounts: dict[str, int]) -> None:
    """西山钢构 falls: by row 2 of the exception so far, by row 3 of the decision once that asks for more."""
    found = tried(company.xu_ke, ("| true | >= 50万 |", "| true | >= 200万 |"))
    heading, row = csv.reader(io.StringIO(simulation_csv(found)))
    assert heading[:5] == ["判定", "编号", "名称", "原结果", "新结果"]
    assert row[2:7] == ["西山钢构", "优选、¥500,000.00", "合格、¥50,000.00", "第三条 2", "第二条 3"]


def test_what_a_spreadsheet_would_run_is_written_as_text(company: Cast, accounts: dict[str, int]) -> None:
    """A name that begins like a formula is no formula in the list."""
    from keguan.runtime.records.actions import Create

    values = {"name": "=1+1", "volume": "900000", "state_owned": "否"}
    Create(viewer=as_seen_by(company.xu_ke.id), record_type="account", values=values).run()
    assert "'=1+1" in simulation_csv(tried(company.xu_ke, LOWER))
