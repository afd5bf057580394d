"""What is left visible of a protected value: enough to recognise it together with its owner, not to use it.

The lengths follow common practice under JR/T 0171-2020 (number of an identity card: first three and last four; card:
first six and last four; address: to the district) and, for what leaves on paper, GB/T 41833-2022 (at least six figures
of a phone number and one character of a name stay hidden).
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from keguan.language.model.classes import Display
from keguan.language.model.model import FieldKind

if TYPE_CHECKING:
    from keguan.runtime.access.columns import Column

STARS = "******"
_HEAD = 6
_LONGEST_NAME = 4
_HIDDEN_AT_LEAST = 4
_NAME = re.compile(rf"[㐀-鿿·]{{2,{_LONGEST_NAME}}}")
_REGION = re.compile(r"(?:.{1,12}?(?:省|自治区))?(?:.{1,10}?(?:市|自治州|地区|盟))?.{1,10}?(?:新区|区|县|旗)")
_NUMBERED = re.compile(r"[A-Za-z0-9/#_-]*\d{4}")
"""A number of a policy, contract or waybill: what it ends in is figures."""


class Profile(StrEnum):
    """For whom a value is masked."""

    SCREEN = "screen"  # colleagues, who can ask for the original
    PAPER = "waybill"  # 面单: whoever may get hold of the sheet
    NEVER = "never"  # a class that is shown to nobody: nothing of it is left


_ENDS = {
    Profile.SCREEN: {
        FieldKind.PHONE: (3, 4),
        FieldKind.ID_NUMBER: (3, 4),
        FieldKind.USCC: (3, 4),
        FieldKind.BANK_CARD: (6, 4),
    },
    Profile.PAPER: {
        FieldKind.PHONE: (3, 2),
        FieldKind.ID_NUMBER: (1, 1),
        FieldKind.USCC: (0, 4),
        FieldKind.BANK_CARD: (0, 4),
    },
}
"""How many characters stay at the beginning and at the end."""


def mask(kind: FieldKind, text: str, profile: Profile = Profile.SCREEN) -> str:
    """The text with its telling part replaced by ``*``. Nothing shorter than its own mask shows through."""
    if profile is Profile.NEVER:
        return STARS
    ends = _ENDS[profile].get(kind)
    if ends is not None:
        return _middle(text, *ends)
    if kind is FieldKind.EMAIL:
        name, at, domain = text.partition("@")
        return f"{name[:1]}***{at}{domain}" if len(name) > 1 else f"***{at}{domain}"
    return _words(text, profile) if kind in (FieldKind.TEXT, FieldKind.LONG_TEXT) else STARS


def mask_of(column: Column, value: object, profile: Profile = Profile.SCREEN) -> str:
    """The mask of a column's value: numbers, days and choices leave nothing, since their size would tell, and neither
    does a class that is shown to nobody.
    """
    return mask_shown(column.kind, column.display, value, profile)


def mask_shown(kind: FieldKind, display: Display, value: object, profile: Profile = Profile.SCREEN) -> str:
    """As ``mask_of``, for what is no column of a record."""
    if not isinstance(value, str):
        return STARS
    return mask(kind, value, Profile.NEVER if display is Display.NEVER else profile)


def on_paper(kind: FieldKind, text: str) -> str:
    """An ordinary value on a sheet that strangers may read: numbers of people, names and addresses are masked there
    too, and other words stay.
    """
    words = kind in (FieldKind.TEXT, FieldKind.LONG_TEXT)
    region = _REGION.match(text)
    plain = words and not _NAME.fullmatch(text) and (region is None or region.end() == len(text))
    if plain or not (words or kind in _ENDS[Profile.PAPER] or kind is FieldKind.EMAIL):
        return text
    return mask(kind, text, Profile.PAPER)


def _words(text: str, profile: Profile) -> str:
    """A name keeps its first character, an address its district, a number its last four; else a beginning is left, and
    on paper nothing.
    """
    if _NAME.fullmatch(text):
        return text[0] + "*" * (len(text) - 1)
    region = _REGION.match(text)
    if region is not None and region.end() < len(text):
        return text[: region.end()] + STARS
    if _NUMBERED.fullmatch(text) and len(text) >= 2 * _HIDDEN_AT_LEAST:
        return STARS + text[-_HIDDEN_AT_LEAST:]
    return STARS if profile is Profile.PAPER else text[: min(_HEAD, len(text) // 2)] + STARS


def _middle(text: str, head: int, tail: int) -> str:
    """Stars for all but the ends; only stars when what is hidden would be too little of it."""
    hidden = len(text) - head - tail
    return text[:head] + "*" * hidden + text[len(text) - tail :] if hidden >= _HIDDEN_AT_LEAST else STARS
