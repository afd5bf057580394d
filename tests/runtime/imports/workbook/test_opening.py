"""Files as people upload them: what is read, and what is refused with which sentence."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from time import process_time
from xml.etree import ElementTree as ET

import pytest

from keguan.runtime.imports.workbook import limits, markup
from keguan.runtime.imports.workbook.cells import FormulaError
from keguan.runtime.imports.workbook.opening import open_workbook
from keguan.runtime.imports.workbook.unreadable import Unreadable
from tests.runtime.imports.files import csv, rezipped, xlsx

ROWS = [["姓名", "手机"], ["林知远", "13900000001"]]


def refusal(data: bytes) -> Unreadable:
    """The refusal of a file, when opening it or reading its first sheet."""
    with pytest.raises(Unreadable) as caught:
        _first_sheet(data)
    return caught.value


def _first_sheet(data: bytes) -> None:
    book = open_workbook(data)
    book.read(book.sheet_names[0])


def test_rows_are_numbered_as_in_excel_even_below_blank_rows() -> None:
    """Blank rows at the top and in the middle keep their places, so that row numbers are those the person sees."""
    data = xlsx([[], ["姓名", "手机"], [], ["林知远", 13900000001]])
    sheet = open_workbook(data).read("客户")
    assert [list(row) for row in sheet.rows] == [
        ["", ""],
        ["姓名", "手机"],
        ["", ""],
        ["林知远", 13900000001.0],
    ]


def test_dates_numbers_and_booleans_keep_their_types() -> None:
    """What Excel knows to be a date, a number or a truth value is not turned into text on the way."""
    sheet = open_workbook(xlsx([["首次接触日", "金额", "有意向"], [datetime(2026, 3, 2), 12.5, True]])).read("客户")  # noqa: DTZ001
    assert list(sheet.rows[1]) == [date(2026, 3, 2), 12.5, True]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_is_read_in_the_usual_encodings_and_delimiters(encoding: str, delimiter: str) -> None:
    """A CSV file is understood whether Excel, WPS or another system wrote it."""
    sheet = open_workbook(csv(ROWS, encoding, delimiter)).read("")
    assert [list(row) for row in sheet.rows] == ROWS


def test_two_encodings_in_one_file_are_refused_with_the_line() -> None:
    """A UTF-8 file with a GBK line pasted in names that line."""
    data = "姓名,手机\n林知远,13900000001\n".encode() + "周敏,13900000002\n".encode("gbk")
    refused = refusal(data)
    assert refused.code == "imports.encoding"
    assert "第 3 行" in refused.message
    assert "CSV UTF-8" in refused.message


def test_another_encoding_is_refused() -> None:
    """Bytes that are neither UTF-8 nor GB18030 are not guessed at."""
    assert refusal(b"\xc5\xff\xfe\xfa,1\n").code == "imports.encoding"


def test_an_unclosed_quotation_mark_is_refused_with_the_line() -> None:
    """A quotation mark that swallows the rest of the file is named instead of importing one huge cell."""
    data = '姓名,手机\n林知远,1\n"周敏,2\n'.encode() + b"x" * 40_000
    refused = refusal(data)
    assert refused.code == "imports.csv_quotes"
    assert "第 3 行" in refused.message


def test_an_empty_file_is_refused() -> None:
    """An empty file gets a sentence of its own."""
    assert refusal(b"").code == "imports.empty"


def test_a_file_of_200_megabytes_is_refused_by_its_size() -> None:
    """The sentence says how large the file is and how large it may be."""
    refused = refusal(b"\0" * (200 * 1024 * 1024))
    assert refused.code == "imports.too_large"
    assert "200 MB" in refused.message
    assert "50 MB" in refused.message


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    """A small file that unpacks to half a gigabyte is refused."""
    bomb = rezipped(xlsx(ROWS), {"xl/worksheets/sheet1.xml": b"\0" * (500 * 1024 * 1024)})
    assert len(bomb) < 1024 * 1024
    assert refusal(bomb).code == "imports.unpacks_too_large"


def test_a_zip_bomb_whose_directory_lies_is_refused() -> None:
    """The declared size is not believed: what comes out is measured."""
    bomb = rezipped(xlsx(ROWS), {"xl/media/a.bin": b"\0" * (30 * 1024 * 1024)})
    honest = (30 * 1024 * 1024).to_bytes(4, "little")
    assert refusal(bomb.replace(honest, (1000).to_bytes(4, "little"))).code == "imports.damaged"
    assert refusal(bomb).code == "imports.unpacks_too_large"


def test_one_cell_in_the_last_column_does_not_fill_the_memory() -> None:
    """A sheet whose only far cell would lay out a gigantic rectangle is refused for its width."""
    refused = refusal(xlsx(ROWS, more=lambda _, page: page.write(1_048_575, 16_383, "x")))
    assert refused.code == "imports.too_many_columns"


def test_one_cell_in_the_last_row_does_not_fill_the_memory() -> None:
    """The same far down."""
    refused = refusal(xlsx(ROWS, more=lambda _, page: page.write(1_048_575, 0, "x")))
    assert refused.code == "imports.too_many_rows"
    assert str(limits.MAX_ROWS) in refused.message


def test_a_hundred_and_one_columns_are_refused_and_a_hundred_are_read() -> None:
    """The limit is 100 columns, and the sentence says what to do about it."""
    assert len(open_workbook(xlsx([["列"] * 100])).read("客户").rows[0]) == 100
    refused = refusal(xlsx([["列"] * 101]))
    assert refused.code == "imports.too_many_columns"
    assert "100 列" in refused.message
    assert refusal(csv([["a"] * 101])).code == "imports.too_many_columns"


def test_formatted_empty_cells_do_not_count_as_columns() -> None:
    """A coloured empty cell far to the right is no reason to refuse a sheet."""
    data = xlsx(ROWS, more=lambda book, page: page.write_blank(1, 16_000, None, book.add_format({"bold": True})))
    assert len(open_workbook(data).read("客户").rows[0]) == 2


def test_formula_errors_and_unsaved_results_are_kept_as_such() -> None:
    """#N/A is not taken for an empty cell, nor is a formula whose result the writing program never saved."""

    def more(_: object, page: object) -> None:
        page.write_formula(1, 1, "=1/0", None, "#DIV/0!")  # type: ignore[attr-defined]
        page.write_formula(3, 2, "=NA()", None, "#N/A")  # type: ignore[attr-defined]

    data = xlsx([["姓名", "手机"], ["林知远"], ["周敏"]], more=more)
    rows = open_workbook(data).read("客户").rows
    assert rows[1][1] == FormulaError("#DIV/0!")
    assert rows[3][2] == FormulaError("#N/A")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        markup = archive.read("xl/worksheets/sheet1.xml").replace(b"<v>#DIV/0!</v>", b"").replace(b' t="e"', b"", 1)
    unsaved = open_workbook(rezipped(data, {"xl/worksheets/sheet1.xml": markup})).read("客户").rows
    assert unsaved[1][1] == FormulaError("")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 512, "imports.old_or_locked"),
        (b"%PDF-1.7 ...", "imports.other_document"),
        (b"\x89PNG\r\n\x1a\n", "imports.other_document"),
        (b"PK\x03\x04 not a zip at all", "imports.damaged"),
        (b"a,b\0c,d", "imports.binary"),
    ],
)
def test_other_files_are_refused_by_their_content(data: bytes, code: str) -> None:
    """Old, locked, damaged and altogether different files each get a sentence with what to do."""
    refused = refusal(data)
    assert refused.code == code
    assert "重新上传" in refused.message or "请上传" in refused.message


def test_another_kind_of_zip_is_refused() -> None:
    """A Word document or an archive is no workbook."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refusal(stream.getvalue()).code == "imports.other_document"


def test_an_entity_bomb_in_the_directory_is_refused() -> None:
    """A workbook directory with a document type is refused unread."""
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    assert refusal(rezipped(xlsx(ROWS), {"xl/workbook.xml": bomb})).code == "imports.damaged"


def test_a_truncated_workbook_is_refused() -> None:
    """Half a file is damaged, not half imported."""
    data = xlsx(ROWS)
    assert refusal(data[: len(data) // 2]).code == "imports.damaged"


def test_hidden_sheets_are_left_out() -> None:
    """Only sheets that the person sees can be chosen."""

    def more(book: object, _: object) -> None:
        book.add_worksheet("底稿").hide()  # type: ignore[attr-defined]

    assert open_workbook(xlsx(ROWS, more=more)).sheet_names == ("客户",)


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "markup",
    [
        b'<c r="ZZZ1"/>' + b"<c " * 300_000,
        b"<c r='A1'><f/>" + b"<c a>" * 300_000,
        b"<c r='A1'><f/><c " + b"x" * 2_000_000,
        b"<c r='A1'><f/>" + b"<v" * 300_000 + b"</c>",
    ],
)
def test_markup_made_to_hurt_is_answered_at_once(markup: bytes) -> None:
    """A small file whose cells never end is refused or read in time that grows with its size, not with its square."""
    data = rezipped(xlsx(ROWS), {SHEET: b"<worksheet><sheetData><row>" + markup})
    begun = process_time()
    with pytest.raises(Unreadable):
        _first_sheet(data)
    assert process_time() - begun < 20


def test_a_document_type_in_another_encoding_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue in UTF-16 with entities of its own is refused before it is parsed."""
    catalogue = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w [<!ENTITY a "aa">]><workbook>&a;</workbook>'
    data = rezipped(xlsx(ROWS), {"xl/workbook.xml": catalogue.encode("utf-16")})
    parsed: list[bytes] = []
    monkeypatch.setattr(markup.ET, "fromstring", lambda text: parsed.append(text) or ET.Element("none"))
    assert refusal(data).code == "imports.damaged"
    assert not any(b"D\0O\0C\0" in text for text in parsed)
