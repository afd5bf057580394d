"""Rows that say the same twice, in tables where every row that holds counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import tables as entries
from keguan.language.model.model import HitPolicy

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject
    from keguan.language.feel.typed import Typed


def duplicates(subject: Subject) -> None:
    """Report every row whose conditions and results are those of a row above it."""
    for decision in subject.model.decisions.values():
        if not (decision.hit.collects or decision.hit is HitPolicy.ANY):
            continue
        seen: dict[tuple[tuple[Typed | None, ...], tuple[Typed, ...]], int] = {}
        for rule in decision.rules:
            said = (rule.tests, rule.results)
            if said in seen:
                subject.findings.add(entries.RULE_TWICE, rule.span, row=rule.number, other=seen[said])
            elif rule.number:
                seen[said] = rule.number
