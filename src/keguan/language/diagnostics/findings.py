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

    def remove(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Take some findings out again."""
        gone = {_key(found) for found in diagnostics}
        self._found = [found for found in self._found if _key(found) not in gone]

    @property
    def failed(self) -> bool:
        """Whether there is an error among them."""
        return any(found.severity is Severity.ERROR for found in self._found)

    def all(self) -> tuple[Diagnostic, ...]:
        """Everything found, by place in the source, without repeats."""
        unique = {_key(found): found for found in self._found}
        return tuple(sorted(unique.values(), key=lambda found: (found.span, found.id)))


def _key(found: Diagnostic) -> tuple[object, ...]:
    """The same for two findings exactly when one of them is enough."""
    return found.span, found.id, tuple(found.values.items())


_MOST_LISTED = 10


def suggest(name: str, known: Iterable[str], listed: Iterable[str] | None = None) -> dict[str, str]:
    """A hint for a name that was not found, as values of a diagnostic: the known name that looks most like it, or
    where none does, those that could be written (``listed``, else ``known``; ten at most).
    """
    names = list(dict.fromkeys(known))
    close = get_close_matches(name, names, n=1, cutoff=0.5) if name else []
    if close:
        return {"suggestion": f"是不是“{close[0]}”？", "suggestion_en": f"Did you mean “{close[0]}”?"}
    shown = names if listed is None else list(dict.fromkeys(listed))
    if not shown:
        return {"suggestion": "先声明它。", "suggestion_en": "Declare it first."}
    more, more_en = ("等", ", …") if len(shown) > _MOST_LISTED else ("", "")
    first = shown[:_MOST_LISTED]
    return {
        "suggestion": f"可写：{'、'.join(first)}{more}。",
        "suggestion_en": f"Write one of: {', '.join(first)}{more_en}.",
    }
