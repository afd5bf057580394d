"""How a list finds its rows quickly at any size.

A list is answered in one of two ways. *Driven*: one condition (the scope, a filter, a search token) is met by few rows;
these are taken first and everything else is tested on them. *Walked*: every condition is met by many rows; the table is
walked in the list's order, and a page is full soon. Which one it is, is asked of the indexes (at most ``CAP`` entries
each), because neither database's planner knows how a scope, a filter and an order go together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import OuterRef, Q, Subquery
from django.db.models.lookups import Exact

from keguan.language.model.naming import token_table
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.rights import readable, scope
from keguan.runtime.records import sequence
from keguan.runtime.records.classes import attribute, record_class, rows_of, token_rows
from keguan.runtime.records.conditions import Condition
from keguan.runtime.records.list_query import storable
from keguan.runtime.records.tokens import alternatives
from keguan.runtime.records.walking import without_index

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import Model as DjangoModel
    from django.db.models import QuerySet

    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.records.tokens import Alternative

CAP = 10_000
"""Counts stop here."""

_WINDOW = 20_000
"""So many of the newest ids are looked through to count what only several conditions together say."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows a list has: ``value``, or when not ``exact`` at least so many."""

    value: int
    exact: bool

    def __str__(self) -> str:
        return str(self.value) if self.exact else f"{self.value}+"


class Found:
    """The rows of a list, before order and page. Made with at most 2 + filters queries."""

    def __init__(
        self,
        viewer: Viewer,
        model: Model,
        record_type: str,
        search: str,
        asked: Sequence[Condition],
        needed: Iterable[str],
    ) -> None:
        self._model = model
        self._type = record_type
        self._class = record_class(model, record_type)
        self._conditions = list(asked)
        own = scope(viewer, record_type, needed, model)
        if own:
            self._conditions.insert(0, Condition("", own, indexed=True))
        self._search: Q | None = None
        self._tokens: Q | None = None
        self._driver: Q | None = None
        self._smallest = CAP + 1
        if search.strip():
            self._look_up(viewer, search)
        for condition in self._conditions:
            if condition.indexed and not self.nothing:
                self._offer(condition.q)

    @property
    def nothing(self) -> bool:
        """Whether no row can be in the list."""
        return self._smallest == 0

    def rows(self, by_id: bool) -> QuerySet[DjangoModel]:
        """The rows of the list; ``by_id`` when they will be ordered by id."""
        found = rows_of(self._model, self._type)
        if self._search is not None:
            found = found.filter(self._search)
        if self._tokens is not None:
            found = found.filter(self._tokens)
        if self._driver is not None:
            others = [without_index(self._class, each.q) for each in self._conditions if each.q is not self._driver]
            if self._driver is self._tokens:
                return found.filter(*others)
            few = rows_of(self._model, self._type).filter(self._driver).values("id")
            return found.filter(*others, id__in=few)
        lead = next((each for each in self._conditions if each.single), None) if by_id else None
        return found.filter(
            *(each.q if each is lead else without_index(self._class, each.q) for each in self._conditions)
        )

    def count(self, seen: int) -> Count:
        """How many rows there are; ``seen`` of them are on the page. One query, or none when the probes said it."""
        tests = len(self._conditions) + (self._search is not None)
        if self.nothing:
            return Count(0, exact=True)
        if tests == 1 and self._search is None and self._conditions[0].indexed:
            return Count(min(self._smallest, CAP), exact=self._smallest <= CAP)
        if self._driver is None and tests:
            newest = sequence.newest(self._type)
            if newest > _WINDOW:
                part = self._counted(self.rows(by_id=True).filter(id__gt=newest - _WINDOW))
                return Count(max(min(part, CAP), seen), exact=False)
        value = self._counted(self.rows(by_id=True))
        return Count(min(value, CAP), exact=value <= CAP)

    @staticmethod
    def _counted(rows: QuerySet[DjangoModel]) -> int:
        return rows.order_by().values("id")[: CAP + 1].count()

    def _offer(self, condition: Q) -> None:
        """Drive by this condition if it is met by few rows, and by fewer than the best so far."""
        met = self._counted(rows_of(self._model, self._type).filter(condition))
        if met < self._smallest:
            self._smallest, self._driver = met, condition

    def _look_up(self, viewer: Viewer, typed: str) -> None:
        """The search box: any of the readings of what was typed, each on the records where its field may be seen."""
        if not storable(typed):
            self._smallest = 0
            return
        declared = self._model.record_types[self._type]
        allowed = readable(viewer, self._type, Exit.SEARCH, self._model)
        readings = alternatives(declared, [code for code in declared.search if code in allowed], typed)
        counts = self._token_counts({token for reading in readings for token in reading.tokens})
        readings = tuple(each for each in readings if all(counts[token] for token in each.tokens))
        if not readings:
            self._smallest = 0
            return
        rarest = [min(reading.tokens, key=counts.__getitem__) for reading in readings]
        total = sum(counts[token] for token in rarest)
        if total <= CAP:
            tokens = token_rows(self._model, self._type).filter(token__in=rarest)
            self._tokens = Q(id__in=tokens.values("record_id"))
            self._smallest, self._driver = total, self._tokens
        known = rarest[0] if total <= CAP and len(readings) == 1 else None
        self._search = Q()
        for reading in readings:
            self._search |= self._reading(viewer, reading, known)

    def _reading(self, viewer: Viewer, reading: Alternative, but: int | None) -> Q:
        """Records that have the reading's tokens, ``but`` left out where ``_tokens`` asks for it already.

        A scalar subquery rather than EXISTS: PostgreSQL turns an EXISTS into a join over the whole token list, where a
        look-up for each row walked is wanted.
        """
        tokens = token_rows(self._model, self._type)
        condition = without_index(self._class, scope(viewer, self._type, (reading.field,), self._model))
        for token in reading.tokens:
            if token != but:
                mine = tokens.filter(record_id=OuterRef("pk"), token=token).values("token")
                condition &= Q(Exact(Subquery(mine[:1]), token))
        if reading.text is not None:
            condition &= Q(**{f"{attribute(reading.field)}__icontains": reading.text})
        return condition

    def _token_counts(self, wanted: Iterable[int]) -> dict[int, int]:
        """How many records have each token, up to the cap. One query."""
        listed = sorted(wanted)
        if not listed:
            return {}
        table = connection.ops.quote_name(token_table(self._type))
        one = f"(SELECT count(*) FROM (SELECT 1 FROM {table} WHERE token = %s LIMIT {CAP + 1}) AS few)"
        with connection.cursor() as cursor:
            cursor.execute("SELECT " + ", ".join([one] * len(listed)), listed)
            row: tuple[Any, ...] = cursor.fetchone()
        return dict(zip(listed, map(int, row), strict=True))
