"""A letter that a case wrote, on paper: number, title, text, seal, who signed, and where it is written down."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from keguan.language.paper.into_pdf import typeset
from keguan.language.paper.pieces import Heading, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.paper.pieces import Piece

TEMPLATE = Path(__file__).parent / "letter.typ"

_HEADING = re.compile(r"(#{1,3})[ \t]+(\S.*)")
_RULE = re.compile(r"\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)*\|?")


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed the step in which a letter was written: what they decided and when; ``kept`` says whether the
    signature still fits what it was given for.
    """

    name: str
    outcome: str
    moment: str
    kept: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands on the sheet. ``kind`` and ``number`` run along the top; ``entry`` is that of the ledger by which it
    was ``written``, a moment in words, and by whom; None where the ledger does not tell of it.
    """

    kind: str
    number: str
    title: str
    text: str
    seal: str
    day: str
    signers: tuple[Signer, ...]
    entry: int | None
    written: str
    by: str


def print_letter(letter: Letter) -> bytes:
    """The letter as a PDF/A-2b. Raises ``Unreadable`` when this machine has no Chinese font."""
    body = [_data(piece) for piece in pieces(letter.text)]
    rows = [(each.name, each.outcome, each.moment, "有效" if each.kept else "不符") for each in letter.signers]
    signed = _data(Table(("签署人", "结论", "时间", "电子签名"), tuple(rows))) if rows else None
    record = "" if letter.entry is None else f"账本第 {letter.entry} 条　{letter.written}　{letter.by} 写出"
    return typeset(TEMPLATE, {**asdict(letter), "body": body, "signed": signed, "record": record})


def pieces(text: str) -> tuple[Piece, ...]:
    """The text in reading order: paragraphs, headings (#) and tables. Within them every sign stands as it was written:
    a masked number is full of asterisks, which Markdown would take for marks.
    """
    return tuple(_pieces(text))


def _pieces(text: str) -> Iterator[Piece]:
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    for blank, group in groupby(lines, lambda line: not line.strip()):
        if blank:
            continue
        block = list(group)
        if len(block) > 1 and block[0].lstrip().startswith("|") and _RULE.fullmatch(block[1].strip()):
            yield Table(_cells(block[0]), tuple(_cells(line) for line in block[2:]))
        elif (heading := _HEADING.fullmatch(block[0].strip())) is not None and len(block) == 1:
            yield Heading(heading.group(2), len(heading.group(1)))
        else:
            yield Paragraph("\n".join(block))


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


def _data(piece: Piece) -> dict[str, object]:
    kind = "heading" if isinstance(piece, Heading) else "paragraph" if isinstance(piece, Paragraph) else "table"
    return {"kind": kind, **asdict(piece)}
