"""What a page carries that is no text of the policy: page numbers, running heads, a table of contents."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from keguan.language.paper.content import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.paper.content import Content

_PAGE = re.compile(
    r"[-—–·.\s]*(?:第\s*[0-9一二三四五六七八九十百]+\s*页(?:\s*[,，/]?\s*共\s*[0-9一二三四五六七八九十百]+\s*页)?"
    r"|page\s+[0-9]+(?:\s+of\s+[0-9]+)?|[0-9]{1,4}(?:\s*/\s*[0-9]{1,4})?)[-—–·.\s]*",
    re.IGNORECASE,
)
_LEADER = re.compile(r".*?(?:[.…·。]{3,}|(?:\s\.){3,}|\t+)\s*[0-9]{1,4}\s*")
_CONTENTS = re.compile(r"目\s*[录次]|contents|table of contents", re.IGNORECASE)
_RULE = re.compile(r"[\s_=~*.—–─━-]{3,}")
_RUNNING = 3  # a short line that stands so often is a running head
_SHORT = 40
_LONGEST = 200  # a line that is longer is none of these, and trying to read it as one could take for ever

PAGE = ("页码", "page number")
CONTENTS = ("目录", "table of contents")
RUNNING = ("每页重复的页眉或页脚", "running head or foot")
RULE = ("分隔线", "rule")


def noise(contents: Sequence[Content]) -> dict[int, tuple[str, str]]:
    """Why a piece of content (by its position) is no text of the policy, in Chinese and English."""
    lines = {
        index: each.text for index, each in enumerate(contents) if isinstance(each, Line) and len(each.text) <= _LONGEST
    }
    often = Counter(lines.values())
    found: dict[int, tuple[str, str]] = {}
    for index, text in lines.items():
        if _PAGE.fullmatch(text):
            found[index] = PAGE
        elif _CONTENTS.fullmatch(text) or _LEADER.fullmatch(text):
            found[index] = CONTENTS
        elif _RULE.fullmatch(text):
            found[index] = RULE
        elif often[text] >= _RUNNING and len(text) <= _SHORT and not text.endswith(("。", "；", "，", ".", ";")):
            found[index] = RUNNING
    return found
