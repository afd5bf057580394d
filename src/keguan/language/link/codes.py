"""Codes and labels: their form, and that nothing is named twice."""

from __future__ import annotations

import re
from keyword import iskeyword
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import names as entries
from keguan.language.feel.characters import plain
from keguan.language.feel.tokens import KEYWORDS
from keguan.language.model.conditions import is_hidden
from keguan.language.model.model import Label

if TYPE_CHECKING:
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Written
    from keguan.language.source import Span

_CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LABEL = re.compile(r"[^\W\d]\w*")
_LONGEST = 40

RESERVED = frozenset(
    {
        *(
            "id",
            "owner",
            "owner_id",
            "unit",
            "unit_id",
            "import_id",
            "import_row",
            "version",
            "created_at",
            "updated_at",
        ),
        *("pk", "record_id", "token", "objects", "save", "delete", "check", "clean", "full_clean", "meta"),
    }
)
"""Columns that every record has, and names that a table's class has already."""


def check_code(code: Written, findings: Findings, *, column: bool = False) -> bool:
    """Whether a code is well formed; ``column``: it becomes a column, so the system's own are reserved."""
    if not _CODE.fullmatch(code.text) or len(code.text) > _LONGEST:
        findings.add(entries.CODE_FORM, code.span, code=code.text)
        return False
    if iskeyword(code.text) or (column and (code.text in RESERVED or is_hidden(code.text))):
        findings.add(entries.CODE_RESERVED, code.span, code=code.text)
        return False
    return True


def check_label(label: Written, findings: Findings) -> bool:
    """Whether a label can be read as one name in an expression."""
    text = label.text
    if plain(text) != text and _LABEL.fullmatch(plain(text)):
        findings.add(entries.LABEL_WIDE, label.span, label=text, plain=plain(text))
    elif text.lower() in KEYWORDS:
        findings.add(entries.LABEL_RESERVED, label.span, label=text)
    elif not _LABEL.fullmatch(text):
        findings.add(entries.LABEL_FORM, label.span, label=text)
    else:
        return True
    return False


def make_label(zh: str, english: str, code: str) -> Label:
    """The label in both languages; the English one is made from the code where the author gave none."""
    return Label(zh, english or code.replace("_", " ").capitalize())


class Taken:
    """Codes and labels in use in one place, with where each was declared."""

    def __init__(self) -> None:
        self._codes: dict[str, Span] = {}
        self._labels: dict[str, Span] = {}

    def claim(self, code: Written, label: Written | None, findings: Findings) -> bool:
        """Take a code and a label; False after a diagnostic when one of them is taken."""
        if code.text in self._codes:
            findings.add(entries.CODE_TWICE, code.span, code=code.text, other=self._codes[code.text])
            return False
        if label is not None and label.text in self._labels:
            findings.add(entries.LABEL_TWICE, label.span, label=label.text, other=self._labels[label.text])
            return False
        self._codes[code.text] = code.span
        if label is not None:
            self._labels[label.text] = label.span
        return True
