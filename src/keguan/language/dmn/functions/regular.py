"""Functions with regular expressions. What is no pattern, or no replacement, gives null."""

from __future__ import annotations

from keguan.language.dmn.budget import within_limits
from keguan.language.dmn.functions.declaring import functions, may, needs, takes
from keguan.language.dmn.patterns.pattern import Match, compile_pattern
from keguan.language.dmn.types.types import BOOLEAN, LIST, STRING


def replace(text: str, pattern: str, replacement: str, flags: str | None) -> object:
    """The text with each match replaced; ``$1`` is what the first group matched. A match of nothing is an error."""
    compiled = compile_pattern(pattern, flags or "")
    if compiled.found(""):
        return None
    parts: list[str] = []
    at = 0
    for match in compiled.matches(text):
        filled = replacement if "q" in (flags or "") else _filled(replacement, text, match)
        if filled is None:
            return None
        parts += [text[at : match.start], filled]
        at = match.end
    return within_limits("".join([*parts, text[at:]]))


def split(text: str, delimiter: str) -> object:
    """The pieces between the matches."""
    compiled = compile_pattern(delimiter)
    if compiled.found(""):
        return None
    pieces: list[str] = []
    at = 0
    for match in compiled.matches(text):
        pieces.append(text[at : match.start])
        at = match.end
    return [*pieces, text[at:]]


def _filled(replacement: str, text: str, match: Match) -> str | None:
    """The replacement with its ``$1`` filled in; None when a ``$`` or a backslash stands for nothing."""
    found: list[str] = []
    characters = iter(enumerate(replacement))
    for at, character in characters:
        following = replacement[at + 1 : at + 2]
        if character == "\\":
            if following not in {"\\", "$"}:
                return None
            found.append(following)
            next(characters)
        elif character == "$":
            if not following.isdecimal():
                return None
            start, end = (match.start, match.end) if following == "0" else match.groups.get(int(following), (0, 0))
            found.append(text[start:end])
            next(characters)
        else:
            found.append(character)
    return "".join(found)


_FLAGS = may("flags", STRING)

FUNCTIONS = functions(
    matches=takes(
        lambda text, pattern, flags: compile_pattern(pattern, flags or "").found(text),
        needs("input", STRING),
        needs("pattern", STRING),
        _FLAGS,
        result=BOOLEAN,
    ),
    replace=takes(
        replace,
        needs("input", STRING),
        needs("pattern", STRING),
        needs("replacement", STRING),
        _FLAGS,
        result=STRING,
    ),
    split=takes(split, needs("string", STRING), needs("delimiter", STRING), result=LIST),
)
