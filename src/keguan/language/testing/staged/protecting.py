"""当: what people do to protected information, and who comes and goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.granting import GRANTED
from keguan.language.diagnostics.catalogue import scenarios as entries
from keguan.language.markdown.document import Written
from keguan.language.markdown.yaml_tree import Items
from keguan.language.testing.names import EMPTY_WORDS, Problem
from keguan.language.testing.staged import protected_words as p
from keguan.language.testing.staged import words as w
from keguan.language.testing.staged.moves import said
from keguan.language.testing.staged.protected import (
    Appointed,
    Chosen,
    DisposalMove,
    Exported,
    HandedOver,
    LeftCompany,
    PermitAsked,
    Printed,
    Revealed,
    TriedSignIn,
)
from keguan.language.testing.staged.reader import Keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.markdown.yaml_tree import Tree
    from keguan.language.model.model import RecordType
    from keguan.language.testing.staged.protected import ProtectedEvent
    from keguan.language.testing.staged.reader import Reader
    from keguan.language.testing.staged.words import Pair

    Rest = Sequence[tuple[Written, Tree]]


def read_protected(key: Written, value: Tree, rest: Rest, reader: Reader) -> ProtectedEvent:
    """What somebody does to protected information. ``key`` is one of ``protected_words.EVENTS``. Raises ``Problem``."""
    for pair, read in _READERS.items():
        if key.text in pair:
            return read(key, value, rest, reader)
    raise KeyError(key.text)


def _reveal(key: Written, value: Tree, rest: Rest, reader: Reader) -> ProtectedEvent:
    keys = Keys(reader, rest, (w.BY, w.REFUSED, w.FIELD, w.REASON, p.READ))
    record = reader.record(value)
    named = _needed(keys, key, reader, w.FIELD)
    written = Written(reader.text(named), named.span)
    field = reader.names.item(reader.model.record_types[record.record_type], written, computed=False)
    read = keys.get(p.READ)
    return Revealed(
        said(keys, key, value, reader),
        record,
        field.code,
        _text(keys, reader, w.REASON),
        None if read is None else reader.text(read),
    )


def _ask(key: Written, value: Tree, rest: Rest, reader: Reader) -> ProtectedEvent:
    known = (w.BY, w.REFUSED, w.RECORD, w.PROCESS, w.FILTER, w.FILLED, p.COLUMNS, p.PURPOSE, p.RECIPIENT)
    keys = Keys(reader, rest, known)
    right = reader.word(value, {right: (name,) for name, right in GRANTED.items() if not name.isascii()}, p.ASK_PERMIT)
    about = _chosen(_needed(keys, key, reader, w.RECORD), keys, reader)
    process, filled = keys.get(w.PROCESS), keys.get(w.FILLED)
    named = None if process is None else reader.process(process)
    granting = [each for each in reader.model.blocks.processes.values() if each.grants_right(right, about.record_type)]
    asked = named or (granting[0] if granting else None)
    values: dict[str, str] = {}
    if filled is not None and asked is not None:
        of = reader.model.record_types[asked.record_type]
        for name, each in reader.names.mapping(filled).pairs:
            values[reader.names.item(of, name, computed=False).code] = reader.text(each)
    return PermitAsked(
        said(keys, key, value, reader),
        right,
        about,
        None if named is None else named.code,
        _text(keys, reader, p.PURPOSE),
        _text(keys, reader, p.RECIPIENT),
        values,
    )


def _export(key: Written, value: Tree, rest: Rest, reader: Reader) -> ProtectedEvent:
    known = (w.BY, w.REFUSED, w.FILTER, p.COLUMNS, p.PURPOSE, p.RECIPIENT, p.PLACE, p.PERMITTED, p.ROWS)
    keys = Keys(reader, rest, known)
    permitted, rows = keys.get(p.PERMITTED), keys.get(p.ROWS)
    return Exported(
        said(keys, key, value, reader),
        _chosen(value, keys, reader),
        permitted is not None and reader.yes(permitted),
        _text(keys, reader, p.PURPOSE),
        _text(keys, reader, p.RECIPIENT),
        _text(keys, reader, p.PLACE),
        None if rows is None else reader.number(rows),
    )


def _print(key: Written, value: Tree, rest: Rest, reader: Reader) -> ProtectedEvent:
    keys = Keys(reader, rest, (w.BY, w.REFUSED, p.READ))
    record, read = reader.record(value), keys.get(p.READ)
    of = reader.model.record_types[record.record_type]
    pairs = () if read is None else reader.names.mapping(read).pairs
    expected = {reader.names.item(of, name, computed=True).label.zh: _or_nothing(each, reader) for name, each in pairs}
    return Printed(said(keys, key, value, reader), record, expected)


def _or_nothing(tree: Tree, reader: Reader) -> str | None:
    text = reader.text(tree)
    return None if text in EMPTY_WORDS else text


def _leave(key: Written, value: Tree, rest: Rest, reader: Reader) -> ProtectedEvent:
    keys = Keys(reader, rest, (w.BY, w.REFUSED, w.REASON, p.DAY))
    day = keys.get(p.DAY)
    return LeftCompany(
        said(keys, key, value, reader),
        reader.person(value),
        None if day is None else reader.moment(day).moment.date(),
        _text(keys, reader, w.REASON),
    )


def _hand_over(key: Written, value: Tree, rest: Rest, reader: Reader) -> ProtectedEvent:
    keys = Keys(reader, rest, (w.BY, w.REFUSED, w.TO, w.REASON))
    whole = isinstance(value, Written) and value.text in reader.people
    return HandedOver(
        said(keys, key, value, reader),
        None if whole else _chosen(value, keys, reader),
        reader.person(value) if whole else None,
        reader.person(_needed(keys, key, reader, w.TO)),
        _text(keys, reader, w.REASON),
    )


def _sign_in(key: Written, value: Tree, rest: Rest, reader: Reader) -> ProtectedEvent:
    keys = Keys(reader, rest, (w.REFUSED,))
    _needed(keys, key, reader, w.REFUSED)
    return TriedSignIn(said(keys, key, value, reader, needed=False), reader.person(value))


def _appoint(key: Written, value: Tree, rest: Rest, reader: Reader) -> ProtectedEvent:
    keys = Keys(reader, rest, (w.BY, w.REFUSED, p.ROLE))
    named = _needed(keys, key, reader, p.ROLE)
    role = reader.role(Written(reader.text(named), named.span))
    return Appointed(said(keys, key, value, reader, needed=False), reader.person(value), role)


def _disposal(key: Written, value: Tree, rest: Rest, reader: Reader) -> ProtectedEvent:
    keys = Keys(reader, rest, (w.BY, w.REFUSED, w.OPINION))
    of = reader.names.record_type(Written(reader.text(value), value.span)).code
    witnessed = key.text in p.WITNESS_DISPOSAL
    return DisposalMove(said(keys, key, value, reader), of, witnessed, _text(keys, reader, w.OPINION))


def _chosen(tree: Tree, keys: Keys, reader: Reader) -> Chosen:
    """``客户``, or ``{客户: 苏禾}``, or ``{客户: [苏禾, 沈白]}``; with the filters and columns that stand beside it."""
    if isinstance(tree, Written):
        of = reader.names.record_type(tree)
        return Chosen(of.code, (), _filters(of, keys, reader), _columns(of, keys, reader))
    (name, which), *_ = reader.names.mapping(tree).pairs
    of = reader.names.record_type(name)
    titles = which.items if isinstance(which, Items) else (which,)
    records = tuple(
        reader.record(each, of.code) if isinstance(each, Written) else reader.record(tree)  # by several fields
        for each in titles
    )
    return Chosen(of.code, records, _filters(of, keys, reader), _columns(of, keys, reader))


def _filters(of: RecordType, keys: Keys, reader: Reader) -> tuple[tuple[str, str], ...]:
    tree = keys.get(w.FILTER)
    asked = () if tree is None else reader.names.mapping(tree).pairs
    return tuple((reader.names.item(of, name, computed=True).code, reader.text(each)) for name, each in asked)


def _columns(of: RecordType, keys: Keys, reader: Reader) -> tuple[str, ...]:
    tree = keys.get(p.COLUMNS)
    names = () if tree is None else reader.texts(tree)
    return tuple(reader.names.item(of, name, computed=True).code for name in names)


def _text(keys: Keys, reader: Reader, pair: Pair) -> str:
    tree = keys.get(pair)
    return "" if tree is None else reader.text(tree)


def _needed(keys: Keys, key: Written, reader: Reader, pair: Pair) -> Tree:
    tree = keys.get(pair)
    if tree is None:
        reader.findings.add(entries.PART_MISSING, key.span, event=key.text, part=pair[0], part_en=pair[1])
        raise Problem
    return tree


_READERS = {
    p.REVEAL: _reveal,
    p.ASK_PERMIT: _ask,
    p.EXPORT: _export,
    p.PRINT: _print,
    p.LEAVE: _leave,
    p.HAND_OVER_RECORDS: _hand_over,
    p.SIGN_IN: _sign_in,
    p.APPOINT: _appoint,
    p.SUBMIT_DISPOSAL: _disposal,
    p.WITNESS_DISPOSAL: _disposal,
}
