"""Every message that the code and the templates say, and the English catalogue."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import NamedTuple

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
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
CALL = re.compile(rf"\b(?:{'|'.join(KEYWORDS)})\s*\(".encode())
"""Where a Python file says something: one in which this is not found says nothing."""
TRANSLATE = re.compile(r"""\{%\s*(?:translate|trans)\s+(["'])(.*?)\1([^%]*)%\}""")
BLOCK = re.compile(r"\{%\s*blocktrans(?:late)?\b(.*?)%\}(.*?)\{%\s*endblocktrans(?:late)?\s*%\}", re.DOTALL)
PLURAL = re.compile(r"\{%\s*plural\s*%\}")
CONTEXT = re.compile(r"""\bcontext\s+(["'])(.*?)\1""")
LITERAL_ARGUMENT = re.compile(r"""_\(\s*(["'])(.*?)\1\s*\)""")


class Message(NamedTuple):
    """What gettext looks a sentence up by: a plural is another message than the same sentence without one."""

    original: str
    plural: str = ""
    context: str = ""


def from_template(text: str) -> set[Message]:
    """The messages of a Django template, as gettext keys them."""
    found = {Message(original, context=_context(options)) for _quote, original, options in TRANSLATE.findall(text)}
    found |= {Message(original) for _quote, original in LITERAL_ARGUMENT.findall(text)}
    for options, body in BLOCK.findall(text):
        plain = re.sub(r"\{\{\s*([a-z_]+)\s*\}\}", r"%(\1)s", body)
        pieces = PLURAL.split(plain)
        if re.search(r"\btrimmed\b", options):
            pieces = [" ".join(line.strip() for line in piece.strip().splitlines()) for piece in pieces]
        found.add(Message(*pieces, context=_context(options)))
    return found


def _context(options: str) -> str:
    named = CONTEXT.search(options)
    return named[2] if named else ""


def from_python(source: bytes) -> set[Message]:
    """The messages of a Python file."""
    found: set[Message] = set()
    if not CALL.search(source):
        return found
    for _line, said, _comments, context in extract("python", io.BytesIO(source), keywords=KEYWORDS):
        pieces = said if isinstance(said, tuple) else (said,)
        if pieces[0]:
            found.add(Message(*pieces, context=context or ""))
    return found


@cache
def extracted() -> frozenset[Message]:
    """Every message said anywhere under src."""
    found: set[Message] = set()
    for path in tracked("src/keguan/*.py"):
        found |= from_python(path.read_bytes())
    for path in tracked("src/keguan/*.html", "src/keguan/*.txt"):
        found |= from_template(path.read_text(encoding="utf-8"))
    return frozenset(found)


@cache
def catalogue() -> dict[Message, tuple[str, ...]]:
    """The English catalogue: each message with its translation, which has two forms for a plural."""
    with CATALOGUE.open("rb") as file:
        parsed = read_po(file, locale="en")
    found: dict[Message, tuple[str, ...]] = {}
    for entry in parsed:
        if entry.id:
            pieces = entry.id if isinstance(entry.id, tuple | list) else (entry.id,)
            forms = entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
            found[Message(*pieces, context=entry.context or "")] = tuple(forms)
    return found
