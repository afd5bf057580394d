"""已有 and 当: new records, changes, time passing."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from keguan.language.feel.stamps import CHANGED
from keguan.language.markdown.document import Written
from keguan.language.markdown.yaml_tree import Items
from keguan.language.markdown.yaml_tree import Mapping as Pairs
from keguan.language.model.values import read_date
from keguan.language.testing.batches import unrolled
from keguan.language.testing.names import UNIT_WORDS, first
from keguan.language.testing.world import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.markdown.yaml_tree import Tree
    from keguan.language.model.model import RecordType
    from keguan.language.model.values import Value
    from keguan.language.testing.names import Names
    from keguan.language.testing.world import Stored, World

CHANGE = frozenset({"修改", "change"})
PASS = frozenset({"过去", "pass"})
UNTIL = frozenset({"到", "until"})
LENGTH = re.compile(r"([0-9]{1,5})\s*(天|日|周|个月|年|days?|weeks?|months?|years?)")
"""A stretch of time that a scenario can let pass in memory: whole days."""


def happen(item: Pairs, world: World, names: Names) -> None:
    """Let one item of 已有 or 当 happen, as often as its 份数 says. Raises ``Problem``."""
    for each in unrolled(item, names):
        _happen(each, world, names)


def _happen(item: Pairs, world: World, names: Names) -> None:
    (key, value), rest = first(item)
    if key.text in CHANGE:
        _change(value, world, names)
    elif key.text in PASS:
        world.today = _after(world.today, value, names)
    elif key.text in UNTIL:
        world.today = read_day(value, names)
    else:
        _create(key, value, rest, world, names)


def _create(key: Written, value: Tree, rest: Sequence[tuple[Written, Tree]], world: World, names: Names) -> None:
    record_type = names.record_type(key)
    parent = _add(record_type, names.mapping(value), world, names, {}, Place("", ""))
    for child_key, children in rest:
        _add_children(child_key, children, record_type, parent, world, names)


def _add_children(
    key: Written, children: Tree, record_type: RecordType, parent: Stored, world: World, names: Names
) -> None:
    """The records of another type that belong to a parent, and in turn what stands inside them."""
    child = names.record_type(key)
    via = names.link(child, record_type, key)
    for each in children.items if isinstance(children, Items) else (children,):
        _add(child, names.mapping(each), world, names, {via: parent.id}, Place(parent.unit, parent.owner))


def _add(
    record_type: RecordType, fields: Pairs, world: World, names: Names, given: dict[str, Value], place: Place
) -> Stored:
    values: dict[str, Value] = dict(given)
    inside: list[tuple[Written, Tree]] = []
    for key, tree in fields.pairs:
        if key.text in UNIT_WORDS and isinstance(tree, Written):
            place = replace(place, unit=tree.text)
            continue
        if isinstance(tree, Written) and names.is_owner(record_type, key):
            place = replace(place, owner=tree.text)
            continue
        if isinstance(tree, Items | Pairs) and names.find_type(key.text) is not None:
            inside.append((key, tree))
            continue
        item = names.item(record_type, key, computed=False)
        values[item.code] = names.value(record_type, item, tree, world)
    stored = world.add(record_type.code, values, place)
    for key, children in inside:
        _add_children(key, children, record_type, stored, world, names)
    return stored


def _change(value: Tree, world: World, names: Names) -> None:
    (key, which), rest = first(names.mapping(value))
    record_type = names.record_type(key)
    world.compute()
    stored = names.record(record_type, which, world)
    for name, tree in rest:
        item = names.item(record_type, name, computed=False)
        stored.values[item.code] = names.value(record_type, item, tree, world)
    stored.stamp(world.today, CHANGED)
    world.fill_periods(stored)


def read_day(value: Tree, names: Names) -> date:
    """A day. Raises ``Problem``."""
    if isinstance(value, Written):
        try:
            return read_date(value.text)
        except ValueError:
            pass
    raise names.shape(value, "一个日期，如 2026-03-02", "a date such as 2026-03-02")


def _after(day: date, value: Tree, names: Names) -> date:
    found = LENGTH.fullmatch(value.text.strip()) if isinstance(value, Written) else None
    if found is None:
        raise names.shape(value, "一段时间，如 7天、2周、1个月", "a time such as 7 days, 2 weeks, 1 month")
    number, unit = int(found.group(1)), found.group(2)
    try:
        if unit in ("天", "日") or unit.startswith("day"):
            return day + timedelta(days=number)
        if unit == "周" or unit.startswith("week"):
            return day + timedelta(weeks=number)
        return _months(day, number * (12 if unit == "年" or unit.startswith("year") else 1))
    except (OverflowError, ValueError):
        raise names.shape(value, "一段不太长的时间", "a time that is not too long") from None


def _months(day: date, number: int) -> date:
    """The same day of a later month, or that month's last day."""
    months = day.year * 12 + day.month - 1 + number
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
