"""Why a file cannot be used, in both languages."""

from __future__ import annotations


class Fault(Exception):
    """A model or a test file that cannot be read, with the sentence for people."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en

    def message(self, language: str = "zh") -> str:
        """The sentence in ``zh`` or ``en``."""
        return self.zh if language == "zh" else self.en
