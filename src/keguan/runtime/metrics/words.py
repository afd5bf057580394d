"""Figures in words: what they come to, of what period, how they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from keguan.language.feel.types import Boolean
from keguan.language.model.actors import PartyKind
from keguan.language.model.behind import Part
from keguan.language.model.figure_state import FigureState
from keguan.language.model.metric import GroupBy
from keguan.language.model.model import FieldKind
from keguan.language.model.timing import Unit
from keguan.runtime.access.formatting import formatted, scale_of
from keguan.runtime.metrics.groups import PERSONAL

if TYPE_CHECKING:
    from datetime import date

    from django.utils.functional import Promise

    from keguan.language.feel.types import Type
    from keguan.language.model.metric import Figure, Grouping
    from keguan.language.model.model import Model
    from keguan.runtime.metrics.groups import Key

STATES: dict[FigureState, Promise] = {
    FigureState.MET: pgettext_lazy("a figure", "达标"),
    FigureState.WARNING: pgettext_lazy("a figure", "预警"),
    FigureState.MISSED: pgettext_lazy("a figure", "未达标"),
    FigureState.EMPTY: pgettext_lazy("a figure", "没有数据"),
    FigureState.NONE: pgettext_lazy("a figure", "不设目标"),
}
PARTS: dict[Part, Promise] = {
    Part.MISSING: gettext_lazy("没有计入的"),
    Part.COUNTED: gettext_lazy("计入的"),
    Part.OF: gettext_lazy("应计的全部"),
}
_MONTHS_OF_QUARTER, _MONTHS_OF_YEAR = 3, 12


def value_text(figure: Figure, value: int | None, language: str) -> str:
    """What a figure comes to; a dash where there is nothing to work out."""
    if value is None:
        return "–"
    return formatted(figure.kind or FieldKind.NUMBER, scale_of(figure.type), value, language)


def part_text(type_: Type, value: int | None, language: str) -> str:
    """A numerator or denominator."""
    return "–" if value is None else formatted(FieldKind.NUMBER, scale_of(type_), value, language)


def period_text(figure: Figure, start: date, end: date) -> str:
    """A period as people call it."""
    every = figure.period.every
    months = {Unit.MONTH: 1, Unit.QUARTER: _MONTHS_OF_QUARTER, Unit.YEAR: _MONTHS_OF_YEAR}.get(every.unit, 0)
    months *= every.amount
    facts = {"year": start.year, "month": start.month, "quarter": (start.month + 2) // _MONTHS_OF_QUARTER}
    if months == 1:
        return _("%(year)s年%(month)s月") % facts
    if months == _MONTHS_OF_QUARTER:
        return _("%(year)s年第%(quarter)s季度") % facts
    if months == _MONTHS_OF_YEAR:
        return _("%(year)s年") % facts
    if start == end:
        return start.isoformat()
    return _("%(first)s 至 %(last)s") % {"first": start.isoformat(), "last": end.isoformat()}


def responsible_text(figure: Figure, model: Model, language: str) -> str:
    """Who answers for a figure; empty where the policy names nobody."""
    named = []
    for party in figure.responsible:
        role = model.roles.get(party.role or "")
        if party.kind is PartyKind.ROLE and role is not None:
            named.append(role.label.text(language))
        elif party.kind is PartyKind.UNIT_HEAD:
            named.append(_("部门负责人"))
        elif party.kind is PartyKind.OWNER:
            named.append(_("记录负责人"))
    return _("、").join(named)


def grouping_text(group: Grouping) -> str:
    """What the groups of a figure are."""
    return {GroupBy.OWNER: _("记录负责人"), GroupBy.UNIT: _("部门")}.get(group.by, group.text)


def plain_key(group: Grouping, key: Key) -> str:
    """A group that is called by its value; those of people, units and records have names."""
    if key is None:
        return _("没有指定") if group.by in PERSONAL or group.by is GroupBy.UNIT else _("没有填写")
    if group.value is not None and isinstance(group.value.type, Boolean):
        return _("是") if key else _("否")
    return str(key)
