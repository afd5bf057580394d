"""The Chinese font that this machine has."""

from __future__ import annotations

from functools import cache

FAMILIES = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei", "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun",
)  # fmt: skip
"""Those that will do, the best first. Without one, Typst would set empty boxes and say nothing."""


@cache
def family() -> str | None:
    """The best of them; None where there is none."""
    import typst

    installed = set(typst.Fonts().families())
    return next((each for each in FAMILIES if each in installed), None)
