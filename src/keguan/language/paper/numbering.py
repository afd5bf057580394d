"""The numbers that Word writes by itself before a paragraph (第一条, （二）, 3.1): they are not in its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn

from keguan.language.paper.numerals import chinese

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from keguan.language.paper.styles import Styles

_PLACE = re.compile(r"%([1-9])")
_CIRCLED = 0x2460  # ① is the first of twenty
_LETTERS = 26


def _circled(number: int) -> str:
    return chr(_CIRCLED + number - 1) if 1 <= number <= 20 else str(number)


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % _LETTERS)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographTraditional": chinese,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "none": lambda _: "",
}


class Numbering:
    """Counts the numbered paragraphs of one document as Word does."""

    def __init__(self, document: Document, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, tuple[int, str, str]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None
        )
        if part is not None:
            self._read(part.element)

    def label(self, paragraph: Paragraph) -> str:
        """What Word writes before the paragraph; empty when it is not numbered (or has a bullet)."""
        placed = _placed(paragraph, self._styles.of(paragraph))
        if placed is None or placed[0] not in self._levels:
            return ""
        number, level = placed
        levels = self._levels[number]
        if level not in levels:
            return ""
        counts = self._counts.setdefault(number, {})
        start, _, text = levels[level]
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        return _PLACE.sub(lambda found: self._written(levels, counts, int(found.group(1)) - 1), text)

    def _written(self, levels: dict[int, tuple[int, str, str]], counts: dict[int, int], level: int) -> str:
        start, form, _ = levels.get(level, (1, "decimal", ""))
        return _FORMATS.get(form, str)(counts.get(level, start))

    def _read(self, element: Any) -> None:
        abstract = {
            each.get(qn("w:abstractNumId")): {
                int(level.get(qn("w:ilvl"))): _level(level) for level in each.findall(qn("w:lvl"))
            }
            for each in element.findall(qn("w:abstractNum"))
        }
        for each in element.findall(qn("w:num")):
            target = each.find(qn("w:abstractNumId"))
            if target is not None:
                self._levels[each.get(qn("w:numId"))] = abstract.get(target.get(qn("w:val")), {})


def _level(level: Any) -> tuple[int, str, str]:
    """(first number, form, text with %1 …) of one level."""

    def value(tag: str, default: str) -> str:
        found = level.find(qn(tag))
        return default if found is None else found.get(qn("w:val"), default)

    form = value("w:numFmt", "decimal")
    return int(value("w:start", "1")), form, "" if form == "bullet" else value("w:lvlText", "")


def _placed(paragraph: Paragraph, styles: Sequence[Any]) -> tuple[str, int] | None:
    """(list, level) of a paragraph, its own or that of its style or one that it is based on."""
    own: Any = paragraph._p.pPr  # noqa: SLF001 - python-docx offers no public way to a paragraph's numbering
    candidates: list[Any] = [own, *(style.element.pPr for style in styles)]
    for properties in candidates:
        found = None if properties is None else properties.numPr
        if found is not None and found.numId is not None:
            level = 0 if found.ilvl is None else found.ilvl.val
            return None if found.numId.val == 0 else (str(found.numId.val), level)
    return None
