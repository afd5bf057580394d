"""``for``, ``some`` and ``every``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.dmn.budget import LONGEST, Exhausted, spend
from keguan.language.dmn.values.dates import Date, from_days
from keguan.language.dmn.values.numbers import CONTEXT, whole
from keguan.language.dmn.values.ranges import Range

if TYPE_CHECKING:
    from keguan.language.dmn.execution.compiling import Compiling
    from keguan.language.dmn.execution.scope import Compiled, Scope
    from keguan.language.feel import nodes

PARTIAL = "partial"
_COPIED_PER_STEP = 100

Domain = Callable[["Scope"], "list[object] | None"]


@dataclass(frozen=True, slots=True)
class Partial:
    """The list that a loop is making. Who reads it gets it as it is then, or it would come to hold itself."""

    results: list[object]

    def copy(self) -> list[object]:
        """The list as it is now."""
        spend(len(self.results) // _COPIED_PER_STEP + 1)
        return list(self.results)


def compile_for(compiler: Compiling, node: nodes.ForNode) -> Compiled:
    """``for a in …, b in … return …``; in it ``partial`` is the list of what came out so far."""
    iterations, body = _iterations(compiler, node.iterations), compiler.expression(node.body)
    return lambda scope: collected(iterations, body, scope)


def compile_quantified(compiler: Compiling, node: nodes.QuantifiedNode) -> Compiled:
    """``some`` and ``every``."""
    iterations, condition = _iterations(compiler, node.iterations), compiler.expression(node.condition)
    return lambda scope: quantified(iterations, condition, scope, every=node.every)


def collected(iterations: list[tuple[str, Domain]], body: Compiled, scope: Scope) -> object:
    """The body's value for each combination of items; None when one of the domains is none."""
    results: list[object] = []
    try:
        for inner in _each(iterations, scope.inner({PARTIAL: Partial(results)})):
            results.append(body(inner))  # noqa: PERF401 - the body may read what came out so far
    except NoDomainError:
        return None
    return results


def quantified(iterations: list[tuple[str, Domain]], condition: Compiled, scope: Scope, *, every: bool) -> object:
    """Whether the condition holds for one (or ``every``) combination: null where a null leaves it open, and where
    the condition is neither true, false nor null for one of them.
    """
    found, unknown = every, False
    try:
        for inner in _each(iterations, scope):
            value = condition(inner)
            if value is not None and not isinstance(value, bool):
                return None
            unknown = unknown or value is None
            found = found if value is None or value is every else not every
    except NoDomainError:
        return None
    return None if unknown and found is every else found


def domain(value: Compiled) -> Domain:
    """The items of a list or a range; a single value is a list of one."""
    return lambda scope: items_of(value(scope))


def items_of(value: object) -> list[object] | None:
    """The items to go through, or None when there are none to go through."""
    if isinstance(value, Range):
        return _inside(value)
    return None if value is None else value if isinstance(value, list) else [value]


class NoDomainError(Exception):
    """There is nothing to go through."""


def _iterations(compiler: Compiling, iterations: tuple[nodes.IterationNode, ...]) -> list[tuple[str, Domain]]:
    found: list[tuple[str, Domain]] = []
    for each in iterations:
        start = compiler.expression(each.domain)
        found.append(
            (each.name, domain(start) if each.until is None else _stretch(start, compiler.expression(each.until)))
        )
    return found


def _stretch(start: Compiled, until: Compiled) -> Domain:
    return lambda scope: _between(start(scope), until(scope))


def _each(iterations: list[tuple[str, Domain]], scope: Scope) -> Iterator[Scope]:
    """A scope for each combination. Raises ``NoDomainError`` when a domain is none."""
    (name, find), *rest = iterations
    items = find(scope)
    if items is None:
        raise NoDomainError
    for item in items:
        spend()
        inner = scope.inner({name: item})
        if rest:
            yield from _each(rest, inner)
        else:
            yield inner


def _between(start: object, end: object) -> list[object] | None:
    """Whole numbers or days from one to the other, upwards or downwards, both ends included."""
    first, last, days = _place(start), _place(end), isinstance(start, Date)
    if first is None or last is None or days != isinstance(end, Date):
        return None
    if abs(last - first) > LONGEST:
        raise Exhausted
    step = 1 if first <= last else -1
    places = range(first, last + step, step)
    return [from_days(place) if days else CONTEXT.create_decimal(place) for place in places]


def _inside(interval: Range) -> list[object] | None:
    """The whole numbers or days of a range, upwards; None when there is no end to them."""
    first, last, days = _place(interval.low), _place(interval.high), isinstance(interval.low, Date)
    if first is None or last is None or last < first or days != isinstance(interval.high, Date):
        return None
    items = _between(interval.low, interval.high)
    if items is None:
        return None
    return items[0 if interval.low_closed else 1 : len(items) - (0 if interval.high_closed else 1)]


def _place(value: object) -> int | None:
    return value.days if isinstance(value, Date) else whole(value)
