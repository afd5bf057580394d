"""What else happens in the transaction of a publication: table changes register themselves here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.language.model.model import Model

    Hook = Callable[[Model | None, Model], None]

_hooks: list[Hook] = []


def on_publish(hook: Hook) -> None:
    """Call ``hook(old, new)`` inside every publication's transaction, in order of registration.

    ``old`` is the model of the publication made last (None at the first), which need not be in force yet. A model that
    waits for its day is announced when it is published, not on its day, and a day may see several sets: a hook only
    adds, and finds out by itself what is there already. What it raises undoes the whole publication.
    """
    if hook not in _hooks:
        _hooks.append(hook)


def run_hooks(old: Model | None, new: Model) -> None:
    """Call every registered hook."""
    for hook in _hooks:
        hook(old, new)
