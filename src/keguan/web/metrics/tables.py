"""Figures as a table that can be taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.exports.actions import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.runtime.metrics.queries import FigureCard, FigurePage, Panel, Point


def headings() -> tuple[str, ...]:
    """The columns, whatever is in the table."""
    return (
        _("指标"), _("周期"), _("分组"), _("值"), _("分子"), _("分母"), _("目标"), _("状态"), _("依据"), _("截至"),
    )  # fmt: skip


def of_dashboard(panels: Sequence[Panel]) -> Table:
    """Every figure in its newest period and in those before it."""
    cards = [card for panel in panels for card in panel.cards]
    rows = tuple(_row(card, "", each) for card in cards for each in card.trend if each.shown)
    return Table("metrics", _("看板"), headings(), rows)


def of_figure(page: FigurePage) -> Table:
    """One figure: its periods, and its groups in the period that is looked at."""
    card = page.card
    whole = [_row(card, "", each) for each in card.trend if each.shown]
    groups = [_row(card, each.label, each.point) for each in page.groups]
    return Table(card.code, card.label, headings(), (*whole, *groups))


def _row(card: FigureCard, group: str, point: Point) -> tuple[str, ...]:
    return (
        card.label,
        point.period,
        group,
        point.text,
        point.numerator,
        point.denominator,
        card.target,
        point.state_label,
        f"{card.clause.number} {card.clause.title}",
        point.day.isoformat(),
    )
