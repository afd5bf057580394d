"""Every message that the code and the templates say, and the English catalogue."""

from __future__ import annotations

import io
import re

from babel.messages.extract import extract
from babel.messages.pofile import read_po

from tests.house.source_tree import ROOT, tracked

CATALOGUE = ROOT / "src/keguan/locale/en/LC_MESSAGES/django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
}
TRANSLATE = re.compile(r"""\{%\s*(?:translate|trans)\s+(?:"([^"]*)"|'([^']*)')""")
BLOCK = re.compile(r"\{%\s*blocktrans(?:late)?\b(.*?)%\}(.*?)\{%\s*endblocktrans(?:late)?\s*%\}", re.DOTALL)
LITERAL_ARGUMENT = re.compile(r"""_\(\s*(?:"([^"]*)"|'([^']*)')\s*\)""")


def from_template(text: str) -> set[str]:
    """The messages of a Django template, as gettext keys them."""
    found = {double or single for double, single in TRANSLATE.findall(text)}
    found |= {double or single for double, single in LITERAL_ARGUMENT.findall(text)}
    for options, body in BLOCK.findall(text):
        plain = re.sub(r"\{\{\s*([a-z_]+)\s*\}\}", r"%(\1)s", body)
        for piece in re.split(r"\{%\s*plural\s*%\}", plain):
            trimmed = " ".join(line.strip() for line in piece.strip().splitlines()) if "trimmed" in options else piece
            found.add(trimmed)
    return found


def from_python(source: bytes) -> set[str]:
    """The messages of a Python file."""
    found: set[str] = set()
    for _line, message, _comments, _context in extract("python", io.BytesIO(source), keywords=KEYWORDS):
        found |= set(message) if isinstance(message, tuple) else {message}
    return {message for message in found if message}


def extracted() -> set[str]:
    """Every message said anywhere under src."""
    found: set[str] = set()
    for path in tracked("src/keguan/*.py"):
        found |= from_python(path.read_bytes())
    for path in tracked("src/keguan/*.html", "src/keguan/*.txt"):
        found |= from_template(path.read_text(encoding="utf-8"))
    return found


def catalogue() -> dict[str, str]:
    """The English catalogue: original to translation (a plural's first form)."""
    with CATALOGUE.open("rb") as file:
        parsed = read_po(file, locale="en")
    found: dict[str, str] = {}
    for message in parsed:
        if not message.id:
            continue
        originals = message.id if isinstance(message.id, tuple | list) else (message.id,)
        translations = message.string if isinstance(message.string, tuple | list) else (message.string,)
        for index, original in enumerate(originals):
            found[original] = translations[min(index, len(translations) - 1)]
    return found
