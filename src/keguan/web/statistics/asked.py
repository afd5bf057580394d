"""What a page of statistics is asked for, read from its address, and the addresses of what its figures stand for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from keguan.language.model.model import FieldKind
from keguan.language.model.naming import LARGEST_ID
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes.queries import statistics
from keguan.runtime.processes.queries.statistics import Figure, Recurring, Selection, Span
from keguan.web.statistics.periods import usual

if TYPE_CHECKING:
    from django.http import QueryDict

    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.queries.statistics import Dimension, Key, Offer, Thresholds

_NOTHING = "-"
"""Stands in an address for a dimension that the reader does not want."""

_MOST_DAYS, _MOST_PARTIES = 366, 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """``by`` is what the bars tell apart, ``down`` and ``across`` what the heat map does; what counts as the same again
    is ``recurring``.
    """

    offer: Offer
    span: Span
    by: Dimension
    down: Dimension
    across: Dimension
    recurring: Recurring

    @property
    def everything(self) -> Selection:
        """All cases of the span."""
        return Selection(self.offer.process, self.offer.record_type, self.span)

    def selection(self, figure: Figure, at: tuple[tuple[Dimension, Key], ...] = (), step: str = "") -> Selection:
        """Some of them."""
        return Selection(self.offer.process, self.offer.record_type, self.span, figure, at, step)

    def page(self, span: Span | None = None) -> str:
        """The address of this page, or of the same for another span."""
        address = reverse("statistics:cases", args=[self.offer.process])
        return f"{address}?{urlencode(self._parameters(span or self.span))}"

    def list(
        self,
        figure: Figure = Figure.ALL,
        at: tuple[tuple[Dimension, Key], ...] = (),
        step: str = "",
        span: Span | None = None,
    ) -> str:
        """The address of the cases behind a figure."""
        parameters: list[tuple[str, str]] = [*self._parameters(span or self.span).items(), ("figure", figure.value)]
        parameters += [("at", json.dumps([of.code, key], ensure_ascii=False)) for of, key in at]
        if step:
            parameters.append(("step", step))
        return f"{reverse('statistics:list', args=[self.offer.process])}?{urlencode(parameters)}"

    def _parameters(self, span: Span) -> dict[str, str]:
        rule = self.recurring
        return {
            "from": span.first.isoformat(),
            "to": span.last.isoformat(),
            "by": self.by.code,
            "down": self.down.code,
            "across": self.across.code,
            "party": rule.party.code,
            "same": _NOTHING if rule.same is None else rule.same.code,
            "days": str(rule.days),
            "crowd_days": str(rule.crowd_days),
            "crowd_parties": str(rule.crowd_parties),
        }


def asked(viewer: Viewer, offer: Offer, query: QueryDict, thresholds: Thresholds, today: date) -> Asked:
    """What the address asks for. What it leaves open is the last half year, what tells its cases apart best against
    time, and the policy's figures of repeats and crowds. Raises ``Refused`` for what there is not or the viewer may not
    see.
    """
    period = usual(today)
    span = statistics.span(_day(query.get("from"), period.first), _day(query.get("to"), period.last))
    known = {**offer.dimensions, statistics.time_axis().code: statistics.time_axis()}
    first = query.get("by")
    if not first:
        everything = Selection(offer.process, offer.record_type, span)
        first = statistics.telling(viewer, everything, offer.dimensions.values()).code
    by = statistics.dimension(offer.dimensions, first)
    same = query.get("same") or first
    return Asked(
        offer,
        span,
        by,
        statistics.dimension(known, query.get("down") or first),
        statistics.dimension(known, query.get("across") or statistics.time_axis().code),
        Recurring(
            statistics.dimension(offer.parties, query.get("party") or next(iter(offer.parties))),
            None if same == _NOTHING else statistics.dimension(offer.dimensions, same),
            _number(query.get("days"), thresholds.repeat_days.value, _MOST_DAYS),
            _number(query.get("crowd_days"), thresholds.crowd_days.value, _MOST_DAYS),
            _number(query.get("crowd_parties"), thresholds.crowd_parties.value, _MOST_PARTIES),
        ),
    )


def figure_from(query: QueryDict) -> Figure:
    """Which figure a list is behind. Raises ``Refused``."""
    name = query.get("figure", Figure.ALL.value)
    if name not in {each.value for each in Figure}:
        raise Refused("statistics.figure", _("没有这项数字。"))
    return Figure(name)


def values_from(asked_for: Asked, query: QueryDict) -> tuple[tuple[Dimension, Key], ...]:
    """Which values the cases of a list have. Raises ``Refused`` for what is no value of its dimension."""
    axis = statistics.time_axis()
    known = {**asked_for.offer.parties, **asked_for.offer.dimensions, axis.code: axis}
    known |= {each.code: each for each in asked_for.offer.conclusions}
    return tuple(_value(known, text, asked_for.span) for text in query.getlist("at")[:4])


def _value(known: dict[str, Dimension], text: str, span: Span) -> tuple[Dimension, Key]:
    try:
        code, key = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        code, key = "", None
    of = statistics.dimension(known, code if isinstance(code, str) else "")
    if not _fits(of, key, span):
        raise Refused("statistics.value", _("这个数字背后的案件已经找不到，请回到统计页重新点开。"))
    return of, key


def _fits(of: Dimension, key: object, span: Span) -> bool:
    if key is None:
        return of.kind is not FieldKind.DATE
    if of.kind is FieldKind.BOOLEAN:
        return isinstance(key, bool)
    if of.kind is FieldKind.DATE:
        return type(key) is int and 0 <= key < len(span.slices())
    if of.kind is FieldKind.CHOICE:
        return isinstance(key, str) and "\0" not in key and not any("\ud800" <= sign <= "\udfff" for sign in key)
    return type(key) is int and abs(key) <= LARGEST_ID


def _day(text: str | None, usual_day: date) -> date:
    if not text:
        return usual_day
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("statistics.span", _("请按2026-01-31的样子填写日期。")) from None


def _number(text: str | None, usual_number: int, most: int) -> int:
    if not text:
        return usual_number
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= most and len(text) <= 4):
        raise Refused("statistics.number", _("请填写1至%(most)s之间的整数。") % {"most": most})
    return int(text)
