"""One diagnostic: what was found in a policy, where, and what the author can do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.source import Span


class Severity(StrEnum):
    """An error forbids publishing; a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Entry:
    """A catalogue entry: the sentence and the hint in both languages, with ``{name}`` places for the values."""

    id: str
    severity: Severity
    zh: str
    en: str
    hint_zh: str
    hint_en: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a catalogue entry at a place, with the values for its sentence (plain strings)."""

    entry: Entry
    span: Span
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The catalogue id, e.g. ``K2001``."""
        return self.entry.id

    @property
    def severity(self) -> Severity:
        """How grave it is; only errors forbid publishing."""
        return self.entry.severity

    def message(self, language: str = "zh") -> str:
        """The sentence in ``zh`` or ``en`` with its values filled in."""
        return (self.entry.zh if language == "zh" else self.entry.en).format(**self.values)

    def hint(self, language: str = "zh") -> str:
        """What to do about it, in ``zh`` or ``en``."""
        return (self.entry.hint_zh if language == "zh" else self.entry.hint_en).format(**self.values)
