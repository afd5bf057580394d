"""Recognising chapters (第一章), articles (第一条) and items, whatever a company calls and numbers them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from keguan.language.paper.content import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.paper.content import Content

_NUMERAL = r"[零〇一二两三四五六七八九十百千0-9]+"
_CHAPTER = re.compile(rf"(第\s*{_NUMERAL}\s*[章编篇部])[\s、.：:]*(.{{0,40}})")
_SECTION = re.compile(rf"(第\s*{_NUMERAL}\s*节)[\s、.：:]*(.{{0,40}})")
_ARTICLE = re.compile(rf"(第\s*{_NUMERAL}\s*条)(?:之[一二三四五六七八九十])?[\s、.：:]*(.*)")
_ANNEX = re.compile(r"(附\s*[件录表]\s*[0-9一二三四五六七八九十]*)(?![，,所中的])[\s、.：:]*(.{0,40})")
_DECIMAL = re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,3}){0,4})[\s、.．]+(\S.*)")
_ENUMERATED = re.compile(r"([一二三四五六七八九十]{1,3})\s*[、.．]\s*(\S.*)")
_TITLED = re.compile(r"[【\[（(]\s*([^】\]）)]{1,20})\s*[】\]）)]\s*(.*)")
_LONGEST_TITLE = 24
_ENDS = ("。", "；", "，", "：", ":", ";", ",", ".", "、", "！", "？")
_FEWEST = 2


class Scheme(Enum):
    """How a document numbers its articles."""

    ARTICLES = auto()  # 第一条
    DECIMAL = auto()  # 1 / 1.1 / 1.1.1
    ENUMERATED = auto()  # 一、 二、
    NONE = auto()


class Rank(Enum):
    """What a line is."""

    CHAPTER = auto()
    ARTICLE = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Recognised:
    """A line as it was recognised. ``number`` is as written (第三条, 3.1, empty), ``text`` what follows the title."""

    rank: Rank
    number: str = ""
    title: str = ""
    text: str = ""


def scheme_of(contents: Sequence[Content]) -> Scheme:
    """The scheme that the document's lines follow."""
    lines = [each.text for each in contents if isinstance(each, Line)]
    if any(_is_article(line) for line in lines):
        return Scheme.ARTICLES
    if sum(bool((found := _DECIMAL.fullmatch(line)) and "." in found.group(1)) for line in lines) >= _FEWEST:
        return Scheme.DECIMAL
    if sum(bool(_ENUMERATED.fullmatch(line)) for line in lines) >= _FEWEST:
        return Scheme.ENUMERATED
    return Scheme.NONE


def recognise(line: Line, scheme: Scheme) -> Recognised:
    """What ``line`` is in a document of this scheme."""
    text = line.text
    if (found := _CHAPTER.fullmatch(text) or _SECTION.fullmatch(text)) and not text.endswith(_ENDS[:3]):
        return Recognised(Rank.CHAPTER, _close(found.group(1)), found.group(2).strip())
    if (found := _ANNEX.fullmatch(text)) and not text.endswith(_ENDS[:3]):
        return Recognised(Rank.ARTICLE, "", " ".join(part for part in (_close(found.group(1)), found.group(2)) if part))
    if scheme is Scheme.ARTICLES and _is_article(text):
        article = _ARTICLE.fullmatch(text)
        return (
            Recognised(Rank.ARTICLE, _close(article.group(1)), *_titled(article.group(2))) if article else _text(text)
        )
    if scheme is Scheme.DECIMAL and (found := _DECIMAL.fullmatch(text)):
        return _decimal(found.group(1), found.group(2))
    if scheme is Scheme.ENUMERATED and (found := _ENUMERATED.fullmatch(text)):
        return Recognised(Rank.ARTICLE, f"{found.group(1)}、", *_titled(found.group(2)))
    return _text(text)


def _text(text: str) -> Recognised:
    return Recognised(Rank.TEXT, text=text)


def _decimal(number: str, rest: str) -> Recognised:
    """``3 信用管理`` is a chapter, ``3.1 …`` an article; what is deeper is text of the article."""
    points = number.count(".")
    if points == 0:
        is_title = len(rest) <= _LONGEST_TITLE and not rest.endswith(_ENDS)
        return Recognised(Rank.CHAPTER, number, rest) if is_title else _text(f"{number}. {rest}")
    return Recognised(Rank.ARTICLE, number, *_titled(rest)) if points == 1 else _text(f"{number} {rest}")


def _is_article(text: str) -> bool:
    """Whether a line begins an article, rather than speaking of one (第三条所称…)."""
    found = _ARTICLE.fullmatch(text)
    return found is not None and not found.group(2).startswith(("所", "规定", "的", "中", "第", "至", "、", "和", "及"))


def _titled(rest: str) -> tuple[str, str]:
    """(title, text) of what follows an article's number."""
    rest = rest.strip()
    if found := _TITLED.fullmatch(rest):
        return found.group(1), found.group(2)
    if len(rest) <= _LONGEST_TITLE and not rest.endswith(_ENDS):
        return rest, ""
    return "", rest


def _close(number: str) -> str:
    return "".join(number.split())
