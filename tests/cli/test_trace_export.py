"""``keguan trace-export``: whose export a leaked file is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.exports.models import Export
from keguan.runtime.ledger import queries as ledger
from tests.cli.console import keguan
from tests.runtime.exports.conftest import monday, partners
from tests.runtime.exports.world import chosen, fetched

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cast import Cast

__all__ = ["monday", "partners"]


@pytest.fixture
def leaked(company: Cast, partners: list[int], tmp_path: Path) -> Path:
    """A file that 许可 exported."""
    file = tmp_path / "名单.csv"
    file.write_bytes(fetched(company.xu_ke, chosen("name", "city")))
    return file


def traced() -> list[object]:
    """What the ledger has about it, the newest first."""
    return [
        each.data["found"] for each in ledger.entries_page(filters=ledger.EntryFilters(action="exports.trace")).entries
    ]


def test_the_file_itself_tells_whose_it_is(leaked: Path) -> None:
    """Number, person, unit and what it was of; that somebody looked is in the ledger."""
    done = keguan("trace-export", str(leaked))
    number = Export.objects.get().number
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0].startswith(f"{number}  许可  ")
    assert "往来客户" in done.stdout
    assert done.stdout.splitlines()[1] == "  与下载的文件逐字节相同。"
    assert traced() == [[{"number": number, "how": "file"}]]


def test_a_part_of_it_tells_by_its_number_at_least(leaked: Path, tmp_path: Path) -> None:
    """Copied into another file, the number that stands on it still leads there, and says how little that proves."""
    part = tmp_path / "摘录.txt"
    number = Export.objects.get().number
    part.write_text(f"转发：{number}\n", encoding="utf-8")
    done = keguan("trace-export", str(part))
    assert (done.exit_code, number in done.stdout) == (0, True)
    assert "编号谁都可以写，只供参考" in done.stdout


def test_a_strange_file_leads_nowhere(leaked: Path, tmp_path: Path) -> None:
    """Exit code 1 and a sentence; looking is written down all the same. None of it is in the output."""
    strange = tmp_path / "别处.csv"
    strange.write_text("甲,乙\n1,2\n", encoding="utf-8")
    done = keguan("trace-export", str(strange))
    assert (done.exit_code, "没有找到来源" in done.output) == (1, True)
    assert "许可" not in done.output
    assert traced() == [[]]


def test_a_file_that_is_not_there(company: Cast, tmp_path: Path) -> None:
    """Exit code 2 and which file; nothing is written down."""
    done = keguan("trace-export", str(tmp_path / "没有.csv"))
    assert (done.exit_code, "读不到文件" in done.output) == (2, True)
    assert traced() == []
