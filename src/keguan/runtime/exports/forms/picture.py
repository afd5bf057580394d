"""The picture behind a sheet: the mark in words, slanted, again and again: a photographed screen tells it too."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from keguan.runtime.exports.forms.fonts import family

_TEMPLATE = Path(__file__).parent / "behind.typ"
_PIXELS_PER_INCH = 72


@lru_cache(maxsize=8)
def behind(words: str) -> bytes:
    """A PNG with a clear ground; empty where this machine has no Chinese font."""
    name = family()
    if name is None:
        return b""
    import typst

    given = json.dumps({"words": words, "family": name}, ensure_ascii=False)
    made = typst.compile(_TEMPLATE.read_bytes(), sys_inputs={"given": given}, format="png", ppi=_PIXELS_PER_INCH)
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return made
