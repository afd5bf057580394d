"""Tests that set Chinese type run where a Chinese font is installed, and say so where none is."""

from __future__ import annotations

import pytest
import typst

from keguan.language.paper.into_pdf import FAMILIES

chinese_font = pytest.mark.skipif(
    not set(FAMILIES) & set(typst.Fonts().families()),
    reason="no Chinese font is installed (apt install fonts-noto-cjk)",
)
