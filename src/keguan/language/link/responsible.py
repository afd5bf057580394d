"""Who is meant by 责任角色: a role, the record's owner, the head of its unit, or whoever a 人员 field of it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from keguan.language.blocks.actors import PARTIES
from keguan.language.link.person_fields import PersonFields
from keguan.language.markdown.document import Written
from keguan.language.model.actors import Party, PartyKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.link.linking import Linking

_OF_A_RECORD = (PartyKind.OWNER, PartyKind.UNIT_HEAD)
_FIELD = re.compile(r"(?:字段|field)\s*[(（]\s*(?P<name>[^()（）]+?)\s*[)）]", re.IGNORECASE)


def party(linking: Linking, written: Written, record_type: str | None = None) -> Party | None:
    """The party that ``written`` names, where it is about records of a type perhaps by a field; None after a
    diagnostic.
    """
    kind = PARTIES.get(written.text, PARTIES.get(written.text.lower()))
    if kind in _OF_A_RECORD:
        return Party(kind)
    persons = PersonFields(linking, record_type)
    if found := _FIELD.fullmatch(written.text):
        start, end = found.span("name")
        return persons.find(Written(found.group("name"), written.span.within(start, end - start)))
    role = any(written.text in (each.code, each.label.zh) for each in linking.roles.values())
    if not role and persons.known(written):
        return persons.find(written)
    code = linking.role(written)
    return None if code is None else Party(PartyKind.ROLE, code)


def parties(linking: Linking, written: Iterable[Written], record_type: str | None = None) -> tuple[Party, ...]:
    """Those of ``written`` that are known; the others leave diagnostics."""
    named = [party(linking, each, record_type) for each in written]
    return tuple(each for each in named if each is not None)
