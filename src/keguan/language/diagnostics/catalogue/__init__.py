"""Every diagnostic there is, gathered from the files of this folder (one per part of the language)."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from keguan.language.diagnostics.diagnostic import Entry


def catalogue() -> tuple[Entry, ...]:
    """All entries, by id."""
    parts = (import_module(f"{__name__}.{part.name}") for part in iter_modules(__path__))
    entries = [entry for part in parts for entry in vars(part).values() if isinstance(entry, Entry)]
    return tuple(sorted(entries, key=lambda entry: entry.id))
