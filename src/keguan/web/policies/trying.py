"""A change tried on the live records, as its page shows it: a picture, who would move where, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from functools import partial
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from keguan.language.feel.types import Text
from keguan.runtime.access.formatting import formatted, scale_of
from keguan.runtime.records.queries import MOST_IDS, Filter, ListQuery, Operator
from keguan.web.policies.flow import Flow, Movement, flow
from keguan.web.policies.matrix import Matrix, matrix
from keguan.web.policies.trying_totals import Sum, total
from keguan.web.records.criteria import address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from keguan.language.model.model import ClauseRef, Decision, Label
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.decisions.queries import Explained, Named, SimulatedDecision

SHOWN = 30
"""So many of those who would move are named on the page; the lists behind the figures have more."""

DIRECTIONS: dict[str, Promise] = {
    "up": _("上升"),
    "down": _("下降"),
    "same": _("不变"),
    "gained": _("由无到有"),
    "lost": _("由有到无"),
    "none": _("一直没有"),
}
"""How a number moves, where the outcome is one."""


@dataclass(frozen=True, slots=True)
class Line:
    """So many who would move in one way; ``url`` lists the first of them, empty when none was named."""

    text: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Person:
    """A record that would move: its outcomes and the reasons of both versions, as far as the viewer may see."""

    title: str
    url: str
    before: str
    after: str
    reason: str
    reason_now: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What happens to one decision. ``picture`` and ``matrix`` are None where the outcome is a number, ``matrix`` also
    where there are too many outcomes; ``lines`` then tell what it does not. ``unnamed`` move as well and are not on the
    list; ``rule_only`` keep their outcome and have it from another row.
    """

    label: str
    clause: ClauseRef | None
    total: int
    moved: int
    rule_only: int
    picture: Flow | None
    matrix: Matrix | None
    lines: tuple[Line, ...]
    people: tuple[Person, ...]
    unnamed: int
    sums: tuple[Sum, ...]
    withheld: bool


def tried(found: SimulatedDecision, language: str) -> Tried:
    """One decision of a change that was tried."""
    nothing = gettext("（无）")
    decision = found.now or found.was
    said = partial(_text, decision, language=language, nothing=nothing)
    named: dict[tuple[str, str], list[int]] = {}
    for each in found.named:
        named.setdefault((_outcome(each.before, nothing), _outcome(each.after, nothing)), []).append(each.id)
    numeric = any(each.direction not in {"", "same"} for each in found.flows)
    moves = [Movement(said(each.before), said(each.after), each.count) for each in found.flows]
    urls = {pair: _list(found.record_type, ids) for pair, ids in named.items()}
    order = () if decision is None else tuple(dict.fromkeys(map(said, _order(decision))))
    drawn = None if numeric or decision is None else matrix(moves, order, urls)
    people = tuple(_person(each, found.record_type, nothing) for each in found.named[:SHOWN])
    return Tried(
        label=found.label.text(language),
        clause=None if decision is None else decision.clause,
        total=found.total,
        moved=found.moved,
        rule_only=found.rule_only,
        picture=None if numeric or decision is None else flow(moves, order),
        matrix=drawn,
        lines=() if drawn else tuple(_lines(found, said, urls)),
        people=people,
        unnamed=found.moved - len(people),
        sums=tuple(total(each, language) for each in found.totals),
        withheld=found.withheld,
    )


def _lines(
    found: SimulatedDecision, said: Callable[[object], str], urls: Mapping[tuple[str, str], str]
) -> Iterator[Line]:
    """Every movement, where no matrix tells them."""
    for each in found.flows:
        if not each.moved:
            continue
        if each.direction and each.before is None and each.after is None:
            yield Line(str(DIRECTIONS[each.direction]), each.moved, "")
        else:
            before, after = said(each.before), said(each.after)
            yield Line(f"{before} → {after}", each.moved, urls.get((before, after), ""))


def _person(each: Named, record_type: str, nothing: str) -> Person:
    before, after = _sides(each, nothing)
    return Person(
        title=each.title.text or f"#{each.id}",
        url=reverse("records:record", args=[record_type, each.id]),
        before=before,
        after=after,
        reason="" if each.after is None else each.after.sentence,
        reason_now="" if each.before is None else each.before.sentence,
    )


def _list(record_type: str, ids: Sequence[int]) -> str:
    """The list of the first of those who would move; empty when none was named."""
    if not ids:
        return ""
    first = Filter("@id", Operator.IS, tuple(map(str, ids[:MOST_IDS])))
    return reverse("records:list", args=[record_type]) + address(ListQuery(filters=(first,)))


def _sides(each: Named, nothing: str) -> tuple[str, str]:
    """The first output before and after; where that stays, every other that does not as well."""
    before, after = (dict(() if side is None else side.outcome) for side in (each.before, each.after))
    labels = list({**after, **before})
    same = labels and before.get(labels[0]) == after.get(labels[0])
    told = [
        label for place, label in enumerate(labels) if not place or (same and before.get(label) != after.get(label))
    ]
    return _texts(before, told, nothing), _texts(after, told, nothing)


def _texts(side: Mapping[Label, Shown], told: Sequence[Label], nothing: str) -> str:
    return gettext("、").join((side[label].text if label in side else "") or nothing for label in told) or nothing


def _outcome(explained: Explained | None, nothing: str) -> str:
    return nothing if explained is None or not explained.outcome else explained.outcome[0][1].text or nothing


def _text(decision: Decision | None, outcome: object, *, language: str, nothing: str) -> str:
    """A value of the decision's first output, as the records show it."""
    if outcome is None or decision is None or not isinstance(outcome, bool | int | str | date | time):
        return nothing
    first = decision.outputs[0]
    return formatted(first.kind, scale_of(first.type), outcome, language) or nothing


def _order(decision: Decision) -> Iterator[object]:
    """The first output's values in the order of its choices, or else of the rules that give them."""
    first = decision.outputs[0].type
    yield from (first.choices or ()) if isinstance(first, Text) else ()
    yield from (getattr(rule.results[0], "value", None) for rule in decision.rules)
