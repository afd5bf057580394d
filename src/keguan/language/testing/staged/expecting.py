"""应为 and 核对: what is expected on a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import scenarios as entries
from keguan.language.markdown.document import Written
from keguan.language.markdown.yaml_tree import Items
from keguan.language.markdown.yaml_tree import Mapping as Pairs
from keguan.language.testing.names import Problem, first
from keguan.language.testing.staged import protected_words as p
from keguan.language.testing.staged import shared_out as s
from keguan.language.testing.staged import words as w
from keguan.language.testing.staged.duties import duty_of, find_duty, unknown
from keguan.language.testing.staged.expectations import (
    CasesCounted,
    DutiesCounted,
    EntriesExpected,
    ListExpected,
    Manner,
    NoticesExpected,
    ProposalExpected,
    RecordExpected,
    SightExpected,
    TimelineExpected,
    Todo,
    TodosExpected,
)
from keguan.language.testing.staged.expecting_cases import read_case
from keguan.language.testing.staged.policy_reading import CONFIRM, receipts_expected
from keguan.language.testing.staged.protection_expected import (
    class_expected,
    field_expected,
    left_behind,
    letter_expected,
    rights_expected,
)
from keguan.language.testing.staged.reader import Keys
from keguan.language.testing.staged.sharing import result_expected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.markdown.yaml_tree import Tree
    from keguan.language.testing.staged.expectations import Expectation
    from keguan.language.testing.staged.reader import Reader
    from keguan.language.testing.staged.words import Pair

    Rest = Sequence[tuple[Written, Tree]]

_MANNERS = tuple(w.MANNERS.values())


def read_expected(item: Pairs, reader: Reader) -> tuple[Expectation, ...]:
    """What one item expects. Raises ``Problem``."""
    (key, value), rest = first(item)
    for pair, read in _READERS.items():
        if key.text in pair:
            return read(key, value, rest, reader)
    return (RecordExpected(item),)


def _todos(key: Written, value: Tree, rest: Rest, reader: Reader) -> tuple[Expectation, ...]:
    person = reader.person(value)
    return tuple(
        TodosExpected(person, manner, tuple(_todo(each, reader) for each in _listed(tree)), tree.span)
        for manner, tree in _manners(key, rest, reader)
    )


def _todo(tree: Tree, reader: Reader) -> Todo:
    """A line: the name of a step or of a duty, or that with more about it."""
    if isinstance(tree, Written):
        return _line(tree, Keys(reader, (), ()), reader, tree)
    pairs = reader.names.mapping(tree)
    keys = Keys(reader, pairs.pairs, (w.ITEM, w.DUE, w.LATE, w.RECORD, w.NUMBER))
    name = keys.get(w.ITEM)
    if name is not None and not isinstance(name, Written):
        raise reader.names.shape(name, "步骤或职责的名称", "the name of a step or a duty")
    return _line(name, keys, reader, tree)


def _line(name: Written | None, keys: Keys, reader: Reader, tree: Tree) -> Todo:
    of, due, late, number = (keys.get(pair) for pair in (w.RECORD, w.DUE, w.LATE, w.NUMBER))
    steps = () if name is None else reader.steps(name.text)
    duty = None if name is None else find_duty(name, of, reader)
    if name is not None and not steps and duty is None:
        labels = [step.label.zh for each in reader.model.blocks.processes.values() for step in each.steps]
        unknown(name, reader, tuple(labels))
        raise Problem
    types = {reader.model.blocks.processes[each.process].record_type for each in steps}
    record_type = next(iter(types)) if len(types) == 1 else None
    return Todo(
        tuple((each.process, each.step) for each in steps),
        duty,
        None if due is None else reader.moment(due),
        None if late is None else reader.yes(late),
        None if of is None else duty.record if duty else reader.record(of, record_type),
        None if number is None else reader.text(number),
        tree.span,
    )


def _notices(key: Written, value: Tree, rest: Rest, reader: Reader) -> tuple[Expectation, ...]:
    person = reader.person(value)
    return tuple(
        NoticesExpected(person, manner, tuple(each.text for each in reader.texts(tree)), tree.span)
        for manner, tree in _manners(key, rest, reader)
    )


def _proposal(key: Written, value: Tree, rest: Rest, reader: Reader) -> tuple[Expectation, ...]:
    outer = Keys(reader, rest, (w.COUNT,))
    known = (w.ON, w.MEASURE, w.AMOUNT, w.STATE, w.CONSEQUENCE, w.RECORD)
    keys = Keys(reader, reader.names.mapping(value).pairs, known)
    on, measure, amount, state, block, of = (keys.get(pair) for pair in known)
    consequences = reader.model.blocks.consequences
    return (
        ProposalExpected(
            None if on is None else reader.person(on),
            None if of is None else reader.record(of),
            None if measure is None else reader.word(measure, w.MEASURES, w.MEASURE).value,
            None if amount is None else reader.text(amount),
            None if state is None else reader.word(state, w.PROPOSAL_STATES, w.STATE),
            None if block is None else reader.block(block, consequences, w.CONSEQUENCE, lambda each: each.label).code,
            _count(outer, 1, reader),
            key.span,
        ),
    )


def _count(keys: Keys, default: int, reader: Reader) -> int:
    tree = keys.get(w.COUNT)
    return default if tree is None else reader.number(tree)


def _cases(key: Written, value: Tree, rest: Rest, reader: Reader) -> tuple[Expectation, ...]:
    Keys(reader, rest, ())
    del key
    return tuple(
        CasesCounted(reader.process(name).code, reader.number(count), count.span)
        for name, count in reader.names.mapping(value).pairs
    )


def _duties(key: Written, value: Tree, rest: Rest, reader: Reader) -> tuple[Expectation, ...]:
    del key
    keys = Keys(reader, rest, (w.STATE, w.RECORD))
    state = keys.get(w.STATE)
    word = "open" if state is None else reader.word(state, w.DUTY_STATES, w.STATE)
    return tuple(
        DutiesCounted(duty_of(name, keys.get(w.RECORD), reader), word, reader.number(count), count.span)
        for name, count in reader.names.mapping(value).pairs
    )


def _sight(key: Written, value: Tree, rest: Rest, reader: Reader) -> tuple[Expectation, ...]:
    pairs = value.pairs if isinstance(value, Pairs) else ()
    keys = Keys(reader, (*pairs, *rest), (w.BY, w.RECORD, w.FIELD, w.SEEN))
    by, of, field, seen = (
        _needed(keys, key, reader, w.BY),
        _needed(keys, key, reader, w.RECORD),
        keys.get(w.FIELD),
        (_needed(keys, key, reader, w.SEEN)),
    )
    record = reader.record(of)
    code = None
    if field is not None:
        written = Written(reader.text(field), field.span)
        code = reader.names.item(reader.model.record_types[record.record_type], written, computed=True).code
    return (SightExpected(reader.person(by), record, code, reader.word(seen, w.SEEN_AS, w.SEEN), key.span),)


def _list(key: Written, value: Tree, rest: Rest, reader: Reader) -> tuple[Expectation, ...]:
    known = (w.BY, w.SORT, w.FILTER)
    record_type = reader.names.record_type(Written(reader.text(value), value.span))
    keys = Keys(reader, rest, (*known, *_MANNERS))
    person = reader.person(_needed(keys, key, reader, w.BY))
    sort, filters = keys.get(w.SORT), keys.get(w.FILTER)
    order = ""
    if sort is not None:
        text = reader.text(sort)
        name = Written(text.removeprefix("-").strip(), sort.span)
        code = reader.names.item(record_type, name, computed=True).code
        order = f"-{code}" if text.startswith("-") else code
    asked = () if filters is None else reader.names.mapping(filters).pairs
    codes = tuple((reader.names.item(record_type, name, computed=True).code, reader.text(each)) for name, each in asked)
    return tuple(
        ListExpected(person, record_type.code, codes, order, manner, _titles(tree, reader), tree.span)
        for manner, tree in _manners(key, rest, reader, known)
    )


def _timeline(key: Written, value: Tree, rest: Rest, reader: Reader) -> tuple[Expectation, ...]:
    keys = Keys(reader, rest, (w.BY, *_MANNERS))
    person, record = reader.person(_needed(keys, key, reader, w.BY)), reader.record(value)
    return tuple(
        TimelineExpected(person, record, manner, _titles(tree, reader), tree.span)
        for manner, tree in _manners(key, rest, reader, (w.BY,))
    )


def _ledger(key: Written, value: Tree, rest: Rest, reader: Reader) -> tuple[Expectation, ...]:
    outer = Keys(reader, rest, (w.COUNT,))
    keys = Keys(reader, reader.names.mapping(value).pairs, (w.ACTION, w.BY, w.RECORD, p.CONTENT))
    by, of, content = keys.get(w.BY), keys.get(w.RECORD), keys.get(p.CONTENT)
    return (
        EntriesExpected(
            reader.text(_needed(keys, key, reader, w.ACTION)),
            None if by is None else reader.person(by),
            None if of is None else reader.record(of),
            _count(outer, 1, reader),
            key.span,
            () if content is None else tuple(each.text for each in reader.texts(content)),
        ),
    )


def _manners(key: Written, rest: Rest, reader: Reader, also: tuple[Pair, ...] = ()) -> list[tuple[Manner, Tree]]:
    """How what is there is to be compared with what. Raises ``Problem`` when nothing is written."""
    keys = Keys(reader, rest, (*also, *_MANNERS))
    found = [(manner, tree) for manner, pair in w.MANNERS.items() if (tree := keys.get(pair)) is not None]
    if not found:
        names, english = "恰为、依次、包括或不含", "exactly, in order, including or without"
        reader.findings.add(entries.PART_MISSING, key.span, event=key.text, part=names, part_en=english)
        raise Problem
    return found


def _needed(keys: Keys, key: Written, reader: Reader, pair: Pair) -> Tree:
    tree = keys.get(pair)
    if tree is None:
        reader.findings.add(entries.PART_MISSING, key.span, event=key.text, part=pair[0], part_en=pair[1])
        raise Problem
    return tree


def _titles(tree: Tree, reader: Reader) -> tuple[str, ...]:
    return tuple(each.text for each in reader.texts(tree))


def _listed(tree: Tree) -> tuple[Tree, ...]:
    if isinstance(tree, Items):
        return tree.items
    return () if isinstance(tree, Written) and tree.text in ("", "空", "无", "none") else (tree,)


_READERS = {
    w.CASE: read_case,
    w.TODOS: _todos,
    w.NOTICES: _notices,
    w.CONSEQUENCE: _proposal,
    w.CASES_COUNT: _cases,
    w.DUTIES_COUNT: _duties,
    w.SIGHT: _sight,
    w.LIST: _list,
    w.TIMELINE: _timeline,
    w.LEDGER: _ledger,
    p.FIELD_IS: field_expected,
    p.CLASS_IS: class_expected,
    p.RIGHTS_ARE: rights_expected,
    p.LEFT_BEHIND: left_behind,
    p.LETTER: letter_expected,
    s.RESULT: result_expected,
    CONFIRM: receipts_expected,
}
