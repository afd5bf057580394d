"""What a run is worked out from, read where the records are: a statement for the records and one for the recipients."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection

from keguan.language.model.allocation import Method, ShareOf
from keguan.language.model.evaluate import Values, evaluate, parameters_on
from keguan.language.model.naming import record_table
from keguan.runtime.access.columns import columns
from keguan.runtime.allocations.models import Excluded
from keguan.runtime.allocations.statements import quoted
from keguan.runtime.org import queries as org
from keguan.runtime.policies.language_door import dialect, values_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from keguan.language.feel.typed import Typed
    from keguan.language.model.allocation import Allocation, Share
    from keguan.language.model.model import Model

Kind = tuple[object, ...]
"""What a record has in each rule of who may take it."""


@dataclass(slots=True)
class Pooled:
    """The records that may be shared out. ``by_row``: ids and kinds in the row's order; row 0 are all of them where
    rows are groups of people, and records of no row are under None. ``owners`` is whose each is now.
    """

    by_row: dict[int | None, list[tuple[int, Kind]]] = field(default_factory=dict)
    owners: dict[int, int | None] = field(default_factory=dict)

    @property
    def owned(self) -> Counter[int]:
        """How many of them each person has."""
        return Counter(owner for owner in self.owners.values() if owner is not None)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could take part."""

    id: int
    staff_id: int | None
    unit_id: int | None
    excluded: Excluded
    score: int | None
    capacity: int | None
    row: int | None
    takes: Kind


def pooled(model: Model, allocation: Allocation, today: date) -> Pooled:
    """All records that may be shared out today, each in the first row that it fits. One statement."""
    of_kinds = allocation.share_of is ShareOf.KINDS
    named: dict[str, Typed] = {} if allocation.pool is None else {"pool": allocation.pool}
    for share in allocation.shares:
        if of_kinds and share.condition is not None:
            named[f"row_{share.number}"] = share.condition
        if share.order is not None:
            named[f"order_{share.number}"] = share.order
    matched = [columns(model, allocation.record_type)[each.record].physical for each in allocation.matches]
    row = _row_of(allocation.shares) if of_kinds else "0"
    order = _order_of(allocation.shares, row, of_kinds=of_kinds)
    where = "v.pool IS TRUE" if allocation.pool is not None else "1 = 1"
    found = _rows(model, allocation.record_type, named, [row, order, "r.owner_id", *_own(matched)], today, where)
    pool = Pooled(owners={line[0]: line[3] for line in found})
    ordered: dict[int | None, list[tuple[Any, int, Kind]]] = {}
    for record_id, number, position, _owner, *kind in found:
        ordered.setdefault(number, []).append((position, record_id, tuple(kind)))
    for number, lines in ordered.items():
        lines.sort(key=lambda line: line[1])
        valued = sorted((line for line in lines if line[0] is not None), key=lambda line: line[0], reverse=True)
        rest = [line for line in lines if line[0] is None]
        pool.by_row[number] = [(record_id, kind) for _position, record_id, kind in (*valued, *rest)]
    return pool


def candidates(model: Model, allocation: Allocation, today: date, staff_id: int | None = None) -> tuple[Candidate, ...]:
    """Everybody who could take part, by id, or just one person, with why some do not. Two statements."""
    if allocation.role is not None:
        found = _holders(model, allocation, today, staff_id)
    else:
        found = _recorded(model, allocation, today, staff_id)
    cards = org.staff() if staff_id is None else filter(None, [org.staff_by_id(staff_id)])
    people = {card.id: card for card in cards}
    seen: set[int] = set()
    told = []
    for each in found:
        person = people.get(each.staff_id) if each.staff_id is not None else None
        excluded = each.excluded
        if person is None:
            excluded = Excluded.NO_PERSON
        elif not person.is_active:
            excluded = Excluded.LEFT
        elif person.id in seen:
            excluded = Excluded.TWICE
        if person is not None:
            seen.add(person.id)
        unit = None if person is None else person.unit_id
        told.append(Candidate(each.id, each.staff_id, unit, excluded, each.score, each.capacity, each.row, each.takes))
    return tuple(told)


def rows_where(
    model: Model,
    allocation: Allocation,
    today: date,
    where: str,
    *,
    row: int = 0,
    limit: int | None = None,
    asked: tuple[str, ...] = (),
) -> list[tuple[Any, ...]]:
    """Id, row and whatever else is asked for (``v.followed``: the day of the last follow-up; columns of ``r``) of the
    records of a pool that this condition of ours over ``r`` is true for: of one row, or of all (0); those that are of
    no row are left out. With a limit the newest come first.
    """
    named: dict[str, Typed] = {} if allocation.pool is None else {"pool": allocation.pool}
    named |= {f"row_{each.number}": each.condition for each in allocation.shares if each.condition is not None}
    if allocation.claiming is not None and allocation.claiming.followed is not None:
        named["followed"] = allocation.claiming.followed
    number = _row_of(allocation.shares)
    inside = "v.pool IS TRUE" if allocation.pool is not None else "1 = 1"
    mine = f"({number}) = {int(row)}" if row else f"({number}) IS NOT NULL"
    tail = "" if limit is None else f" ORDER BY r.id DESC LIMIT {int(limit)}"
    condition = f"{inside} AND {mine} AND {where}{tail}"
    return _rows(model, allocation.record_type, named, [number, *asked], today, condition)


def held(record_type: str) -> Counter[int]:
    """How many records of a type each person has. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT owner_id, count(*) FROM {quoted(record_table(record_type))} WHERE owner_id IS NOT NULL "
            "GROUP BY owner_id"
        )
        return Counter(dict(cursor.fetchall()))


def figure(typed: Typed | None, model: Model, today: date, scale: int | None = None) -> int | None:
    """What a constant is on a day: in ones, or as a whole number of ``10**-scale``; None for none."""
    if typed is None:
        return None
    value = evaluate(typed, Values(today=today, parameters=parameters_on(model.parameters, today)))
    own = int(getattr(typed.type, "scale", 0))
    if not isinstance(value, int):
        return None
    return int(value // 10**own if scale is None else value * 10 ** (scale - own))


def scale_of_shares(shares: Iterable[Share]) -> int:
    """The finest scale among the shares, so that all of them are whole numbers of it."""
    return max((getattr(each.share.type, "scale", 0) for each in shares if each.share is not None), default=0)


def _holders(model: Model, allocation: Allocation, today: date, staff_id: int | None) -> list[Candidate]:
    capacity = figure(allocation.capacity, model, today)
    nothing: Kind = (None,) * len(allocation.matches)
    ids = sorted(org.holders_of([allocation.role or ""], today))
    if staff_id is not None:
        ids = [each for each in ids if each == staff_id]
    return [Candidate(each, each, None, Excluded.NO, None, capacity, None, nothing) for each in ids]


def _recorded(model: Model, allocation: Allocation, today: date, staff_id: int | None) -> list[Candidate]:
    record_type = allocation.recipient_type or ""
    parts = {"excluded": allocation.excluded, "capacity": allocation.capacity, "score": allocation.score}
    named = {name: typed for name, typed in parts.items() if typed is not None}
    of_people = allocation.share_of is ShareOf.RECIPIENTS
    if of_people:
        named |= {f"row_{each.number}": each.condition for each in allocation.shares if each.condition is not None}
    matched = [columns(model, record_type)[each.recipient].physical for each in allocation.matches]
    person = "owner_id" if allocation.person is None else columns(model, record_type)[allocation.person].physical
    wanted = [f"v.{name}" if name in named else "NULL" for name in ("excluded", "capacity", "score")]
    row = _row_of(allocation.shares) if of_people else "NULL"
    scales = [getattr(typed.type, "scale", 0) if typed is not None else 0 for typed in parts.values()]
    asked = [*wanted, row, *_own([person, *matched])]
    found = []
    where = "1 = 1" if staff_id is None else f"r.{quoted(person)} = {int(staff_id)}"
    for record_id, out, capacity, score, number, who, *takes in _rows(model, record_type, named, asked, today, where):
        room = None if capacity is None else max(0, int(capacity) // 10 ** scales[1])
        excluded = Excluded.NO
        if out:
            excluded = Excluded.CONDITION
        elif of_people and number is None:
            excluded = Excluded.NO_ROW
        elif allocation.method is Method.BY_SCORE and (score is None or score <= 0):
            excluded = Excluded.NO_SCORE
        found.append(Candidate(record_id, who, None, excluded, score, room, number, tuple(takes)))
    return sorted(found, key=lambda each: each.id)


def _rows(
    model: Model, record_type: str, named: Mapping[str, Typed], asked: list[str], today: date, where: str = "1 = 1"
) -> list[tuple[Any, ...]]:
    table = quoted(record_table(record_type))
    if named:
        values = values_of(model, record_type, named, dialect(), today=today)
        source = f"({values.sql}) AS v JOIN {table} AS r ON r.id = v.id"
        parameters: dict[str, Any] = dict(values.parameters)
    else:
        source, parameters = f"{table} AS r", {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT r.id, {', '.join(asked)} FROM {source} WHERE {where}", parameters or None)
        return list(cursor.fetchall())


def _row_of(shares: Iterable[Share]) -> str:
    """The number of the first row that a record fits, the row for the rest last; null for none."""
    whens = [f"WHEN v.row_{each.number} IS TRUE THEN {each.number}" for each in shares if each.condition is not None]
    rest = next((str(each.number) for each in shares if each.condition is None), "NULL")
    return f"CASE {' '.join(whens)} ELSE {rest} END" if whens else rest


def _order_of(shares: Iterable[Share], row: str, *, of_kinds: bool) -> str:
    """What a record is put in order by: its row's, or the first there is where rows are groups of people.

    Days are counted from one day on, so that rows by dates and rows by numbers fit into one column.
    """
    ordered = [each for each in shares if each.order is not None]
    if not ordered:
        return "NULL"
    if not of_kinds:
        return _counted(ordered[0])
    return f"CASE {row} {' '.join(f'WHEN {each.number} THEN {_counted(each)}' for each in ordered)} END"


def _counted(share: Share) -> str:
    value = f"v.order_{share.number}"
    if share.order is None or hasattr(share.order.type, "scale"):
        return value
    return f"({value} - DATE '1970-01-01')" if connection.vendor == "postgresql" else f"julianday({value})"


def _own(physical: Iterable[str]) -> list[str]:
    return [f"r.{quoted(each)}" for each in physical]
