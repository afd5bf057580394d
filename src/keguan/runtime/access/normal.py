"""One spelling for what people write in many: full-width digits, spaces, +86. Equal things get equal blind indexes."""

from __future__ import annotations

import re
import unicodedata

from keguan.language.model.model import FieldKind

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_GAPS = re.compile(r"[\s\-–—―()·.]+")
_PREFIX = re.compile(r"^(?:\+|00)?86(?=1\d{10}$)")


def visible_text(text: str) -> str:
    """Without invisible characters and without blanks at the ends (the ideographic blank too)."""
    return _INVISIBLE.sub("", text).strip() if not text.isalnum() else text


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as ASCII; no invisible characters, no blanks at the ends."""
    return text if text.isascii() and text.isalnum() else visible_text(unicodedata.normalize("NFKC", text))


def digits_only(text: str) -> str:
    """Half-width, without the blanks and dashes with which people group digits."""
    return text if text.isascii() and text.isalnum() else _GAPS.sub("", half_width(text))


def normalised(kind: FieldKind, text: str) -> str:
    """The one spelling of a value of this kind. It does not judge whether the value is right."""
    if kind is FieldKind.PHONE:
        return _PREFIX.sub("", digits_only(text))
    if kind in (FieldKind.ID_NUMBER, FieldKind.USCC, FieldKind.BANK_CARD):
        return digits_only(text).upper()
    if kind is FieldKind.EMAIL:
        return half_width(text).lower()
    return visible_text(text)
