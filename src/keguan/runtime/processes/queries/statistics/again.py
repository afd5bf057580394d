"""The same thing again: by the same party within some days (重复), or by several parties within some days (群体)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection

from keguan.calculators import recurring
from keguan.runtime import clock
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.queries.statistics.labels import labels
from keguan.runtime.processes.queries.statistics.selecting import (
    Figure,
    Selection,
    Statement,
    cases_of,
    joined,
    read_key,
)
from keguan.runtime.processes.queries.statistics.spans import Span

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from keguan.language.model.model import Model
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.queries.statistics.dimensions import Dimension, Key

    Pair = tuple[Hashable, Hashable]

MOST_LISTED = 10
"""Parties and crowds that are named."""

_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Recurring:
    """What counts as the same again: brought up by a ``party``, with the same value of ``same`` where one is given.
    From one party at most ``days`` after the last time it is a repeat; from ``crowd_parties`` different ones within
    ``crowd_days`` it is a crowd (of nothing in particular there is none).
    """

    party: Dimension
    same: Dimension | None
    days: int
    crowd_days: int
    crowd_parties: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """A party that came back ``times`` within the span, with the same thing where that was asked for."""

    party: Key
    party_label: Shown
    same: Key
    same_label: Shown | None
    times: int


@dataclass(frozen=True, slots=True)
class Crowd:
    """The same thing by so many different parties from one day to another, in its fullest stretch that ends in the
    span.
    """

    key: Key
    label: Shown
    parties: int
    span: Span


@dataclass(frozen=True, slots=True)
class Again:
    """``cases`` repeated another, by ``parties`` (each with one thing); those who came back most often, and the largest
    crowds, are named.
    """

    cases: int
    parties: int
    repeats: tuple[Repeat, ...]
    crowds: tuple[Crowd, ...]


def again(viewer: Viewer, selection: Selection, rule: Recurring) -> Again:
    """Who came back with the same, and what many came with. One query over the cases and one for each label."""
    model = policies.current().model
    events = _events(viewer, model, selection, rule)
    came_back = _repeated(events, selection, rule)
    counted = Counter((party, thing) for _id, party, thing, _moment in came_back)
    most = counted.most_common(MOST_LISTED)
    return Again(
        len(came_back),
        len(counted),
        _named(viewer, model, selection, rule, most),
        _crowds(viewer, model, selection, rule, events),
    )


def repeated(viewer: Viewer, selection: Selection, rule: Recurring) -> list[int]:
    """The ids of the cases that repeated another. One query."""
    events = _events(viewer, policies.current().model, selection, rule)
    return [event[0] for event in _repeated(events, selection, rule)]


def _repeated(events: Sequence[tuple[Any, ...]], selection: Selection, rule: Recurring) -> list[tuple[Any, ...]]:
    begins = int(selection.span.begins.timestamp())
    found = recurring.repeats(events, rule.days * _SECONDS_A_DAY)
    return [event for event in found if event[3] >= begins]


def _named(
    viewer: Viewer,
    model: Model,
    selection: Selection,
    rule: Recurring,
    most: list[tuple[tuple[Hashable, Hashable], int]],
) -> tuple[Repeat, ...]:
    keys = [(read_key(rule.party, party), thing) for (party, thing), _times in most]
    who = labels(viewer, model, rule.party, [party for party, _thing in keys], selection.span)
    if rule.same is None:
        return tuple(
            Repeat(party, who[party], None, None, times)
            for (party, _thing), (_key, times) in zip(keys, most, strict=True)
        )
    things = [read_key(rule.same, thing) for _party, thing in keys]
    what = labels(viewer, model, rule.same, things, selection.span)
    return tuple(
        Repeat(party, who[party], thing, what[thing], times)
        for (party, _stored), thing, (_key, times) in zip(keys, things, most, strict=True)
    )


def _crowds(
    viewer: Viewer, model: Model, selection: Selection, rule: Recurring, events: Sequence[tuple[Any, ...]]
) -> tuple[Crowd, ...]:
    if rule.same is None:
        return ()
    begins = int(selection.span.begins.timestamp())
    found = recurring.crowds(events, rule.crowd_days * _SECONDS_A_DAY, rule.crowd_parties, begins)
    full = sorted(found, key=lambda crowd: -crowd.parties)[:MOST_LISTED]
    keys = [read_key(rule.same, crowd.thing) for crowd in full]
    words = labels(viewer, model, rule.same, keys, selection.span)
    return tuple(
        Crowd(key, words[key], crowd.parties, Span(_day(crowd.since), _day(crowd.until)))
        for key, crowd in zip(keys, full, strict=True)
    )


def _events(viewer: Viewer, model: Model, selection: Selection, rule: Recurring) -> list[tuple[Any, ...]]:
    """The cases of the span and of the days before it that matter, in order of time, as far as party and thing are
    known. One query.
    """
    by = (rule.party,) if rule.same is None else (rule.party, rule.same)
    back = timedelta(days=max(rule.days, rule.crowd_days))
    whole = replace(selection, figure=Figure.ALL, span=Span(selection.span.first - back, selection.span.last))
    found = joined(viewer, model, selection, by, cases_of(viewer, whole))
    if found is None:
        return []
    columns = [found.column(of) for of in by]
    given = " AND ".join(f"{sql} IS NOT NULL" for sql, _bound in columns)
    party, thing = columns[0][0], columns[1][0] if rule.same is not None else "0"
    shown = f"c.id, {party}, {thing}, {_seconds('c.started_at')}"
    bound = [each for _sql, more in columns for each in more]
    sql = f"SELECT {shown} {found.source} AND {given} ORDER BY c.started_at, c.id"
    return Statement(sql, [*bound, *found.bound]).rows()


def _seconds(column: str) -> str:
    """A moment as whole seconds since 1970."""
    if connection.vendor == "sqlite":
        return f"CAST(strftime('%%s', {column}) AS INTEGER)"
    return f"CAST(FLOOR(EXTRACT(EPOCH FROM {column})) AS bigint)"


def _day(seconds: int) -> date:
    return clock.local(datetime.fromtimestamp(seconds, UTC)).date()
