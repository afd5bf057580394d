"""What running a scenario gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.language.diagnostics.diagnostic import Diagnostic
    from keguan.language.source import Span


@dataclass(frozen=True, slots=True)
class Failure:
    """One expectation that was not met: of which record, what was expected, what came, and why it came."""

    span: Span
    given: str
    expected: str
    got: str
    clause: str
    why: str
    language: str

    def sentence(self) -> str:
        """The whole failure in words, in the language in which the scenario was run."""
        if self.language == "zh":
            clause = f"（{self.clause}）" if self.clause else ""
            return f"{self.given}：应为{self.expected}{clause}，得到{self.got}。{self.why}"
        clause = f" ({self.clause})" if self.clause else ""
        return f"{self.given}: expected {self.expected}{clause}, got {self.got}. {self.why}".rstrip()


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """One scenario: ``diagnostics`` kept it from being run or judged, ``failures`` are what was not as expected.

    ``waiting``: it can only be acted out, and nobody was there to do it.
    """

    id: str
    name: str
    span: Span
    diagnostics: tuple[Diagnostic, ...]
    failures: tuple[Failure, ...]
    waiting: bool = False

    @property
    def passed(self) -> bool:
        """Whether it could be run and everything was as expected."""
        return not self.diagnostics and not self.failures and not self.waiting
