"""Functions of text. Positions count code points from 1, negative ones from the end."""

from __future__ import annotations

from decimal import Decimal

from keguan.language.dmn.functions.declaring import functions, may, needs, takes
from keguan.language.dmn.types.types import BOOLEAN, NUMBER, STRING, ListOf

_MATCH = (needs("string", STRING), needs("match", STRING))


def substring(text: str, start: Decimal, length: Decimal | None) -> str | None:
    """From a place on, perhaps only so many; None for a place that is not in the text, or a length below 1."""
    place = int(start)
    if place == 0 or abs(place) > len(text) or (length is not None and length < 1):
        return None
    rest = text[place - 1 if place > 0 else place :]
    return rest if length is None or length >= len(rest) else rest[: int(length)]


def before(text: str, match: str) -> str:
    """What stands before the first match; nothing when there is none."""
    found, separator, _ = text.partition(match) if match else ("", "", "")
    return found if separator else ""


def after(text: str, match: str) -> str:
    """What stands behind the first match; nothing when there is none."""
    return text.partition(match)[2] if match else text


def join(items: list[str | None], delimiter: str | None, prefix: str | None, suffix: str | None) -> str:
    """The texts, one after the other; nulls are left out."""
    return f"{prefix or ''}{(delimiter or '').join(item for item in items if item is not None)}{suffix or ''}"


FUNCTIONS = functions(
    substring=takes(
        substring, needs("string", STRING), needs("start position", NUMBER), may("length", NUMBER), result=STRING
    ),
    string_length=takes(lambda text: Decimal(len(text)), needs("string", STRING), result=NUMBER),
    upper_case=takes(lambda text: text.upper(), needs("string", STRING), result=STRING),
    lower_case=takes(lambda text: text.lower(), needs("string", STRING), result=STRING),
    substring_before=takes(before, *_MATCH, result=STRING),
    substring_after=takes(after, *_MATCH, result=STRING),
    contains=takes(lambda text, match: match in text, *_MATCH, result=BOOLEAN),
    starts_with=takes(lambda text, match: text.startswith(match), *_MATCH, result=BOOLEAN),
    ends_with=takes(lambda text, match: text.endswith(match), *_MATCH, result=BOOLEAN),
    string_join=takes(
        join,
        needs("list", ListOf(STRING)),
        may("delimiter", STRING),
        may("prefix", STRING),
        may("suffix", STRING),
        result=STRING,
    ),
)
