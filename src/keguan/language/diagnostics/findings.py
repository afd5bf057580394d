"""Collects diagnostics while a pass runs, so that one pass reports everything it finds."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from keguan.language.diagnostics.diagnostic import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.diagnostics.diagnostic import Entry
    from keguan.language.source import Span


class Findings:
    """A growing list of diagnostics."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []

    def add(self, entry: Entry, span: Span, **values: object) -> None:
        """Note one finding; values become plain strings."""
        self._found.append(Diagnostic(entry, span, {name: str(value) for name, value in values.items()}))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Take over what another pass found."""
        self._found.extend(diagnostics)

    @property
    def failed(self) -> bool:
        """Whether there is an error among them."""
        return any(found.severity is Severity.ERROR for found in self._found)

    def all(self) -> tuple[Diagnostic, ...]:
        """Everything found, by place in the source, without repeats."""
        unique = {(found.span, found.id, tuple(found.values.items())): found for found in self._found}
        return tuple(sorted(unique.values(), key=lambda found: (found.span, found.id)))


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that looks most like ``name``; where none does, the known names themselves (ten at most)."""
    names = list(dict.fromkeys(known))
    close = get_close_matches(name, names, n=1, cutoff=0.5)
    return close[0] if close else "、".join(names[:10])
