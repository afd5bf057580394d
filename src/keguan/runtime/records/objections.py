"""Who objects to a record being changed, merged or removed: a noun above (a legal hold) registers, is asked by name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from keguan.runtime.ledger.actions import Refused

Objection = Callable[[str, Collection[int]], Mapping[int, str]]
"""For a record type and ids: a sentence, in the language of now, for each record that must stay as it is."""

_asked: dict[str, Objection] = {}


def objects(name: str, objection: Objection) -> None:
    """Register who is asked; called once in an app's ``ready``."""
    _asked[name] = objection


def objections(record_type: str, ids: Collection[int]) -> dict[int, str]:
    """The first objection to each of these records, by id; those to which nobody objects are left out."""
    found: dict[int, str] = {}
    for name in sorted(_asked):
        for record_id, sentence in _asked[name](record_type, ids).items():
            found.setdefault(record_id, sentence)
    return found


def require_unheld(record_type: str, ids: Collection[int]) -> None:
    """Raise ``Refused`` (``records.held``) with the first objection, by id, to a change of these records."""
    held = objections(record_type, ids)
    if held:
        raise Refused("records.held", held[min(held)])
