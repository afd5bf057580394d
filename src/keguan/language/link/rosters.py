"""Roster declarations → rosters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.roster import RosterDeclaration
from keguan.language.link.codes import make_label
from keguan.language.link.responsible import party
from keguan.language.model.roster import Days, Roster, Shift

if TYPE_CHECKING:
    from keguan.language.blocks.roster import RosterLine
    from keguan.language.link.linking import Linking


def link_rosters(linking: Linking) -> dict[str, Roster]:
    """Rosters by code."""
    result: dict[str, Roster] = {}
    for declaration, declared in linking.declared(RosterDeclaration):
        block = declaration.block
        if not linking.claim("roster", block):
            continue
        result[block.code.text] = Roster(
            code=block.code.text,
            label=make_label(block.label.text, declaration.english, block.code.text),
            unit=declaration.unit,
            shifts=tuple(_shift(linking, line) for line in declaration.lines),
            coverage=declaration.coverage,
            most=declaration.most,
            rest=declaration.rest,
            swaps=party(linking, declaration.swaps) if declaration.swaps is not None else None,
            clause=declared.clause,
            span=block.span,
        )
    return result


def _shift(linking: Linking, line: RosterLine) -> Shift:
    return Shift(
        number=line.number,
        post=line.post,
        role=linking.role(line.role) if line.role.text else None,
        name=line.shift,
        start=line.start,
        end=line.end,
        people=line.people,
        days=line.days or (Days.EVERY,),
        skills=line.skills,
        span=line.span,
    )
