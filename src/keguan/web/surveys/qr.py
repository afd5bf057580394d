"""A QR code as SVG that stands in the page itself."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(address: str) -> SafeString:
    """The code of an address, level M of error correction (15 %), with its quiet zone; the page's CSS sizes it."""
    code = segno.make(address, micro=False, error="m")
    return mark_safe(code.svg_inline(scale=4, border=4, omitsize=True))  # noqa: S308 - drawn, no text in it
