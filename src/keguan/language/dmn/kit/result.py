"""What running the kit gave."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Miss:
    """A result that was not as expected, as text; ``node`` is empty where the case could not be run at all.

    ``zh`` and ``en`` say why, where that is known.
    """

    folder: str
    model: str
    case: str
    node: str
    expected: str
    got: str
    zh: str = ""
    en: str = ""

    def sentence(self, language: str = "zh") -> str:
        """The whole miss in ``zh`` or ``en``."""
        place = " ".join(part for part in (self.folder, self.model, self.case, self.node) if part)
        why = self.zh if language == "zh" else self.en
        if not self.node:
            return f"{place}：{why}" if language == "zh" else f"{place}: {why}"
        if language == "zh":
            return f"{place}：应为 {self.expected}，得到 {self.got}{f'（{why}）' if why else ''}"
        return f"{place}: expected {self.expected}, got {self.got}{f' ({why})' if why else ''}"


@dataclass(frozen=True, slots=True)
class FolderResult:
    """One folder of the kit: its test cases, how many came out right, and of how many nothing but null is expected.

    The last is the floor: what an engine would reach that answers null to everything.
    """

    folder: str
    cases: int
    passed: int
    floor: int
    misses: tuple[Miss, ...]
