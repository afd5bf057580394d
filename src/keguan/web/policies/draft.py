"""A draft from the editor: its files, and what the language found in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import QueryDict

    from keguan.language.diagnostics.diagnostic import Diagnostic

PREFIX = "file."


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic as listed beside the editor and marked in it. ``mine``: it stands in the draft, not in another pack;
    lines and columns count from 1, columns by code point, the end is exclusive.
    """

    id: str
    severity: str
    place: str
    file: str
    mine: bool
    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    hint: str


def files_from(posted: QueryDict, kept: Mapping[str, str]) -> dict[str, str]:
    """The draft's text of every file of the pack; a file not in the form is as kept.

    A browser sends Windows line ends; they are changed back.
    """
    return {
        name: posted.get(PREFIX + name, text).replace("\r\n", "\n").replace("\r", "\n") for name, text in kept.items()
    }


def findings(diagnostics: Sequence[Diagnostic], pack: str, language: str) -> tuple[Finding, ...]:
    """Diagnostics of a draft of this pack in the reader's language, errors first, then by place."""
    order = ("error", "warning", "note")
    ranked = sorted(diagnostics, key=lambda each: (order.index(each.severity), each.span))
    return tuple(
        Finding(
            each.id,
            each.severity,
            str(each.span),
            each.span.file.rpartition("/")[2],
            each.span.file.startswith(f"{pack}/"),
            each.span.line,
            each.span.column,
            each.span.end_line,
            each.span.end_column,
            each.message(language),
            each.hint(language),
        )
        for each in ranked
    )
