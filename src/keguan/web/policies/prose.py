"""Policy text as HTML: prose in Markdown, and a block's table as its author wrote it.

Raw HTML in a policy is shown as text, never passed on; column alignment becomes a class, because the pages allow no
inline styles.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_FENCE = ":::"
_FRONT = re.compile(r"\A\ufeff?---\n.*?\n---\n", re.DOTALL)
_SIGN = re.compile(r"([<>≥≤])\s+")
_CODE = re.compile(r"\s*[(（][a-z][a-z0-9_]*(?:[,，].*)?[)）]\s*$")


def prose(text: str) -> SafeString:
    """Markdown prose as HTML."""
    return _render(_MARKDOWN.parse(text), anchor="")


def whole(text: str) -> SafeString:
    """A file's whole text as HTML, its front matter left out and its blocks' tables as tables: for a draft that cannot
    be read as a policy yet.
    """
    body = _FRONT.sub("", text, count=1)
    bare = "\n".join("" if line.lstrip().startswith(_FENCE) else line for line in body.split("\n"))
    return _render(_MARKDOWN.parse(bare), anchor="")


def block(text: str, code: str, *, reading: bool = False) -> SafeString:
    """A block's matter as HTML: a table whose rows have the ids ``code-1`` …, or the text of a document.

    ``reading`` writes the cells of a decision for people: ``>= 5`` as ``≥ 5``, ``true`` as 是, ``"A"`` without quotes.
    """
    tokens = _MARKDOWN.parse(text)
    if reading:
        _for_reading(tokens)
    return _render(tokens, anchor=code, css="grid grid--reading" if reading else "grid")


def _render(tokens: Sequence[Token], *, anchor: str, css: str = "grid") -> SafeString:
    row, body = 0, False
    for token in tokens:
        if token.type == "table_open":
            token.attrSet("class", css)
        elif token.type == "tbody_open":
            body = True
        elif token.type == "tr_open" and body and anchor:
            row += 1
            token.attrSet("id", f"{anchor}-{row}")
        elif token.type in {"th_open", "td_open"}:
            _align(token)
    _mark_outputs(tokens)
    html = str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))
    return mark_safe(html)  # noqa: S308 - html=False escapes what authors typed


def _align(token: Token) -> None:
    """Column alignment as a class instead of the inline style markdown-it writes."""
    if str(token.attrs.pop("style", "")).endswith("right"):
        token.attrJoin("class", "number")


def _mark_outputs(tokens: Sequence[Token]) -> None:
    """Headings of output columns (``→ 等级``) get a class."""
    for heading, inline in pairwise(tokens):
        if heading.type == "th_open" and inline.content.lstrip().startswith("→"):
            heading.attrJoin("class", "output")


def _for_reading(tokens: Sequence[Token]) -> None:
    for cell, inline in pairwise(tokens):
        if cell.type == "th_open":
            _say(inline, _CODE.sub("", inline.content))
        elif cell.type == "td_open":
            _say(inline, _readable(inline.content))
            if inline.content == "–":
                cell.attrJoin("class", "any")


def _readable(cell: str) -> str:
    """One cell for people."""
    words = {"-": "–", "true": gettext("是"), "false": gettext("否")}
    readable = cell.replace(">=", "≥").replace("<=", "≤").replace('"', "")
    return words.get(cell) or _SIGN.sub("\\1\u00a0", readable)


def _say(inline: Token, text: str) -> None:
    """Replace a cell's content by plain text."""
    inline.content = text
    for child in inline.children or ():
        child.content = ""
    if inline.children:
        inline.children[0].type, inline.children[0].content = "text", text
