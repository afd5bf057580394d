"""人员: who there is, in which roles and units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import scenarios as entries
from keguan.language.markdown.document import Written
from keguan.language.markdown.yaml_tree import Mapping as Pairs
from keguan.language.testing.names import Problem
from keguan.language.testing.staged.reader import Keys
from keguan.language.testing.staged.scenario import Person
from keguan.language.testing.staged.words import AREA, DEPUTY, HEAD, ROLES, UNIT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.markdown.yaml_tree import Tree
    from keguan.language.testing.staged.reader import Reader


def names_of(declared: Iterable[Pairs]) -> tuple[str, ...]:
    """The names of the people, in the order written."""
    return tuple(key.text for item in declared for key, _value in item.pairs)


def read_people(declared: Iterable[Pairs], reader: Reader) -> tuple[Person, ...]:
    """The people. Raises ``Problem``."""
    found: dict[str, Person] = {}
    for item in declared:
        for key, value in item.pairs:
            if key.text in found:
                reader.findings.add(entries.PERSON_TWICE, key.span, name=key.text)
                raise Problem
            found[key.text] = _person(key, value, reader)
    return tuple(found.values())


def _person(key: Written, value: Tree, reader: Reader) -> Person:
    if not isinstance(value, Pairs):
        return Person(key.text, _roles(value, reader), "", "", head=False, deputies=(), span=key.span)
    keys = Keys(reader, value.pairs, (ROLES, UNIT, AREA, HEAD, DEPUTY))
    roles, unit, area, head, deputy = (keys.get(pair) for pair in (ROLES, UNIT, AREA, HEAD, DEPUTY))
    return Person(
        key.text,
        () if roles is None else _roles(roles, reader),
        "" if unit is None else reader.text(unit),
        "" if area is None else reader.text(area),
        head=head is not None and reader.yes(head),
        deputies=() if deputy is None else reader.persons(deputy),
        span=key.span,
    )


def _roles(tree: Tree, reader: Reader) -> tuple[str, ...]:
    return tuple(reader.role(each) for each in reader.texts(tree))
