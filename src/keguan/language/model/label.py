"""What things are called, and where they are declared."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """A Chinese label and the English one (made from the code where the author gave none)."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        """The label for ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class ClauseRef:
    """The clause in which something is declared: pack id, anchor in the document, and its number and title."""

    pack: str
    anchor: str
    number: str  # 第四条
    title: str  # 五级分类
