"""The kinds of files: what they hold, that nothing in them is live, and that each is marked."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.exports import files
from keguan.runtime.exports.actions import TraceExport
from keguan.runtime.exports.cells import Figure, defused
from keguan.runtime.exports.files import SealedFile
from keguan.runtime.exports.forms import Cover, delimited, spreadsheet
from keguan.runtime.exports.forms.fonts import family
from keguan.runtime.exports.marks import agreement, convincing, key_of, lines_of
from keguan.runtime.exports.models import Export as Stored
from keguan.runtime.exports.queries import Form
from keguan.runtime.ledger.actions import Refused
from tests.runtime.exports.world import chosen, fetched

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import ModuleType

    from pytest_django.fixtures import SettingsWrapper

    from tests.cast import Cast

TOKEN, OTHER = 0x1234_5678_9ABC_DEF1, 0x0FED_CBA9_8765_4321
LIVE = ("=1+1", "+1", "-1+cmd", "@sum", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠x")


class Kept(io.BytesIO):
    """A sink that keeps what was written."""


def cover(*headings: str, rows: int = 0, token: int = TOKEN) -> Cover:
    """What a file says of itself."""
    return Cover("往来客户", "EX000001 许可 2026-03-02 09:00 对账", token, headings, rows)


def written(form: ModuleType, rows: Sequence[tuple[str, ...]], token: int = TOKEN) -> bytes:
    """A file of some rows."""
    sink = Kept()
    headings = tuple(f"列{number}" for number in range(len(rows[0])))
    form.write(sink, cover(*headings, rows=len(rows), token=token), [list(rows)])
    return sink.getvalue()


@pytest.mark.parametrize("text", LIVE)
def test_nothing_is_a_formula(text: str) -> None:
    """A cell that begins as a formula does, in half or full width, is text in a workbook and defused in CSV."""
    book = openpyxl.load_workbook(io.BytesIO(written(spreadsheet, [(text, "甲")])))
    assert book.active is not None
    assert [cell.data_type for cell in book.active[3]] == ["s", "s"]
    (line,) = lines_of(written(delimited, [("甲", text.replace("\r", "\t"))]).decode())[1:]
    assert line.cells[1].startswith("'")


def test_a_negative_figure_is_a_figure() -> None:
    """-500.00 of a field of figures is no formula: it stays a number in both."""
    assert defused(Figure("-500.00")) == "-500.00"
    book = openpyxl.load_workbook(io.BytesIO(written(spreadsheet, [("甲", Figure("-500.00"))])))
    assert book.active is not None
    assert book.active["B3"].value == -500


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), min_size=1, max_size=20))
def test_csv_gives_back_what_was_put_in(rows: list[tuple[str, str]]) -> None:
    """Whatever the cells hold, a reader of CSV finds the same cells, defused, and the mark changes none of them."""
    import csv

    found = list(csv.reader(io.StringIO(written(delimited, rows).decode("utf-8-sig"), newline="")))
    assert found[1:] == [[defused(cell) for cell in row] for row in rows]


@given(st.lists(st.tuples(st.text(min_size=1, max_size=8), st.text(max_size=8)), min_size=1, max_size=20))
def test_a_workbook_can_be_read_whatever_it_holds(rows: list[tuple[str, str]]) -> None:
    """Control characters and halves of pairs, which XML cannot hold, do not break the file, and no row is lost."""
    book = openpyxl.load_workbook(io.BytesIO(written(spreadsheet, rows)), read_only=True)
    assert book.active is not None
    assert len(list(book.active.iter_rows())) == 2 + len(rows)


def test_more_rows_than_a_sheet_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """They go on on the next sheet, each with its headings; no row is lost."""
    monkeypatch.setattr(spreadsheet, "SHEET_ROWS", 4)
    sink = Kept()
    pages: list[list[tuple[str, ...]]] = [[(f"甲{page}{row}",) for row in range(2)] for page in range(5)]
    assert spreadsheet.write(sink, cover("名称", rows=10), pages) == 10
    book = openpyxl.load_workbook(io.BytesIO(sink.getvalue()))
    assert [[cell.value for cell in next(iter(sheet.columns))][1:] for sheet in book] == [
        ["名称", "甲00", "甲01", "甲10", "甲11"],
        ["名称", "甲20", "甲21", "甲30", "甲31"],
        ["名称", "甲40", "甲41"],
    ]


def test_a_workbook_is_marked_in_sight_and_out_of_it() -> None:
    """Number, name and moment stand in the first line and in the footer; the mark in a property and a hidden name."""
    data = written(spreadsheet, [("甲",)])
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.active is not None
    assert book.active["A1"].value == "EX000001 许可 2026-03-02 09:00 对账"
    assert "EX000001" in str(book.active.oddFooter.left.text)
    assert book.custom_doc_props["Keguan"].value == f"{TOKEN:016x}"
    assert book.defined_names["_kg"].hidden
    has_picture = any(name.startswith("xl/media/") for name in zipfile.ZipFile(io.BytesIO(data)).namelist())
    assert has_picture is (family() is not None)


@given(st.randoms(use_true_random=False))
def test_any_part_of_a_csv_file_tells_whose_it_is(random: object) -> None:
    """Sixty rows out of two hundred, in any order, without headings, agree with their own mark and with no other."""
    rows = [(f"客户{number}", str(number * 7919)) for number in range(200)]
    lines = written(delimited, rows).decode().split("\r\n")[1:-1]
    random.shuffle(lines)  # type: ignore[attr-defined]
    part = lines_of("\n".join(lines[:60]))
    assert agreement(key_of(TOKEN), part) == (60, 60)
    assert convincing(60, 60, 1000)
    assert not convincing(*agreement(key_of(OTHER), part), 1000)


def test_few_rows_convict_nobody() -> None:
    """Twenty rows that agree are not enough, however well they do."""
    assert not convincing(20, 20, 1)
    assert convincing(24, 24, 1)
    assert not convincing(24, 24, 100)


@pytest.mark.parametrize("form", list(Form))
def test_a_leaked_file_leads_to_its_export(company: Cast, partners: list[int], form: Form) -> None:
    """The auditor finds by the file itself whose it is, and by the mark in it when the file was changed."""
    if form is Form.PDF and family() is None:
        pytest.skip("no Chinese font is installed")
    data = fetched(company.xu_ke, chosen("name", form=form))
    auditor = viewer_for(company.he_shen.id)
    (found,) = TraceExport(viewer=auditor, data=data).run()
    assert (found.export.staff_name, found.how) == ("许可", "file")
    if form is not Form.CSV:
        (found,) = TraceExport(viewer=auditor, data=data + b"\n").run()
        assert (found.export.staff_name, found.how) == ("许可", "mark")
    with pytest.raises(Refused):
        TraceExport(viewer=viewer_for(company.xu_ke.id), data=data).run()


def test_a_part_of_a_leaked_csv_leads_to_its_export(company: Cast, partners: list[int]) -> None:
    """Lines cut out of one of two people's files of the same columns lead to that one alone."""
    for member in (company.xu_ke, company.zhao_qi):
        fetched(member, chosen("name", "city"))
    mine = Stored.objects.get(staff_id=company.zhao_qi.id)
    rows = [(f"客户{number}", "云岭") for number in range(80)]
    leaked = b"\r\n".join(written(delimited, rows, mine.token).split(b"\r\n")[20:70])
    (found,) = TraceExport(viewer=viewer_for(company.he_shen.id), data=leaked).run()
    assert (found.export.staff_name, found.how, found.agreeing, found.telling) == ("赵启", "quotes", 50, 50)


def test_a_file_of_somebody_else_leads_nowhere(company: Cast, partners: list[int]) -> None:
    """A list that was never exported here convicts nobody."""
    fetched(company.xu_ke, chosen("name", "city"))
    data = "\n".join(f"客户{number},云岭" for number in range(500)).encode()
    assert TraceExport(viewer=viewer_for(company.he_shen.id), data=data).run() == ()


@given(st.lists(st.binary(max_size=4096), max_size=8))
def test_sealed_files_open_to_what_was_written(pieces: list[bytes]) -> None:
    """However it was written, piece by piece, the file opens to the same bytes."""
    with SealedFile("ab12") as sink:
        for piece in pieces:
            sink.write(piece)
    assert b"".join(files.read("ab12")) == b"".join(pieces)
    files.destroy("ab12")


def test_a_sealed_file_cannot_be_cut_off_or_exchanged(settings: SettingsWrapper, tmp_path: Path) -> None:
    """Without its last piece, or under another file's name, it does not open."""
    settings.HOME = tmp_path
    for name in ("aa", "bb"):
        with SealedFile(name) as sink:
            sink.write(b"x" * (3 * 1024 * 1024))
    whole = (tmp_path / "exports" / "aa.sealed").read_bytes()
    assert len(b"".join(files.read("aa"))) == 3 * 1024 * 1024
    (tmp_path / "exports" / "bb.sealed").write_bytes(whole)
    (tmp_path / "exports" / "aa.sealed").write_bytes(whole[: -(1024 * 1024 + 32)])
    for name in ("aa", "bb"):
        with pytest.raises(Refused):
            b"".join(files.read(name))
