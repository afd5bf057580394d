"""A list query's filters and order as conditions on the table; what the viewer may not see is refused, not ignored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keguan.language.model.model import FieldKind
from keguan.runtime.access.columns import columns
from keguan.runtime.access.denied import FieldDenied
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.rights import readable
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records.classes import attribute
from keguan.runtime.records.layout import record_columns
from keguan.runtime.records.list_query import MOST_FILTERS, MOST_IDS, MOST_VALUES, Filter, Operator, storable
from keguan.runtime.records.validation import Invalid, parse

if TYPE_CHECKING:
    from keguan.language.model.model import Model
    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.sealed_values import Value
    from keguan.runtime.access.viewer import Viewer

SYSTEM_CODES = {"@id": "id", "@owner": "owner_id", "@unit": "unit_id", "@import": "import_id"}
"""Filters that the policy does not declare: whose, where, and by which import."""

_ORDERED = {
    FieldKind.INTEGER, FieldKind.NUMBER, FieldKind.MONEY, FieldKind.PERCENT, FieldKind.DATE, FieldKind.TIME,
    FieldKind.DATE_TIME, FieldKind.DURATION,
}  # fmt: skip
_TEXTS = {FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.CHOICE, FieldKind.USCC}


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on the record table, the code it asks about (empty: the viewer's scope), whether an index answers it,
    and whether that index gives its rows in order of id (``single``: one value).
    """

    code: str
    q: Q
    indexed: bool
    single: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """The column to order by (None: by id) and the direction."""

    column: Column | None
    descending: bool

    @property
    def attribute(self) -> str:
        """The attribute of the record class."""
        return "id" if self.column is None else attribute(self.column.physical)


def conditions(viewer: Viewer, model: Model, record_type: str, filters: tuple[Filter, ...]) -> tuple[Condition, ...]:
    """The filters as conditions. Raises ``Refused`` (``records.filter``)."""
    if len(filters) > MOST_FILTERS or any(len(each.values) > _most(each) for each in filters):
        raise Refused("records.filter", _("筛选条件太多，请减少一些。"))
    if not all(storable(value) for each in filters for value in each.values):
        raise Refused("records.filter", _("筛选条件含有不可见的控制字符，请重新输入。"))
    allowed = readable(viewer, record_type, Exit.FILTER, model)
    indexed = {column.name for column in record_columns(model, record_type) if column.indexed}
    found = []
    for each in filters:
        if each.code in SYSTEM_CODES:
            found.append(_system(each))
            continue
        if each.code not in allowed:
            _refuse_hidden("records.filter", each.code)
        column = columns(model, record_type)[each.code]
        answers = column.physical in indexed and each.operator in (Operator.IS, Operator.FROM, Operator.TO)
        single = answers and each.operator is Operator.IS and len(each.values) == 1
        found.append(Condition(each.code, _condition(column, each), answers, single))
    return tuple(found)


def order(viewer: Viewer, model: Model, record_type: str, sort: str) -> Order:
    """The order asked for. Raises ``Refused`` (``records.sort``)."""
    if not sort:
        return Order(None, descending=True)
    code = sort.removeprefix("-")
    if code not in sortable(viewer, model, record_type):
        _refuse_hidden("records.sort", code)
    return Order(columns(model, record_type)[code], descending=sort.startswith("-"))


def sortable(viewer: Viewer, model: Model, record_type: str) -> frozenset[str]:
    """Codes a list can be ordered by: seen by the viewer, not sensitive, and indexed, so that it is fast."""
    indexed = {column.name for column in record_columns(model, record_type) if column.indexed}
    return frozenset(
        code
        for code in readable(viewer, record_type, Exit.SORT, model)
        if (column := columns(model, record_type)[code]).physical in indexed
        and column.target is None
        and column.kind is not FieldKind.STAFF
    )


def operators(column: Column) -> tuple[Operator, ...]:
    """How a column can be filtered, for the filter's form; none for a sensitive one."""
    if column.sensitive:
        return ()
    ends = (Operator.EMPTY, Operator.PRESENT)
    if column.kind is FieldKind.ATTACHMENT:
        return ends
    if column.kind in _ORDERED:
        return (Operator.FROM, Operator.TO, Operator.IS, *ends)
    if column.choices or column.kind in (FieldKind.BOOLEAN, FieldKind.REFERENCE, FieldKind.PERIOD, FieldKind.STAFF):
        return (Operator.IS, Operator.NOT, *ends)
    return (Operator.CONTAINS, Operator.IS, *ends)


def _most(asked: Filter) -> int:
    """How many values a filter may have: a list of records by their ids is longer."""
    return MOST_IDS if asked.code == "@id" else MOST_VALUES


def _condition(column: Column, asked: Filter) -> Q:
    name = attribute(column.physical)
    if asked.operator in (Operator.EMPTY, Operator.PRESENT):
        return Q(**{f"{name}__isnull": asked.operator is Operator.EMPTY})
    if asked.operator is Operator.CONTAINS:
        return _contains(column, name, asked)
    values = [_value(column, each) for each in asked.values]
    if not values:
        raise Refused("records.filter", _("请为筛选条件填写数值。"), {asked.code: _("请填写。")})
    if asked.operator is Operator.IS:
        return Q(**{name: values[0]}) if len(values) == 1 else Q(**{f"{name}__in": values})
    if asked.operator is Operator.NOT:
        return Q(**{f"{name}__isnull": True}) | ~Q(**{f"{name}__in": values})
    if column.kind not in _ORDERED:
        raise Refused("records.filter", _("这一项不能按大小筛选。"))
    return Q(**{f"{name}__{'gte' if asked.operator is Operator.FROM else 'lte'}": values[0]})


def _contains(column: Column, name: str, asked: Filter) -> Q:
    if column.kind not in _TEXTS or len(asked.values) != 1 or not asked.values[0].strip():
        raise Refused("records.filter", _("这一项不能按包含的文字筛选。"))
    return Q(**{f"{name}__icontains": asked.values[0].strip()})


def _value(column: Column, typed: str) -> Value:
    """A filter's value in storage form. A choice that the policy no longer has can still be asked for."""
    if column.choices:
        return typed
    try:
        value = parse(column, typed)
    except Invalid as invalid:
        raise Refused("records.filter", invalid.sentence, {column.code: invalid.sentence}) from None
    if value is None:
        raise Refused("records.filter", _("请为筛选条件填写数值。"), {column.code: _("请填写。")})
    return value


def _system(asked: Filter) -> Condition:
    values = [int(each) for each in asked.values if each.isascii() and each.isdigit() and len(each) < 19]
    if asked.operator is not Operator.IS or not values:
        raise Refused("records.filter", _("这一项只能按所选的对象筛选。"))
    return Condition(asked.code, Q(**{f"{SYSTEM_CODES[asked.code]}__in": values}), indexed=True)


def _refuse_hidden(code: str, field: str) -> NoReturn:
    """One sentence for a field that does not exist and for one that may not be seen: neither can be told apart."""
    message = _("您不能按“%(field)s”筛选或排序。") % {"field": field}
    raise FieldDenied(code, message, field)
