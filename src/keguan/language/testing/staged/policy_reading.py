"""发布新版 and 签收, as they are written in a scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import scenarios as entries
from keguan.language.model.label import Label
from keguan.language.testing.names import Problem
from keguan.language.testing.staged import words as w
from keguan.language.testing.staged.moves import said
from keguan.language.testing.staged.policies import ReadConfirmed, ReceiptsExpected, VersionPublished
from keguan.language.testing.staged.reader import Keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.markdown.document import Written
    from keguan.language.markdown.yaml_tree import Tree
    from keguan.language.testing.staged.policies import PolicyEvent
    from keguan.language.testing.staged.reader import Reader
    from keguan.language.testing.staged.words import Pair

    Rest = Sequence[tuple[Written, Tree]]

NEW_VERSION: Pair = ("发布新版", "publish version")
CONFIRM: Pair = ("签收", "confirm read")
VERSION: Pair = ("版本", "version")
REVIEWED: Pair = ("审核", "reviewed")
SIGNED: Pair = ("签发", "signed")
CHANGES: Pair = ("改动", "changes")
CONFIRMED: Pair = ("已签", "confirmed")
OUTSTANDING: Pair = ("未签", "outstanding")

EVENTS = frozenset((*NEW_VERSION, *CONFIRM))
"""What can only happen on a stage."""


def read_policy_event(key: Written, value: Tree, rest: Rest, reader: Reader) -> PolicyEvent:
    """A new version, or a reader's confirmation. Raises ``Problem``."""
    if key.text in CONFIRM:
        return ReadConfirmed(said(Keys(reader, rest, (w.BY, w.REFUSED)), key, value, reader), _pack(value, reader))
    keys = Keys(reader, rest, (w.BY, w.REFUSED, VERSION, REVIEWED, SIGNED, CHANGES))
    version, reviewed, signed = (_needed(keys, key, reader, pair) for pair in (VERSION, REVIEWED, SIGNED))
    changes = reader.names.mapping(_needed(keys, key, reader, CHANGES)).pairs
    return VersionPublished(
        said(keys, key, value, reader),
        _pack(value, reader),
        reader.text(version),
        reader.person(reviewed),
        reader.person(signed),
        tuple((before.text, reader.text(after)) for before, after in changes),
    )


def receipts_expected(key: Written, value: Tree, rest: Rest, reader: Reader) -> tuple[ReceiptsExpected, ...]:
    """签收 among what is expected. Raises ``Problem``."""
    keys = Keys(reader, rest, (CONFIRMED, OUTSTANDING))
    named = [None if (tree := keys.get(pair)) is None else reader.persons(tree) for pair in (CONFIRMED, OUTSTANDING)]
    if named == [None, None]:
        _missing(key, reader, ("已签或未签", "confirmed or outstanding"))
    return (ReceiptsExpected(_pack(value, reader), named[0], named[1], key.span),)


def _pack(value: Tree, reader: Reader) -> str:
    return reader.block(
        value, reader.model.policies, ("制度", "policy"), lambda policy: Label(policy.title, policy.title)
    ).id


def _needed(keys: Keys, key: Written, reader: Reader, pair: Pair) -> Tree:
    tree = keys.get(pair)
    return tree if tree is not None else _missing(key, reader, pair)


def _missing(key: Written, reader: Reader, pair: Pair) -> Tree:
    reader.findings.add(entries.PART_MISSING, key.span, event=key.text, part=pair[0], part_en=pair[1])
    raise Problem
