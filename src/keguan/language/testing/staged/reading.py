"""A scenario's declaration, read for acting it out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, time
from typing import TYPE_CHECKING

from keguan.language.blocks.timing import read_length
from keguan.language.markdown.document import Written
from keguan.language.markdown.yaml_tree import Items
from keguan.language.markdown.yaml_tree import Mapping as Pairs
from keguan.language.testing.events import LENGTH, PASS, UNTIL
from keguan.language.testing.names import Problem, first
from keguan.language.testing.staged import policy_reading
from keguan.language.testing.staged import protected_words as p
from keguan.language.testing.staged import shared_out as s
from keguan.language.testing.staged import words as w
from keguan.language.testing.staged.events import Checked, Filed, Opened, TimePasses
from keguan.language.testing.staged.expecting import read_expected
from keguan.language.testing.staged.moves import (
    DUTY_NAMES,
    MOVE_NAMES,
    VERDICT_NAMES,
    read_duty_move,
    read_move,
    read_verdict,
    said,
)
from keguan.language.testing.staged.people import names_of, read_people
from keguan.language.testing.staged.protecting import read_protected
from keguan.language.testing.staged.reader import Keys, Reader
from keguan.language.testing.staged.scenario import Said, Staged
from keguan.language.testing.staged.sharing import read_sharing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from keguan.language.blocks.scenario import ScenarioDeclaration
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.yaml_tree import Tree
    from keguan.language.model.model import Model
    from keguan.language.testing.staged.events import Event
    from keguan.language.testing.staged.expectations import Expectation

MORNING = time(9)
"""When a scenario begins whose date has no time: people are at their desks."""

_WITH_TIME = re.compile(r"\d{2}:\d{2}", re.ASCII)
_SAID = frozenset({*w.BY, *w.OWNER, *w.REFUSED})


def is_staged(declaration: ScenarioDeclaration) -> bool:
    """Whether a scenario can only be acted out: it has people, a time of day, or something that happens on a stage."""
    if declaration.people or (declaration.date is not None and _WITH_TIME.search(declaration.date.text)):
        return True
    return any(map(_is_event, (*declaration.given, *declaration.events))) or any(
        first(item)[0][0].text in w.NEW_EXPECTATIONS | p.EXPECTATIONS | s.EXPECTATIONS | {*policy_reading.CONFIRM}
        for item in declaration.expected
    )


def _is_event(item: Pairs) -> bool:
    (key, value), rest = first(item)
    text = value.text if isinstance(value, Written) else ""
    if key.text in PASS:
        return bool(text) and LENGTH.fullmatch(text.strip()) is None
    if key.text in UNTIL:
        return _WITH_TIME.search(text) is not None
    if key.text in w.NEW_EVENTS | p.EVENTS | s.EVENTS | policy_reading.EVENTS:
        return True
    return any(name.text in _SAID for name, _ in rest)


def read_staged(model: Model, declaration: ScenarioDeclaration, begins: date, findings: Findings) -> Staged | None:
    """The scenario, ``begins`` being its day unless it names one; None after diagnostics."""
    reader = Reader(model, findings, names_of(declaration.people))
    try:
        when = None if declaration.date is None else reader.moment(declaration.date)
        moment = when.moment if when else datetime.combine(begins, MORNING)
        return Staged(
            declaration.id,
            declaration.name,
            datetime.combine(moment, MORNING) if when and when.whole_day else moment,
            read_people(declaration.people, reader),
            declaration.given,
            tuple(_event(item, reader) for item in declaration.events),
            tuple(each for item in declaration.expected for each in read_expected(item, reader)),
            declaration.span,
        )
    except Problem:
        return None


def _event(item: Pairs, reader: Reader) -> Event:
    (key, value), rest = first(item)
    done = _done(key, value, rest, reader)
    if done is not None:
        return done
    if key.text in PASS | UNTIL:
        return _passes(key, value, rest, reader)
    if key.text in w.CHECK:
        return _checked(value, rest, reader)
    return filed(item, reader)


_READERS: tuple[tuple[frozenset[str], Callable[..., Event]], ...] = (
    (p.EVENTS, read_protected),
    (s.EVENTS, read_sharing),
    (frozenset(policy_reading.EVENTS), policy_reading.read_policy_event),
)


def _done(key: Written, value: Tree, rest: Sequence[tuple[Written, Tree]], reader: Reader) -> Event | None:
    """What somebody does to something other than a record's values; None when that is not what the item says."""
    if key.text in MOVE_NAMES:
        return read_move(key, value, rest, reader)
    if key.text in DUTY_NAMES:
        return read_duty_move(key, value, rest, reader)
    if key.text in VERDICT_NAMES:
        return read_verdict(key, value, rest, reader)
    for names, read in _READERS:
        if key.text in names:
            return read(key, value, rest, reader)
    if key.text in w.OPEN_RECORD:
        keys = Keys(reader, rest, (w.BY, w.REFUSED))
        return Opened(said(keys, key, value, reader), reader.record(value))
    return None


def filed(item: Pairs, reader: Reader) -> Filed:
    """A record that is filed or changed, with who does it and whose it is taken off the item. Raises ``Problem``."""
    (key, value), rest = first(item)
    if key.text not in w.CHANGE:
        reader.names.record_type(key)
    about = tuple((name, tree) for name, tree in rest if name.text in _SAID)
    keys = Keys(reader, about, (w.BY, w.OWNER, w.REFUSED))
    owner = keys.get(w.OWNER)
    kept = tuple((name, tree) for name, tree in rest if name.text not in _SAID)
    by = said(keys, key, value, reader, needed=False)
    return Filed(
        Said(by.by, by.what, by.refused, key.span),
        Pairs(((key, value), *kept), item.span),
        None if owner is None else reader.person(owner),
    )


def _passes(key: Written, value: Tree, rest: object, reader: Reader) -> TimePasses:
    if rest:
        raise reader.names.shape(value, "单独的一项", "an item of its own")
    if key.text in UNTIL:
        when = reader.moment(value)
        return TimePasses(key, until=when.moment, whole_day=when.whole_day)
    length = read_length(Written(reader.text(value), value.span), reader.findings)
    if length is None:
        raise Problem
    return TimePasses(key, length=length)


def _checked(value: Tree, rest: object, reader: Reader) -> Checked:
    items = value.items if isinstance(value, Items) else (value,)
    found: list[Expectation] = []
    for item in items:
        found.extend(read_expected(reader.names.mapping(item), reader))
    if rest:
        raise reader.names.shape(value, "单独的一项", "an item of its own")
    return Checked(tuple(found))
