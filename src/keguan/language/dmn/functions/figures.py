"""Functions that make one value of a list. A list with something else in it than they are for gives null."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import reduce

from keguan.language.dmn.functions.declaring import functions, needs, takes
from keguan.language.dmn.types.comparison import before
from keguan.language.dmn.types.function import Signature
from keguan.language.dmn.types.types import ANY, BOOLEAN, LIST, NUMBER, ListOf, Type
from keguan.language.dmn.values.numbers import CONTEXT

Numbers = list[Decimal]


def least(items: list[object]) -> object:
    """The item that comes before all others; None for no items, or items without an order."""
    if not items or any(before(item, items[0]) is None for item in items):
        return None
    return reduce(lambda best, item: item if before(item, best) else best, items)


def greatest(items: list[object]) -> object:
    """The item that comes after all others; None for no items, or items without an order."""
    if not items or any(before(item, items[0]) is None for item in items):
        return None
    return reduce(lambda best, item: item if before(best, item) else best, items)


def mean(items: Numbers) -> Decimal:
    """The sum by the count."""
    return CONTEXT.divide(reduce(CONTEXT.add, items), Decimal(len(items)))


def median(items: Numbers) -> Decimal:
    """The one in the middle, or the mean of the two there."""
    ordered, middle = sorted(items), len(items) // 2
    return ordered[middle] if len(items) % 2 else mean(ordered[middle - 1 : middle + 1])


def deviation(items: Numbers) -> Decimal | None:
    """The standard deviation of a sample; None for fewer than two."""
    if len(items) < 2:
        return None
    centre = mean(items)
    squares = [CONTEXT.power(CONTEXT.subtract(item, centre), 2) for item in items]
    return CONTEXT.sqrt(CONTEXT.divide(reduce(CONTEXT.add, squares), Decimal(len(items) - 1)))


def mode(items: list[object]) -> Numbers | None:
    """Those that are there most often, in ascending order; none for no items."""
    numbers = _numbers(items)
    if numbers is None:
        return None if items else []
    counts: dict[Decimal, int] = {}
    for number in numbers:
        counts[number] = counts.get(number, 0) + 1
    most = max(counts.values())
    return sorted(number for number, count in counts.items() if count == most)


def every(items: list[object]) -> bool | None:
    """Whether all are true: false when one is false, else null when one is no boolean."""
    return False if any(item is False for item in items) else _unless_unknown(items, answer=True)


def some(items: list[object]) -> bool | None:
    """Whether one is true: else null when one is no boolean."""
    return True if any(item is True for item in items) else _unless_unknown(items, answer=False)


def _unless_unknown(items: list[object], *, answer: bool) -> bool | None:
    return answer if all(isinstance(item, bool) for item in items) else None


def _numbers(items: list[object]) -> Numbers | None:
    """The items when they are all numbers and there are any."""
    numbers = [item for item in items if isinstance(item, Decimal)]
    return numbers if items and len(numbers) == len(items) else None


def _of_numbers(figure: Callable[[Numbers], object]) -> Signature:
    def call(items: list[object]) -> object:
        numbers = _numbers(items)
        return None if numbers is None else figure(numbers)

    return _of_list(call, NUMBER)


def _of_list(figure: Callable[[list[object]], object], result: Type = ANY) -> Signature:
    return takes(figure, needs("list", ListOf(ANY)), result=result, rest=True)


FUNCTIONS = functions(
    min=_of_list(least),
    max=_of_list(greatest),
    sum=_of_numbers(lambda items: reduce(CONTEXT.add, items)),
    product=_of_numbers(lambda items: reduce(CONTEXT.multiply, items)),
    mean=_of_numbers(mean),
    median=_of_numbers(median),
    stddev=_of_numbers(deviation),
    mode=_of_list(mode, LIST),
    all=_of_list(every, BOOLEAN),
    any=_of_list(some, BOOLEAN),
)
