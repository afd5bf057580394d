"""Parties as written → parties, their roles and steps looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.actors import EVERYONE, PARTIES
from keguan.language.diagnostics.catalogue import processes as entries
from keguan.language.model.actors import Actors, Party, PartyKind

if TYPE_CHECKING:
    from keguan.language.blocks.actors import ActorsWritten, PartyWritten
    from keguan.language.link.linking import Linking
    from keguan.language.link.person_fields import PersonFields
    from keguan.language.link.processes.step_names import StepNames


_OF_SOMETHING = (PartyKind.HANDLER, PartyKind.FIELD)
"""Words that say nothing without what stands in brackets after them."""


def link_actors(written: ActorsWritten, steps: StepNames, persons: PersonFields, linking: Linking) -> Actors | None:
    """Who handles a step; None after a diagnostic."""
    parties = [link_party(party, steps, persons, linking) for party in written.parties]
    found = tuple(party for party in parties if party is not None)
    return Actors(written.manner, found) if len(found) == len(parties) else None


def link_party(written: PartyWritten, steps: StepNames, persons: PersonFields, linking: Linking) -> Party | None:
    """One party; a role of the policy comes before a word of the language, and that before a field in reach. None after
    a diagnostic.
    """
    name, argument = written.name, written.argument
    role = any(name.text in (role.code, role.label.zh) for role in linking.roles.values())
    kind = PartyKind.ROLE if role else PARTIES.get(name.text.lower(), PartyKind.ROLE)
    if kind is PartyKind.ROLE and not role and argument is None and persons.known(name):
        return persons.find(name)
    each = argument is not None and argument.text.lower() in EVERYONE
    if kind is PartyKind.HANDLER and argument is not None and not each:
        step = steps.find(argument, linking.findings)
        return None if step is None else Party(kind, step=step)
    if kind is PartyKind.FIELD and argument is not None:
        return persons.find(argument)
    if kind in _OF_SOMETHING or (argument is not None and not (kind is PartyKind.ROLE and each)):
        value = name.text if argument is None else f"{name.text}({argument.text})"
        linking.findings.add(entries.ACTORS_FORM, name.span, value=value)
        return None
    if kind is not PartyKind.ROLE:
        return Party(kind)
    code = linking.role(name)
    return None if code is None else Party(kind, role=code, everyone=each)
