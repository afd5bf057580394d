"""Sentences that the law does not let a business write into what it gives its customers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import documents as entries
from keguan.language.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.check.subject import Subject
    from keguan.language.model.model import Model


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A wording, as a pattern, and why it may not be used."""

    pattern: re.Pattern[str]
    reason: str
    reason_en: str


PHRASES = (
    Forbidden(
        re.compile(r"(?:最终|最后|单方|单方面)的?解释权"),
        "《侵害消费者权益行为处罚办法》第十二条第六项不许经营者规定自己单方享有解释权或者最终解释权",
        "Article 12(6) of the Measures on Penalties for Infringing Consumers' Rights and Interests does not let a "
        "business reserve the sole or final right of interpretation",
    ),
)
_SENTENCE = re.compile(r"[。！？；;!?\n]")
_FORBIDDING = re.compile(r"不得|禁止|严禁|不应|不可以|不准")


def forbidden_text(subject: Subject) -> None:
    """Report such wording in the prose of clauses and in documents; a sentence that itself forbids it is left alone."""
    for text, begin in _texts(subject.model):
        for phrase in PHRASES:
            for found in phrase.pattern.finditer(text):
                sentence = _SENTENCE.split(text[: found.start()])[-1]
                if not _FORBIDDING.search(sentence):
                    values = {"phrase": found.group(), "reason": phrase.reason, "reason_en": phrase.reason_en}
                    subject.findings.add(entries.FORBIDDEN, _place(text, begin, *found.span()), **values)


def _texts(model: Model) -> Iterator[tuple[str, Span]]:
    """The prose of every clause and the text of every document, with where each stands."""
    for policy in model.policies.values():
        for clause in policy.clauses:
            yield from ((part.prose, part.span) for part in clause.parts if part.control is None)
    for document in model.blocks.documents.values():
        yield document.source, document.source_span


def _place(text: str, span: Span, start: int, end: int) -> Span:
    """Where a stretch of a text of several lines stands."""
    line = span.line + text.count("\n", 0, start)
    column = start - (text.rfind("\n", 0, start) + 1) + 1
    return Span(span.file, line, column, line, column + end - start)
