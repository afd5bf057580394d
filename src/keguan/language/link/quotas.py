"""Quota declarations → quotas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from keguan.language.blocks.quota import QuotaDeclaration
from keguan.language.diagnostics.catalogue import quotas as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.feel.types import Date, Number, Text
from keguan.language.link.codes import make_label
from keguan.language.link.figures import constant, is_share
from keguan.language.markdown.document import Written
from keguan.language.model.quota import Limit, Quota, QuotaLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.feel.typed import Typed
    from keguan.language.link.linking import Linking
    from keguan.language.link.packs import Declared
    from keguan.language.model.model import Decision, OutputColumn

_COUNTED = re.compile(r"(?P<figure>.+?)\s*(?:人|户|家|个|名|customers?|records?)")
_CUMULATIVE = re.compile(r"(?:累计|cumulative\s)\s*(?P<figure>.+)")
_NONE = frozenset({"", "-"})


def link_quotas(linking: Linking) -> dict[str, Quota]:
    """Quotas by code."""
    result: dict[str, Quota] = {}
    for declaration, declared in linking.declared(QuotaDeclaration):
        block = declaration.block
        decision = linking.decision(declaration.decision)
        if decision is None or not linking.claim("quota", block):
            continue
        output = _output(linking, declaration, decision)
        if output is not None:
            result[block.code.text] = _quota(linking, declaration, declared, decision, output)
    return result


def _output(linking: Linking, declaration: QuotaDeclaration, decision: Decision) -> OutputColumn | None:
    """The result that is limited: the one named, else the first; it must have choices."""
    name = declaration.decision.text
    named = [each for each in decision.outputs if name in (each.code, each.label.zh)]
    output = (named or list(decision.outputs))[0]
    if decision.hit.collects or not isinstance(output.type, Text) or output.type.choices is None:
        span = declaration.decision.span
        linking.findings.add(entries.NO_CHOICES, span, label=decision.label.zh, output=output.label.zh)
        return None
    return output


def _quota(
    linking: Linking, declaration: QuotaDeclaration, declared: Declared, decision: Decision, output: OutputColumn
) -> Quota:
    block, record_type = declaration.block, decision.record_type
    group = linking.expression(record_type, declaration.group) if declaration.group is not None else None
    by = linking.expression(record_type, declaration.by) if declaration.by is not None else None
    if by is not None and declaration.by is not None and not isinstance(by.type, Number | Date):
        linking.findings.add(entries.NOT_RANKED, declaration.by.span, value=declaration.by.text)
    return Quota(
        code=block.code.text,
        label=make_label(block.label.text, "", block.code.text),
        decision=decision.code,
        output=output.code,
        record_type=record_type,
        group=group,
        group_text=declaration.group.text if declaration.group is not None else "",
        by=by,
        by_text=declaration.by.text if declaration.by is not None else "",
        descending=declaration.descending,
        surplus=declaration.surplus,
        to=_outcome(linking, declaration.to, output) if declaration.to is not None else None,
        rounding=declaration.rounding,
        lines=tuple(_lines(linking, declaration, record_type, output, _added_up(by, declaration))),
        clause=declared.clause,
        span=block.span,
    )


def _added_up(by: Typed | None, declaration: QuotaDeclaration) -> bool:
    """Whether the order is one of amounts, the largest first: only these can be added up from the top."""
    return by is not None and isinstance(by.type, Number) and declaration.descending


def _outcome(linking: Linking, written: Written, output: OutputColumn) -> str | None:
    """An outcome with or without quotation marks; None after a diagnostic."""
    bare = written.text.strip('"“”')
    choices = (output.type.choices if isinstance(output.type, Text) else None) or ()
    if bare in choices:
        return bare
    linking.findings.add(
        entries.OUTCOME_UNKNOWN, written.span, value=bare, output=output.label.zh, **suggest(bare, choices)
    )
    return None


def _lines(
    linking: Linking, declaration: QuotaDeclaration, record_type: str, output: OutputColumn, added_up: bool
) -> Iterator[QuotaLine]:
    seen: set[str] = set()
    for line in declaration.lines:
        outcome = _outcome(linking, line.outcome, output)
        if outcome is None:
            continue
        if outcome in seen:
            linking.findings.add(entries.OUTCOME_TWICE, line.outcome.span, value=outcome)
            continue
        seen.add(outcome)
        most = _limit(linking, record_type, line.most, cumulative=added_up)
        least = _limit(linking, record_type, line.least, cumulative=False)
        if line.most.text in _NONE and line.least.text in _NONE:
            linking.findings.add(entries.NO_LIMIT, line.outcome.span, value=outcome)
        yield QuotaLine(outcome, most, least, line.reference, line.span)


def _limit(linking: Linking, record_type: str, written: Written, *, cumulative: bool) -> Limit | None:
    if written.text in _NONE:
        return None
    added = _CUMULATIVE.fullmatch(written.text)
    if added is not None:
        start, end = added.span("figure")
        figure = Written(added.group("figure"), written.span.within(start, end - start))
        share: Typed | None = constant(linking, record_type, figure, entries.LIMIT_FORM)
        if share is None:
            return None
        if not cumulative or not is_share(linking, share, figure.text):
            linking.findings.add(entries.NOT_ADDED_UP, written.span, value=written.text)
            return None
        return Limit(share, share=True, text=written.text, cumulative=True)
    counted = _COUNTED.fullmatch(written.text)
    figure = written
    if counted is not None:
        start, end = counted.span("figure")
        figure = Written(counted.group("figure"), written.span.within(start, end - start))
    typed: Typed | None = constant(linking, record_type, figure, entries.LIMIT_FORM)
    if typed is None:
        return None
    return Limit(typed, counted is None and is_share(linking, typed, figure.text), written.text)
