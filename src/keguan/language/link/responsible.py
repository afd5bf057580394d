"""Who is meant by 责任角色: a role, the record's owner or the head of its unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.actors import PARTIES
from keguan.language.model.actors import Party, PartyKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.link.linking import Linking
    from keguan.language.markdown.document import Written

_OF_A_RECORD = (PartyKind.OWNER, PartyKind.UNIT_HEAD)


def party(linking: Linking, written: Written) -> Party | None:
    """The party that ``written`` names; None after a diagnostic."""
    kind = PARTIES.get(written.text, PARTIES.get(written.text.lower()))
    if kind in _OF_A_RECORD:
        return Party(kind)
    role = linking.role(written)
    return None if role is None else Party(PartyKind.ROLE, role)


def parties(linking: Linking, written: Iterable[Written]) -> tuple[Party, ...]:
    """Those of ``written`` that are known; the others leave diagnostics."""
    named = [party(linking, each) for each in written]
    return tuple(each for each in named if each is not None)
