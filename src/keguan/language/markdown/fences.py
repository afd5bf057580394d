"""The ``:::`` fence as a block rule of markdown-it, so that fences inside code or quotations stay text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

OPENING = re.compile(r":::\s*(\S.*)")
CLOSING = re.compile(r":::\s*")
_HEADING = re.compile(r"#{2,6}\s")  # a single # begins a comment


def fence_plugin(md: MarkdownIt) -> None:
    """Add the rule; its tokens have type ``policy_block`` and ``meta["closed"]``."""
    md.block.ruler.before("fence", "policy_block", _rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    line = _line(state, start)
    if state.level != 0 or state.sCount[start] - state.blkIndent != 0 or not line.startswith(":::"):
        return False
    if silent:
        return True
    last, closed = find_end([_line(state, number) for number in range(start, end)])
    token = state.push("policy_block", "", 0)
    token.map = [start, start + last]
    token.meta["closed"] = closed
    state.line = start + last
    return True


def find_end(lines: Sequence[str]) -> tuple[int, bool]:
    """How many lines the block takes, and whether it was closed. An unclosed one ends before the next block or
    heading, so that one slip does not swallow the rest of the document.
    """
    if CLOSING.fullmatch(lines[0]):
        return 1, False
    for index, line in enumerate(lines[1:], 1):
        if CLOSING.fullmatch(line):
            return index + 1, True
        if OPENING.fullmatch(line) or _HEADING.match(line):
            return index, False
    return len(lines), False


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] : state.eMarks[number]]
