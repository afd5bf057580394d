"""办理角色 as authors write it: 客服专员; 质量负责人 依次 总经理; 评审委员(每人) 会签 财务部长; 办理人(登记);
字段(经办人).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import split_list
from keguan.language.diagnostics.catalogue import processes as entries
from keguan.language.markdown.document import Written
from keguan.language.model.actors import Manner, PartyKind

if TYPE_CHECKING:
    from keguan.language.diagnostics.findings import Findings

MANNERS = {
    "或签": Manner.ANY,
    "会签": Manner.ALL,
    "依次": Manner.IN_TURN,
    "or": Manner.ANY,
    "and": Manner.ALL,
    "then": Manner.IN_TURN,
}
PARTIES = {
    "发起人": PartyKind.INITIATOR,
    "记录负责人": PartyKind.OWNER,
    "部门负责人": PartyKind.UNIT_HEAD,
    "办理人": PartyKind.HANDLER,
    "字段": PartyKind.FIELD,
    "initiator": PartyKind.INITIATOR,
    "owner": PartyKind.OWNER,
    "unit head": PartyKind.UNIT_HEAD,
    "handler": PartyKind.HANDLER,
    "field": PartyKind.FIELD,
}
EVERYONE = frozenset({"每人", "each"})
_WORD = re.compile(r"\s+(依次|会签|或签|then|and|or)\s+", re.IGNORECASE)
_PARTY = re.compile(r"(?P<name>[^()（）、,，;；]+?)\s*(?:[(（]\s*(?P<argument>[^()（）]+?)\s*[)）])?")


@dataclass(frozen=True, slots=True)
class PartyWritten:
    """One party: its name, and what stands in brackets after it."""

    name: Written
    argument: Written | None


@dataclass(frozen=True, slots=True)
class ActorsWritten:
    """The parties of a cell and how they stand to each other."""

    manner: Manner
    parties: tuple[PartyWritten, ...]


def read_actors(written: Written, findings: Findings) -> ActorsWritten | None:
    """Who handles a step; None after a diagnostic when that cannot be read."""
    words = list(_WORD.finditer(written.text))
    manners = {MANNERS[word.group(1).lower()] for word in words}
    if len(manners) > 1:
        findings.add(entries.ACTORS_MIXED, written.span, value=written.text)
        return None
    edges = [0, *(edge for word in words for edge in word.span()), len(written.text)]
    parties = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        party = read_party(Written(written.text[start:end], written.span.within(start, end - start)), findings)
        if party is None:
            return None
        parties.append(party)
    return ActorsWritten(manners.pop() if manners else Manner.ANY, tuple(parties))


def read_party(written: Written, findings: Findings) -> PartyWritten | None:
    """One party; None after a diagnostic when it cannot be read."""
    found = _PARTY.fullmatch(written.text.strip())
    if found is None:
        findings.add(entries.ACTORS_FORM, written.span, value=written.text)
        return None
    offset = len(written.text) - len(written.text.lstrip())

    def part(group: str) -> Written:
        start, end = found.span(group)
        return Written(found.group(group), written.span.within(offset + start, end - start))

    return PartyWritten(part("name"), part("argument") if found.group("argument") else None)


def read_parties(written: Written, findings: Findings) -> tuple[PartyWritten, ...]:
    """A list of parties, written with commas."""
    read = (read_party(item, findings) for item in split_list(written))
    return tuple(party for party in read if party is not None)
