"""The language that is being spoken now, as the policy's labels name it."""

from __future__ import annotations

from django.utils.translation import get_language


def spoken() -> str:
    """``zh`` or ``en``."""
    return "en" if (get_language() or "").startswith("en") else "zh"
