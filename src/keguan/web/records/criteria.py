"""A list's address: search, filters, order, columns and place as query parameters, and back.

``q`` search; ``is.grade=A&is.grade=B``, ``from.amount=800万``, ``to.signed_on=2026-01-01``, ``contains.place=江``,
``empty.need=1``, ``present.need=1`` filters; ``sort=-amount``; ``c`` a column (repeated); ``after`` the place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import QueryDict

from keguan.runtime.records.queries import Filter, ListQuery, Operator

if TYPE_CHECKING:
    from collections.abc import Iterator

_VALUELESS = (Operator.EMPTY, Operator.PRESENT)


def query_from(asked: QueryDict, usual: tuple[str, ...] = ()) -> ListQuery:
    """The list query that an address asks for. Unknown parameters mean nothing, nor does naming the usual columns."""
    columns = tuple(dict.fromkeys(asked.getlist("c")))
    return ListQuery(
        search=asked.get("q", "").strip(),
        filters=tuple(_filters(asked)),
        sort=asked.get("sort", ""),
        columns=() if columns == usual else columns,
        after=asked.get("after", ""),
    )


def parameters(query: ListQuery) -> QueryDict:
    """The address of a list query, without the place."""
    made = QueryDict(mutable=True)
    if query.search:
        made["q"] = query.search
    for each in query.filters:
        made.setlistdefault(f"{each.operator}.{each.code}").extend(each.values or ("1",))
    if query.sort:
        made["sort"] = query.sort
    if query.columns:
        made.setlist("c", list(query.columns))
    return made


def address(query: ListQuery, *, after: str = "") -> str:
    """``?…`` for a link to this list query, at a place in it."""
    made = parameters(query)
    if after:
        made["after"] = after
    return f"?{made.urlencode(safe='@')}" if made else "?"


def _filters(asked: QueryDict) -> Iterator[Filter]:
    for name in asked:
        operator, dot, code = name.partition(".")
        values = tuple(value.strip() for value in asked.getlist(name) if value.strip())
        if dot and values and operator in tuple(Operator):
            yield Filter(code, Operator(operator), () if operator in _VALUELESS else values)
