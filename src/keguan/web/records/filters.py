"""The filters on offer for a list, and those chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from keguan.language.feel.typed import Literal
from keguan.language.model.model import FieldKind
from keguan.runtime.access.columns import Source, columns
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies
from keguan.runtime.records import queries as records
from keguan.runtime.records.queries import Operator
from keguan.web.records.criteria import address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.records.queries import Filter, ListQuery

OWNER = "@owner"
_RANK = {Source.OUTCOME: 0, Source.FACT: 1, Source.FIELD: 2}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to tick."""

    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """One filter in the form: ticks when it has ``choices``, else a range with an input of type ``input``."""

    code: str
    label: str
    choices: tuple[Choice, ...]
    input: str
    low: str
    high: str
    hint: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A condition in force, and the address without it."""

    label: str
    url: str


def filters_offered(viewer: Viewer, record_type: str, query: ListQuery) -> tuple[FilterChoices, ...]:
    """Whose the record is, then every column that can be ticked or ranged and that the viewer may ask about."""
    asked = {(each.code, each.operator): each.values for each in query.filters}
    mine = Choice(str(viewer.staff_id), gettext("我的"), str(viewer.staff_id) in asked.get((OWNER, Operator.IS), ()))
    made = [FilterChoices(OWNER, gettext("归属"), (mine,), "", "", "", "")] if viewer.staff_id else []
    made += [
        each
        for column, operators in sorted(records.filterable(viewer, record_type), key=lambda each: _RANK[each[0].source])
        if (each := _offered(column, operators, asked, viewer.language)) is not None
    ]
    return tuple(made)


def _offered(
    column: Column,
    operators: tuple[Operator, ...],
    asked: Mapping[tuple[str, Operator], tuple[str, ...]],
    language: str,
) -> FilterChoices | None:
    label, ticked = column.label.text(language), asked.get((column.code, Operator.IS), ())
    values = column.choices or outcome_values(column)
    if values:
        choices = tuple(Choice(value, value, value in ticked) for value in values)
        return FilterChoices(column.code, label, choices, "", "", "", "")
    if column.kind is FieldKind.BOOLEAN:
        words = (("true", "是", gettext("是")), ("false", "否", gettext("否")))
        choices = tuple(Choice(value, text, value in ticked or zh in ticked) for value, zh, text in words)
        return FilterChoices(column.code, label, choices, "", "", "", "")
    if Operator.FROM not in operators:
        return None
    low, high = (" ".join(asked.get((column.code, each), ())) for each in (Operator.FROM, Operator.TO))
    kind = "date" if column.kind is FieldKind.DATE else "text"
    hint = gettext("如 800万") if column.kind is FieldKind.MONEY else ""
    return FilterChoices(column.code, label, (), kind, low, high, hint)


def outcome_values(column: Column) -> tuple[str, ...]:
    """The texts that a decision can give in this output, in the order of its rules; empty for other columns."""
    if column.source is not Source.OUTCOME:
        return ()
    found: list[str] = []
    for decision in policies.current().model.decisions.values():
        for place, output in enumerate(decision.outputs):
            if output.code == column.code:
                results = (rule.results[place] for rule in decision.rules)
                found += [each.value for each in results if isinstance(each, Literal) and isinstance(each.value, str)]
    return tuple(dict.fromkeys(found))


def chosen(viewer: Viewer, record_type: str, query: ListQuery) -> tuple[Chosen, ...]:
    """The conditions in force, each with the address of the list without it."""
    return tuple(
        Chosen(
            _said(viewer, record_type, each),
            address(replace(query, filters=tuple(other for other in query.filters if other != each), after="")),
        )
        for each in query.filters
    )


def _said(viewer: Viewer, record_type: str, asked: Filter) -> str:
    values = _values(viewer, asked)
    sentences = {
        Operator.IS: gettext("%(label)s：%(values)s"),
        Operator.NOT: gettext("%(label)s不是%(values)s"),
        Operator.FROM: gettext("%(label)s ≥ %(values)s"),
        Operator.TO: gettext("%(label)s ≤ %(values)s"),
        Operator.CONTAINS: gettext("%(label)s含“%(values)s”"),
        Operator.EMPTY: gettext("%(label)s未填"),
        Operator.PRESENT: gettext("%(label)s已填"),
    }
    return sentences[asked.operator] % {"label": _label(viewer, record_type, asked.code), "values": values}


def _label(viewer: Viewer, record_type: str, code: str) -> str:
    system = {OWNER: gettext("归属"), "@id": gettext("名单"), "@unit": gettext("部门"), "@import": gettext("导入")}
    if code in system:
        return system[code]
    column = columns(policies.current().model, record_type).get(code)
    return code if column is None else column.label.text(viewer.language)


def _values(viewer: Viewer, asked: Filter) -> str:
    if asked.code == OWNER:
        ids = [int(value) for value in asked.values if value.isascii() and value.isdigit() and len(value) < 19]
        if ids == [viewer.staff_id]:
            return gettext("我的")
        return gettext("、").join(org.names(ids).values())
    if asked.code == "@id":
        return gettext("%(count)s 份") % {"count": len(asked.values)}
    words = {"true": gettext("是"), "false": gettext("否")}
    return gettext("、").join(words.get(value, value) for value in asked.values)
