"""当 and 应为: records that are shared out, claimed and given back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import scenarios as entries
from keguan.language.markdown.yaml_tree import Items
from keguan.language.testing.names import Problem
from keguan.language.testing.staged import shared_out as s
from keguan.language.testing.staged import words as w
from keguan.language.testing.staged.moves import said
from keguan.language.testing.staged.reader import Keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.markdown.document import Written
    from keguan.language.markdown.yaml_tree import Tree
    from keguan.language.model.allocation import Allocation
    from keguan.language.testing.staged.expectations import Expectation
    from keguan.language.testing.staged.reader import Reader

    Rest = Sequence[tuple[Written, Tree]]


def read_sharing(key: Written, value: Tree, rest: Rest, reader: Reader) -> s.SharingEvent:
    """``key`` is one of ``shared_out.EVENTS``. Raises ``Problem``."""
    if key.text in s.SHARE_OUT:
        keys = Keys(reader, rest, (w.BY, w.REFUSED, s.CONFIRMED))
        confirmed = keys.get(s.CONFIRMED)
        about = said(keys, key, value, reader)
        return s.SharedOut(about, _allocation(value, reader).code, confirmed is None or reader.yes(confirmed))
    keys = Keys(reader, rest, (w.BY, w.REFUSED, s.POOL, w.REASON))
    pool, reason = keys.get(s.POOL), keys.get(w.REASON)
    if pool is None:
        reader.findings.add(entries.PART_MISSING, key.span, event=key.text, part=s.POOL[0], part_en=s.POOL[1])
        raise Problem
    found = _allocation(pool, reader)
    return s.PoolMove(
        said(keys, key, value, reader),
        reader.record(value, found.record_type),
        found.code,
        key.text in s.RETURN_RECORD,
        "" if reason is None else reader.text(reason),
    )


def result_expected(key: Written, value: Tree, rest: Rest, reader: Reader) -> tuple[Expectation, ...]:
    """分配结果: what the newest run came to. Raises ``Problem``."""
    keys = Keys(reader, rest, (s.ROWS_GOT, s.PEOPLE_GOT, s.LEFT_OUT))
    rows, people, out = keys.get(s.ROWS_GOT), keys.get(s.PEOPLE_GOT), keys.get(s.LEFT_OUT)
    by_row = () if rows is None else reader.names.mapping(rows).pairs
    by_person = () if people is None else reader.names.mapping(people).pairs
    return (
        s.ResultExpected(
            _allocation(value, reader).code,
            key.span,
            {name.text: reader.number(tree) for name, tree in by_row},
            {reader.person(name): _counts(tree, reader) for name, tree in by_person},
            None if out is None else reader.persons(out),
        ),
    )


def _counts(tree: Tree, reader: Reader) -> tuple[int, ...]:
    return tuple(reader.number(each) for each in (tree.items if isinstance(tree, Items) else (tree,)))


def _allocation(tree: Tree, reader: Reader) -> Allocation:
    return reader.block(tree, reader.model.blocks.allocations, ("分配", "allocation"), lambda each: each.label)
