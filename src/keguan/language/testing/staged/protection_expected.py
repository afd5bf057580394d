"""应为 and 核对: what is expected of the protection of information."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import scenarios as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.markdown.document import Written
from keguan.language.model.operations import OPERATIONS
from keguan.language.testing.names import Problem
from keguan.language.testing.staged import protected_words as p
from keguan.language.testing.staged import words as w
from keguan.language.testing.staged.expectations import Manner
from keguan.language.testing.staged.protected import ClassExpected, LeftBehind, LetterExpected, RightsExpected
from keguan.language.testing.staged.reader import Keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.markdown.yaml_tree import Tree
    from keguan.language.testing.staged.expectations import Expectation
    from keguan.language.testing.staged.reader import Reader

    Rest = Sequence[tuple[Written, Tree]]

_OF_CLASS = (p.LEVEL, p.RESPONSIBLE, p.SECRECY)
_OF_FIELD = (*_OF_CLASS, p.CLASS_IS, p.CHOICES, p.SOURCES)


def field_expected(key: Written, value: Tree, rest: Rest, reader: Reader) -> tuple[Expectation, ...]:
    """字段: how a field, fact or outcome is declared. Raises ``Problem``."""
    record_type, code = _item(value, reader)
    keys = Keys(reader, rest, _OF_FIELD)
    class_, choices, sources = (keys.get(pair) for pair in (p.CLASS_IS, p.CHOICES, p.SOURCES))
    return (
        ClassExpected(
            record_type,
            code,
            key.span,
            None if class_ is None else reader.text(class_),
            *_of_class(keys, reader),
            None if choices is None else tuple(each.text for each in reader.texts(choices)),
            None if sources is None else tuple(each.text for each in reader.texts(sources)),
        ),
    )


def class_expected(key: Written, value: Tree, rest: Rest, reader: Reader) -> tuple[Expectation, ...]:
    """信息类别: how a class is protected, and who answers for it. Raises ``Problem``."""
    keys = Keys(reader, rest, _OF_CLASS)
    return (ClassExpected(None, reader.text(value), key.span, None, *_of_class(keys, reader)),)


def _of_class(keys: Keys, reader: Reader) -> tuple[str | None, str | None, bool | None]:
    level, responsible, secrecy = (keys.get(pair) for pair in _OF_CLASS)
    return (
        None if level is None else reader.text(level),
        None if responsible is None else reader.text(responsible),
        None if secrecy is None else reader.word(secrecy, p.SECRECIES, p.SECRECY),
    )


def rights_expected(key: Written, value: Tree, rest: Rest, reader: Reader) -> tuple[Expectation, ...]:
    """权限: what somebody may do to a field, and which operations they have. Raises ``Problem``."""
    person = reader.person(value)
    keys = Keys(reader, rest, (w.FIELD, p.OPERATIONS_ARE, *p.RIGHT_NAMES.values()))
    field, operations = keys.get(w.FIELD), keys.get(p.OPERATIONS_ARE)
    record_type, code = (None, None) if field is None else _item(field, reader)
    rights = {
        right: reader.word(tree, p.PERMISSION_NAMES, pair)
        for right, pair in p.RIGHT_NAMES.items()
        if (tree := keys.get(pair)) is not None
    }
    if rights and code is None:
        reader.findings.add(entries.PART_MISSING, key.span, event=key.text, part=w.FIELD[0], part_en=w.FIELD[1])
        raise Problem
    pairs = () if operations is None else reader.names.mapping(operations).pairs
    held = {_operation(name, reader): reader.yes(tree) for name, tree in pairs}
    return (RightsExpected(person, record_type, code, rights, held, key.span),)


def _operation(name: Written, reader: Reader) -> str:
    for code, words in OPERATIONS.items():
        if name.text in (code, *words):
            return code
    hint = suggest(name.text, [zh for zh, _ in OPERATIONS.values()])
    zh, en = p.OPERATIONS_ARE
    reader.findings.add(entries.WORD_UNKNOWN, name.span, value=name.text, key=zh, key_en=en, **hint)
    raise Problem


def left_behind(key: Written, value: Tree, rest: Rest, reader: Reader) -> tuple[Expectation, ...]:
    """待移交: what of a record type somebody still owns. Raises ``Problem``."""
    person = reader.person(value)
    manners = tuple(w.MANNERS.values())
    keys = Keys(reader, rest, (w.RECORD, *manners))
    of = keys.get(w.RECORD)
    found = [(manner, tree) for manner, pair in w.MANNERS.items() if (tree := keys.get(pair)) is not None]
    if of is None or not found:
        part = w.RECORD if of is None else ("恰为、包括或不含", "exactly, including or without")
        reader.findings.add(entries.PART_MISSING, key.span, event=key.text, part=part[0], part_en=part[1])
        raise Problem
    record_type = reader.names.record_type(Written(reader.text(of), of.span)).code
    return tuple(
        LeftBehind(person, record_type, manner, tuple(each.text for each in reader.texts(tree)), tree.span)
        for manner, tree in found
    )


def letter_expected(key: Written, value: Tree, rest: Rest, reader: Reader) -> tuple[Expectation, ...]:
    """文件: what stands in the newest document of a template. Raises ``Problem``."""
    document = reader.block(value, reader.model.blocks.documents, p.LETTER, lambda each: each.label)
    known = {manner: w.MANNERS[manner] for manner in (Manner.INCLUDING, Manner.WITHOUT)}
    keys = Keys(reader, rest, tuple(known.values()))
    found = [(manner, tree) for manner, pair in known.items() if (tree := keys.get(pair)) is not None]
    if not found:
        part, english = "包括或不含", "including or without"
        reader.findings.add(entries.PART_MISSING, key.span, event=key.text, part=part, part_en=english)
        raise Problem
    return tuple(
        LetterExpected(document.code, manner, tuple(each.text for each in reader.texts(tree)), tree.span)
        for manner, tree in found
    )


def _item(tree: Tree, reader: Reader) -> tuple[str, str]:
    """``{客户: 手机}``: a field, fact or outcome of a record type."""
    (name, which), *_ = reader.names.mapping(tree).pairs
    of = reader.names.record_type(name)
    written = Written(reader.text(which), which.span)
    return of.code, reader.names.item(of, written, computed=True).code
