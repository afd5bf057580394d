"""A policy as a Word document."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from keguan.language.paper.pieces import Heading, Paragraph, Table

if TYPE_CHECKING:
    from docx.document import Document

    from keguan.language.paper.pieces import Piece
    from keguan.language.paper.sheets import Sheets

FONT = "宋体"
LATIN = "Times New Roman"


def into_word(sheets: Sheets) -> bytes:
    """The .docx: headings in Word's own styles (so that its outline works), page numbers, the receipt sheet last."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document: Any = docx.Document()
    _fonts(document)
    _particulars(document.core_properties, sheets)
    title = document.add_paragraph(style="Title")
    title.add_run(sheets.title)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for piece in sheets.body:
        _piece(document, piece)
    document.add_page_break()
    for piece in sheets.receipts:
        _piece(document, piece)
    _frame(document, sheets.running)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _particulars(properties: Any, sheets: Sheets) -> None:
    """The title and the day; python-docx' own template names itself and a day of its own."""
    properties.title = sheets.title
    properties.author = properties.comments = ""
    properties.created = properties.modified = datetime.combine(sheets.printed, time())


def _piece(document: Document, piece: Piece) -> None:
    match piece:
        case Heading(text, level):
            document.add_heading(text, level)
        case Paragraph(text, indent, marker):
            paragraph = document.add_paragraph(f"{marker} {text}" if marker else text)
            _indent(paragraph, indent, first=not (marker or indent))
        case Table():
            _table(document, piece)


def _indent(paragraph: Any, indent: int, *, first: bool) -> None:
    from docx.shared import Pt

    paragraph.paragraph_format.left_indent = Pt(21 * indent)
    if first:
        paragraph.paragraph_format.first_line_indent = Pt(21)


def _table(document: Document, table: Table) -> None:
    width = max((len(row) for row in (table.headings, *table.rows)), default=0)
    if not width:
        return
    made = document.add_table(rows=0, cols=width, style="Table Grid")
    for row in ((table.headings,) if table.headings else ()) + table.rows:
        cells = made.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            cell.text = text
    if table.headings:
        _repeat(made.rows[0])
    document.add_paragraph()


def _repeat(row: Any) -> None:
    """Let the headings stand again at the top of each page, in bold."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - not offered by python-docx
    for cell in row.cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True


def _fonts(document: Document) -> None:
    """Chinese type in every style: python-docx' own styles name Latin fonts only."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    styles: Any = document.styles
    for name, size in (("Normal", 10.5), ("Title", 18), ("Heading 1", 15), ("Heading 2", 12), ("Heading 3", 10.5)):
        style = styles[name]
        style.font.name, style.font.size = LATIN, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for which in ("w:eastAsia", "w:ascii", "w:hAnsi"):
            fonts.set(qn(which), FONT if which == "w:eastAsia" else LATIN)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)


def _frame(document: Document, running: str) -> None:
    """The running head, and the page number at the foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    section = document.sections[0]
    section.header.paragraphs[0].text = running
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)  # noqa: SLF001 - python-docx has no fields
