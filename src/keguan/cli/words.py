"""The words of the command line in its operator's language, without Django.

Chinese is what the code says; English stands in the same catalogue that the pages use. ``KEGUAN_LANGUAGE`` chooses:
``zh`` (as when it is not set) or ``en``.
"""

from __future__ import annotations

import os
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

VARIABLE = "KEGUAN_LANGUAGE"
LANGUAGES = {"zh": "zh-hans", "en": "en"}
"""What the variable may say, and what Django calls that language."""

_CATALOGUES = Path(__file__).resolve().parent.parent / "locale"


def language() -> str:
    """``zh`` or ``en``; Chinese where the variable says neither."""
    chosen = os.environ.get(VARIABLE, "")
    return chosen if chosen in LANGUAGES else "zh"


def unknown_language() -> str:
    """What the variable says when that is no language of the console; else nothing."""
    chosen = os.environ.get(VARIABLE, "")
    return "" if chosen in {"", *LANGUAGES} else chosen


def _(message: str) -> str:
    """The message in the chosen language; as it is written where the catalogue does not have it."""
    return _catalogue(language()).gettext(message)


@cache
def _catalogue(chosen: str) -> NullTranslations:
    return translation("django", _CATALOGUES, [chosen], fallback=True)
