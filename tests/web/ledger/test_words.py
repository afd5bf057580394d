"""The ledger speaks in words."""

from __future__ import annotations

from keguan.runtime.ledger.actions import Action
from keguan.web.ledger.words import ACTIONS


def _every(kind: type) -> set[type]:
    return {kind} | {found for below in kind.__subclasses__() for found in _every(below)}


def test_every_action_has_a_word() -> None:
    """Whatever action the house knows, the ledger's page names it in words."""
    names = {
        kind.__dict__["name"]
        for kind in _every(Action)
        if "name" in kind.__dict__ and kind.__module__.startswith("keguan.runtime")
    }
    assert names - set(ACTIONS) == set()
