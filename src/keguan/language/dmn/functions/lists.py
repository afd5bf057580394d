"""Functions of lists. Positions count from 1, negative ones from the end."""

from __future__ import annotations

from decimal import Decimal
from functools import cmp_to_key

from keguan.language.dmn.budget import LONGEST, Exhausted, spend
from keguan.language.dmn.functions.declaring import anything, functions, may, needs, takes
from keguan.language.dmn.types.comparison import before, key_of, same
from keguan.language.dmn.types.function import Function
from keguan.language.dmn.types.invoking import invoke
from keguan.language.dmn.types.types import BOOLEAN, FUNCTION, LIST, NUMBER, ListOf
from keguan.language.dmn.values.numbers import whole

Items = list[object]


def sublist(items: Items, start: Decimal, length: Decimal | None) -> Items | None:
    """From a place on, perhaps only so many; None for a place outside, or more than there are."""
    place, count = _place(items, start), None if length is None else whole(length)
    if place is None or (length is not None and (count is None or not 0 <= count <= len(items) - place)):
        return None
    return items[place:] if count is None else items[place : place + count]


def insert_before(items: Items, position: Decimal, item: object) -> Items | None:
    """The list with one more item before that place; None for a place outside."""
    place = _place(items, position)
    return None if place is None else within_list([*items[:place], item, *items[place:]])


def remove(items: Items, position: Decimal) -> Items | None:
    """The list without the item at that place; None for a place outside."""
    place = _place(items, position)
    return None if place is None else [*items[:place], *items[place + 1 :]]


def replace_at(items: Items, position: Decimal, item: object) -> Items | None:
    """The list with another item at that place; None for a place outside."""
    place = _place(items, position)
    return None if place is None else [*items[:place], item, *items[place + 1 :]]


def replace_where(items: Items, match: Function, new: object) -> Items | None:
    """The list with another item wherever ``match(item, new)`` is true; None when it is neither true nor false."""
    answers = [invoke(match, [item, new]) for item in items]
    if not all(isinstance(answer, bool) for answer in answers):
        return None
    return [new if answer else item for item, answer in zip(items, answers, strict=True)]


def distinct(items: Items) -> Items:
    """Each value once, where it comes first."""
    found: dict[object, object] = {}
    for item in items:
        found.setdefault(key_of(item), item)
    return list(found.values())


def flatten(items: Items) -> Items:
    """All that the lists inside hold, down to the last."""
    found: Items = []
    waiting: Items = [items]
    while waiting:
        spend()
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        else:
            found.append(value)
    return found


def concatenate(lists: list[Items]) -> Items | None:
    """The lists, one after the other; None when one of them is none."""
    if any(each is None for each in lists):
        return None
    return within_list([item for each in lists for item in each])


def union(lists: list[Items]) -> Items | None:
    """The lists, one after the other, each value once."""
    together = concatenate(lists)
    return None if together is None else distinct(together)


def index_of(items: Items, match: object) -> Items:
    """The places at which a value stands."""
    return [Decimal(place) for place, item in enumerate(items, 1) if same(item, match)]


def sort(items: Items, precedes: Function | None) -> Items | None:
    """The list in order: by the function that says what comes first, else by the order of the values themselves."""
    if precedes is None and any(before(item, items[0]) is None for item in items):
        return None

    def order(left: object, right: object) -> int:
        if _first(left, right, precedes):
            return -1
        return 1 if _first(right, left, precedes) else 0

    return sorted(items, key=cmp_to_key(order))


def within_list(items: Items) -> Items:
    """The list. Raises ``Exhausted`` when it is too long."""
    if len(items) > LONGEST:
        raise Exhausted
    return items


def _first(left: object, right: object, precedes: Function | None) -> bool:
    return (before(left, right) if precedes is None else invoke(precedes, [left, right])) is True


def _place(items: Items, position: Decimal) -> int | None:
    """The index that a position is, or None when there is nothing at it."""
    place = whole(position)
    if place is None or place == 0 or abs(place) > len(items):
        return None
    return place - 1 if place > 0 else len(items) + place


_LIST = needs("list", LIST)
_POSITION = needs("position", NUMBER)

FUNCTIONS = functions(
    list_contains=takes(
        lambda items, element: any(same(item, element) for item in items), _LIST, anything("element"), result=BOOLEAN
    ),
    count=takes(lambda items: Decimal(len(items)), _LIST, result=NUMBER),
    sublist=takes(sublist, _LIST, needs("start position", NUMBER), may("length", NUMBER), result=LIST),
    append=takes(lambda items, more: within_list([*items, *more]), _LIST, needs("item", LIST), result=LIST, rest=True),
    concatenate=takes(concatenate, needs("list", ListOf(LIST)), result=LIST, rest=True),
    union=takes(union, needs("list", ListOf(LIST)), result=LIST, rest=True),
    insert_before=takes(insert_before, _LIST, _POSITION, anything("newItem"), result=LIST),
    remove=takes(remove, _LIST, _POSITION, result=LIST),
    list_replace=(
        takes(replace_at, _LIST, _POSITION, anything("newItem"), result=LIST),
        takes(replace_where, _LIST, needs("match", FUNCTION), anything("newItem"), result=LIST),
    ),
    reverse=takes(lambda items: items[::-1], _LIST, result=LIST),
    index_of=takes(index_of, _LIST, anything("match"), result=LIST),
    distinct_values=takes(distinct, _LIST, result=LIST),
    flatten=takes(flatten, _LIST, result=LIST),
    sort=takes(sort, _LIST, may("precedes", FUNCTION), result=LIST),
)
