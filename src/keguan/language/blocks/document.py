"""文件 document: a letter, notice or certificate with places for values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import YES_NO, HeaderLine, Kind, keyword, read_headers, split_list
from keguan.language.blocks.numbering import read_numbering
from keguan.language.diagnostics.catalogue import documents as entries
from keguan.language.markdown.document import Written
from keguan.language.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block
    from keguan.language.model.numbering import Numbering

MASKS = {"面单": True, "waybill": True}

DOCUMENT = Kind(
    "document",
    "文件",
    "document",
    "由档案和表单生成的函件、通知或证明。各项之后空一行写正文（文字、表格）；花括号里的名称或表达式由实际内容代替，"
    "如 {姓名}、{客户.姓名}（引用的档案的字段）、{案件编号}。",
    headers=(
        HeaderLine("of", "对象", "of", "关于哪一种档案", required=True),
        HeaderLine("forms", "表单", "forms", "正文还用到哪些表单的字段"),
        HeaderLine("title", "标题", "title", "文件的标题，也可以有花括号；省略时为声明的名称"),
        HeaderLine("number", "编号", "number", "文号，如 函-{年}-{序号:3}"),
        HeaderLine("seal", "签章", "seal", "盖什么章、谁签字"),
        HeaderLine("discloses", "含敏感", "discloses sensitive", "是：正文有意写出敏感字段"),
        HeaderLine(
            "mask",
            "遮盖",
            "mask",
            "面单：给外人看的纸面，姓名只留一个字，手机至少遮六位，地址只到区县（GB/T 41833-2022）",
        ),
        HeaderLine("class", "信息类别", "class", "谁可以看生成的文件；省略时与档案的称呼字段相同"),
        HeaderLine("english", "英文", "english", "文件的英文名称"),
    ),
    status="enforced",
)

_PIECE = re.compile(r"\{\{|\}\}|\{(?P<place>[^{}]*)\}|(?P<brace>[{}])")

Piece = str | Written
"""A stretch of text, or what stands between two braces."""


@dataclass(frozen=True, slots=True)
class DocumentDeclaration:
    """A document block; its title and body cut at the braces."""

    block: Block
    english: str
    of: Written
    forms: tuple[Written, ...]
    title: tuple[Piece, ...]
    numbering: Numbering | None
    seal: str
    discloses: bool
    waybill: bool
    information_class: str
    body: tuple[Piece, ...]
    source: str
    source_span: Span


def read_document(block: Block, findings: Findings) -> DocumentDeclaration | None:
    """Read a document block; None when it does not say about which record type it is or has no text."""
    headers = read_headers(DOCUMENT, block, findings)
    numbering = read_numbering(headers["number"], findings) if "number" in headers else None
    discloses = keyword(headers["discloses"], YES_NO, "含敏感", findings) if "discloses" in headers else False
    waybill = keyword(headers["mask"], MASKS, "遮盖", findings) if "mask" in headers else False
    body: list[Piece] = []
    for index, line in enumerate(block.text):
        body += ["\n"] if index else []
        body += _pieces(line, findings)
    if not block.text:
        findings.add(entries.TEXT_MISSING, block.kind.span, label=block.label.text)
    if "of" not in headers or not body:
        return None
    return DocumentDeclaration(
        block=block,
        english=headers["english"].text if "english" in headers else "",
        of=headers["of"],
        forms=split_list(headers["forms"]) if "forms" in headers else (),
        title=tuple(_pieces(headers.get("title", block.label), findings)),
        numbering=numbering,
        seal=headers["seal"].text if "seal" in headers else "",
        discloses=bool(discloses),
        waybill=bool(waybill),
        information_class=headers["class"].text if "class" in headers else "",
        body=_joined(body),
        source="\n".join(line.text for line in block.text),
        source_span=_whole(block),
    )


def _whole(block: Block) -> Span:
    first, last = block.text[0].span, block.text[-1].span
    return Span(first.file, first.line, first.column, last.end_line, last.end_column)


def _pieces(line: Written, findings: Findings) -> Iterator[Piece]:
    """Text and places of one line; ``{{`` and ``}}`` are braces that are meant as such."""
    done = 0
    for found in _PIECE.finditer(line.text):
        yield line.text[done : found.start()]
        done = found.end()
        if found.group("brace"):
            findings.add(entries.BRACE_ALONE, line.span.within(found.start(), 1))
        elif found.group("place") is None:
            yield found.group()[0]
        elif not found.group("place").strip():
            findings.add(entries.PLACE_EMPTY, line.span.within(found.start(), len(found.group())))
        else:
            inside = found.group("place")
            offset = found.start("place") + len(inside) - len(inside.lstrip())
            yield Written(inside.strip(), line.span.within(offset, len(inside.strip())))
    yield line.text[done:]


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Neighbouring stretches of text as one."""
    joined: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        elif piece:
            joined.append(piece)
    return tuple(joined)
