"""A draft from the editor: its files, what the language found in it, and a trial of it as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext

from keguan.runtime.records.queries import MOST_IDS, Filter, ListQuery, Operator
from keguan.web.policies.flow import Flow, Movement, flow
from keguan.web.records.criteria import address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import QueryDict

    from keguan.language.diagnostics.diagnostic import Diagnostic
    from keguan.language.model.model import Decision
    from keguan.runtime.policies import queries as policies

PREFIX = "file."


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic as listed beneath the editor."""

    id: str
    severity: str
    place: str
    file: str
    line: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Line:
    """So many who would move in one way; ``url`` lists the first of them."""

    movement: Movement
    url: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What a trial did to one decision, drawn and counted."""

    label: str
    total: int
    moved: int
    picture: Flow
    lines: tuple[Line, ...]


def files_from(posted: QueryDict, published: Mapping[str, str]) -> dict[str, str]:
    """The draft's text of every file of the pack; a file not in the form is as published.

    A browser sends Windows line ends; they are changed back.
    """
    return {
        name: posted.get(PREFIX + name, text).replace("\r\n", "\n").replace("\r", "\n")
        for name, text in published.items()
    }


def findings(diagnostics: Sequence[Diagnostic], language: str) -> tuple[Finding, ...]:
    """Diagnostics in the reader's language, errors first, then by place."""
    order = ("error", "warning", "note")
    ranked = sorted(diagnostics, key=lambda each: (order.index(each.severity), each.span))
    return tuple(
        Finding(
            each.id,
            each.severity,
            str(each.span),
            each.span.file.rpartition("/")[2],
            each.span.line,
            each.message(language),
            each.hint(language),
        )
        for each in ranked
    )


def moved(movement: policies.Movement, language: str) -> Moved:
    """A trial's movement with its picture; the outcomes stand in the order of the decision's rules."""
    nothing = gettext("（无）")
    flows = [Movement(_text(each.before, nothing), _text(each.after, nothing), each.count) for each in movement.flows]
    named: dict[tuple[str, str], list[int]] = {}
    for record in movement.records:
        named.setdefault((_text(record.before[0], nothing), _text(record.after[0], nothing)), []).append(record.id)
    record_type = movement.decision.record_type
    lines = tuple(
        Line(each, _list(record_type, named.get((each.before, each.after), [])))
        for each in flows
        if each.before != each.after and each.count
    )
    label = movement.decision.outputs[0].label.text(language)
    return Moved(label, movement.total, movement.moved, flow(flows, _order(movement.decision, nothing)), lines)


def _list(record_type: str, ids: Sequence[int]) -> str:
    """The list of the first of those who would move; empty when none was named."""
    if not ids:
        return ""
    first = Filter("@id", Operator.IS, tuple(map(str, ids[:MOST_IDS])))
    return reverse("records:list", args=[record_type]) + address(ListQuery(filters=(first,)))


def _text(outcome: object, nothing: str) -> str:
    return nothing if outcome is None else str(outcome)


def _order(decision: Decision, nothing: str) -> tuple[str, ...]:
    """The first output's values in the order of the rules that give them."""
    found: list[str] = []
    for rule in decision.rules:
        value = getattr(rule.results[0], "value", None)
        found.append(nothing if value is None else str(value))
    return tuple(dict.fromkeys(found))
