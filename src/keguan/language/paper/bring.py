"""A policy that exists on paper becomes a draft: valid, every clause still narrative, and nothing lost unsaid."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from keguan.language.markdown.numerals import clause_number, numeral
from keguan.language.paper.content import Grid, Line, Unreadable
from keguan.language.paper.markdown import escaped, table
from keguan.language.paper.noise import RUNNING, noise
from keguan.language.paper.numerals import chinese
from keguan.language.paper.plain import read_plain
from keguan.language.paper.structure import Rank, Recognised, Scheme, recognise, scheme_of
from keguan.language.paper.word import read_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.paper.content import Content

_SINCE = re.compile(
    r"([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日\s*起?\s*(?:开始)?\s*(?:施行|执行|实施|生效)"
)
_ARTICLE = re.compile(r"第(.+)条")
_LONGEST_TITLE = 60
UNTITLED = "客户管理制度"
"""What a policy is called whose paper does not say."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """What was left out: where it stood (paragraph or line), its words, and why in both languages."""

    place: int
    text: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Brought:
    """The draft: its title, its Markdown, how many clauses and tables it has, what was left out, and which articles
    got another number (as they were, as they are) because theirs was taken or not that of an article.
    """

    title: str
    text: str
    clauses: int
    tables: int
    dropped: tuple[Dropped, ...]
    renumbered: tuple[tuple[str, str], ...]


def bring_in(name: str, data: bytes, pack: str, today: date) -> Brought:
    """Make a draft of the pack ``pack`` from the file called ``name`` (.docx, else text).

    It takes effect on the day that the text names, else ``today``. Raises ``Unreadable``.
    """
    contents = read_word(data) if name.lower().endswith(".docx") else read_plain(data)
    unwanted = noise(contents)
    first = next((index for index, _ in enumerate(contents) if unwanted.get(index) in (None, RUNNING)), None)
    if first is not None:
        unwanted.pop(first, None)  # the first of the running heads is the title itself
    kept = [each for index, each in enumerate(contents) if index not in unwanted]
    dropped = tuple(
        Dropped(each.place, each.text, *unwanted[index])
        for index, each in enumerate(contents)
        if index in unwanted and isinstance(each, Line)
    )
    if not kept:
        raise Unreadable("文件里没有文字。", "There is no text in the file.")
    writer = _Writer(scheme_of(kept))
    title, body = _title(kept, writer.scheme)
    for each in body:
        writer.take(each)
    front = ["---", f"id: {pack}", f"title: {_yaml(title)}", "version: 1.0.0", f"effective: {_since(kept) or today}"]
    text = "\n".join([*front, "uses: []", "---", f"# {title}", "", *writer.finish()])
    return Brought(title, text, writer.clauses, writer.tables, dropped, tuple(writer.renumbered))


def _yaml(title: str) -> str:
    plain = re.fullmatch(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^:#]*", title)
    return title if plain else '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _title(contents: Sequence[Content], scheme: Scheme) -> tuple[str, Sequence[Content]]:
    """The document's first line, when it looks like a title; and the rest."""
    first = contents[0]
    if isinstance(first, Line):
        plain = Line(first.text.lstrip("# "), first.place, first.heading)
        short = 0 < len(plain.text) <= _LONGEST_TITLE and not plain.text.endswith(("。", "；", "："))
        if short and recognise(plain, scheme).rank is Rank.TEXT and clause_number(plain.text) is None:
            return plain.text, contents[1:]
    return UNTITLED, contents


def _since(contents: Sequence[Content]) -> date | None:
    for each in contents:
        found = _SINCE.search(each.text) if isinstance(each, Line) else None
        if found:
            try:
                return date(*(int(part) for part in found.groups()))
            except ValueError:
                continue
    return None


class _Writer:
    """Writes the Markdown, piece by piece."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.clauses = 0
        self.tables = 0
        self.renumbered: list[tuple[str, str]] = []
        self._lines: list[str] = []
        self._taken: set[int] = set()

    def take(self, content: Content) -> None:
        """One more line or table."""
        if isinstance(content, Grid):
            self._grid(content)
            return
        found = recognise(content, self.scheme)
        if found.rank is Rank.CHAPTER:
            self._add(f"## {found.number} {escaped(found.title)}".rstrip())
        elif found.rank is Rank.ARTICLE:
            self._article(found)
        else:
            if self.scheme is Scheme.NONE and not self.clauses:
                self._article(Recognised(Rank.ARTICLE))
            self._add(escaped(found.text))

    def finish(self) -> list[str]:
        """The lines; a document without any article still gets one, so that nothing stands outside a clause."""
        if not self.clauses:
            self._lines = ["### 第一条", "", *self._lines]
            self.clauses = 1
        return self._lines

    def _grid(self, grid: Grid) -> None:
        if grid.rows and len(grid.rows[0]) > 1:
            self.tables += 1
            self._add(table(grid.rows))
        else:
            for row in grid.rows:
                self._add(escaped(" ".join(row)))

    def _article(self, found: Recognised) -> None:
        self.clauses += 1
        number, title = self._number(found), escaped(found.title)
        if found.number and found.number != number:
            self.renumbered.append((found.number, number))
            title = f"{found.number} {title}".strip() if self.scheme is Scheme.DECIMAL else title
        self._add(f"### {number} {title}".rstrip())
        if found.text:
            self._add(escaped(found.text))

    def _number(self, found: Recognised) -> str:
        """The article's own number, or the next one after all so far when it has none or it is taken."""
        written = _ARTICLE.fullmatch(found.number)
        value = numeral(written.group(1)) if written else 0
        if written is None or value in self._taken:
            value = max(self._taken, default=0) + 1
            self._taken.add(value)
            return f"第{chinese(value)}条"
        self._taken.add(value)
        return found.number

    def _add(self, text: str) -> None:
        if text:
            self._lines += [text, ""]
