"""份数 beside or inside a record: the same record so many times, ``{n}`` in its texts being 1, 2, 3 …"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import scenarios as entries
from keguan.language.markdown.document import Written
from keguan.language.markdown.yaml_tree import Items
from keguan.language.markdown.yaml_tree import Mapping as Pairs
from keguan.language.testing.names import Problem

if TYPE_CHECKING:
    from keguan.language.markdown.yaml_tree import Tree
    from keguan.language.testing.names import Names

COPIES = frozenset({"份数", "copies"})
MOST_COPIES = 1000
"""How many records one item may make of one kind, counting copies inside copies."""
NUMBER = "{n}"


def unrolled(item: Pairs, names: Names) -> tuple[Pairs, ...]:
    """The items that one item of 已有 or 当 stands for, each written out. Raises ``Problem``."""
    return _copied(Pairs(_outside(item, names), item.span), names, 1)


def _outside(item: Pairs, names: Names) -> tuple[tuple[Written, Tree], ...]:
    """The item's pairs; 份数 written inside the first pair's braces is moved beside them."""
    (key, value), rest = item.pairs[0], item.pairs[1:]
    if not isinstance(value, Pairs) or not _has_copies(key, value, names):
        return item.pairs
    moved = tuple(pair for pair in value.pairs if pair[0].text in COPIES)
    kept = tuple(pair for pair in value.pairs if pair[0].text not in COPIES)
    return ((key, Pairs(kept, value.span)), *moved, *rest)


def _has_copies(key: Written, value: Pairs, names: Names) -> bool:
    """Whether 份数 among a record's values is a number of copies: the record has no field of that name."""
    record_type = names.find_type(key.text)
    own = {name for field in record_type.fields for name in (field.label.zh, field.code)} if record_type else COPIES
    return any(each.text in COPIES and each.text not in own for each, _ in value.pairs)


def _copied(fields: Pairs, names: Names, outer: int) -> tuple[Pairs, ...]:
    """A record's values as often as its 份数 says, the records inside it unrolled too."""
    wanted = next((value for key, value in fields.pairs if key.text in COPIES), None)
    kept = Pairs(tuple(pair for pair in fields.pairs if pair[0].text not in COPIES), fields.span)
    if wanted is None:
        return (_inside(kept, names, outer),)
    count = _count(wanted, names, outer)
    alike = _inside(kept, names, outer * count)
    return tuple(_numbered(alike, str(number)) for number in range(1, count + 1))


def _inside(fields: Pairs, names: Names, outer: int) -> Pairs:
    return Pairs(tuple((key, _children(key, value, names, outer)) for key, value in fields.pairs), fields.span)


def _children(key: Written, value: Tree, names: Names, outer: int) -> Tree:
    if isinstance(value, Items):
        lists = [_children(key, each, names, outer) for each in value.items]
        flat = [one for each in lists for one in (each.items if isinstance(each, Items) else (each,))]
        return Items(tuple(flat), value.span)
    if not isinstance(value, Pairs):
        return value
    if not _has_copies(key, value, names):
        return _inside(value, names, outer)
    return Items(_copied(value, names, outer), value.span)


def _count(tree: Tree, names: Names, outer: int) -> int:
    text = tree.text.strip() if isinstance(tree, Written) else ""
    count = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_COPIES)) else 0
    if count >= 1 and count * outer <= MOST_COPIES:
        return count
    names.findings.add(entries.COPIES, tree.span, value=text, most=str(MOST_COPIES))
    raise Problem


def _numbered(tree: Pairs, number: str) -> Pairs:
    return Pairs(tuple((key, _with_number(value, number)) for key, value in tree.pairs), tree.span)


def _with_number(tree: Tree, number: str) -> Tree:
    match tree:
        case Written(text, span):
            return Written(text.replace(NUMBER, number), span)
        case Items(items, span):
            return Items(tuple(_with_number(each, number) for each in items), span)
        case _:
            return _numbered(tree, number)
