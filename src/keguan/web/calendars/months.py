"""A year as twelve small months, each day with its mark."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext, pgettext

from keguan.runtime.access.formatting import day as written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from keguan.runtime.calendars.queries import DayCard, YearCard


@dataclass(frozen=True, slots=True)
class Cell:
    """A day on the page: its colour (``kind``), the sign that says the same without colour, and what is said of it."""

    card: DayCard
    kind: str
    mark: str
    title: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday to Sunday; None where another month's day would stand."""

    first: date
    weeks: tuple[tuple[Cell | None, ...], ...]


def months(year: YearCard, language: str) -> tuple[Month, ...]:
    """The year's months."""
    return tuple(
        _month(list(cards), language) for _number, cards in groupby(year.days, key=lambda each: each.day.month)
    )


@dataclass(frozen=True, slots=True)
class Run:
    """Days in a row that are set apart in the same way."""

    first: date
    last: date
    name: str
    working: bool


def runs(cards: Iterable[DayCard]) -> tuple[Run, ...]:
    """The days, with those in a row put together."""
    found: list[Run] = []
    for card in cards:
        before = found[-1] if found else None
        follows = before is not None and card.day - before.last == timedelta(days=1)
        if before is not None and follows and (before.name, before.working) == (card.name, card.working):
            found[-1] = replace(before, last=card.day)
        else:
            found.append(Run(card.day, card.day, card.name, card.working))
    return tuple(found)


def weekdays() -> tuple[str, ...]:
    """Monday to Sunday, as short as can be."""
    return (
        pgettext("weekday", "一"),
        pgettext("weekday", "二"),
        pgettext("weekday", "三"),
        pgettext("weekday", "四"),
        pgettext("weekday", "五"),
        pgettext("weekday", "六"),
        pgettext("weekday", "日"),
    )


def cell(card: DayCard, language: str) -> Cell:
    """The day with its colour and sign."""
    kind = _kind(card)
    mark = {"off": pgettext("mark of a day", "休"), "made-up": pgettext("mark of a day", "班")}.get(kind, "")
    return Cell(card, kind, mark, gettext("；").join(_said(card, language)))


def _kind(card: DayCard) -> str:
    if card.special and not card.working:
        return "off"
    if card.working:
        return "made-up" if card.special and card.weekend else "working"
    return "weekend"


def _said(card: DayCard, language: str) -> Iterator[str]:
    yield written(card.day, language)
    if card.name:
        yield card.name
    yield gettext("上班 %(hours)s") % {"hours": card.hours} if card.working else gettext("休息")
    if card.working != card.trading:
        yield gettext("交易日") if card.trading else gettext("非交易日")
    if card.own:
        yield gettext("本公司设定")


def _month(cards: list[DayCard], language: str) -> Month:
    cells: list[Cell | None] = [None] * (cards[0].day.isoweekday() - 1)
    cells += [cell(card, language) for card in cards]
    cells += [None] * (-len(cells) % 7)
    weeks = tuple(tuple(cells[place : place + 7]) for place in range(0, len(cells), 7))
    return Month(cards[0].day, weeks)
