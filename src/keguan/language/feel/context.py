"""What typing needs to know at one place of an expression, and where it reports."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from keguan.language.diagnostics.diagnostic import Diagnostic

if TYPE_CHECKING:
    from keguan.language.diagnostics.diagnostic import Entry
    from keguan.language.feel.scope import Scope
    from keguan.language.feel.typed import Typed
    from keguan.language.source import Span


@dataclass(frozen=True, slots=True)
class Context:
    """``subject`` is what ``?`` stands for; ``cell`` forbids reading the record; ``within`` names the children whose
    aggregate this is inside of. All contexts of one expression share ``diagnostics``.
    """

    scope: Scope
    diagnostics: list[Diagnostic]
    subject: Typed | None = None
    cell: bool = False
    within: str | None = None

    def report(self, entry: Entry, span: Span, **values: str) -> Typed | None:
        """Note a finding. Returns None, to stand for the part that could not be typed."""
        self.diagnostics.append(Diagnostic(entry, span, values))
        return None

    def testing(self, subject: Typed) -> Context:
        """The same place, with ``?`` standing for ``subject``."""
        return replace(self, subject=subject)

    def inside(self, name: str, scope: Scope) -> Context:
        """The place inside an aggregate over the children called ``name``."""
        return Context(scope, self.diagnostics, within=name)
