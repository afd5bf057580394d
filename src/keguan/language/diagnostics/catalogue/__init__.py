"""Every diagnostic there is, gathered from the files of this folder (one per part of the language)."""

from __future__ import annotations

from keguan.language.diagnostics.catalogue import (
    continuity,
    document,
    expressions,
    names,
    parameters,
    records,
    roles,
    scenarios,
    tables,
)
from keguan.language.diagnostics.diagnostic import Entry


def catalogue() -> tuple[Entry, ...]:
    """All entries, by id."""
    parts = (expressions, document, names, tables, records, roles, parameters, scenarios, continuity)
    entries = [entry for part in parts for entry in vars(part).values() if isinstance(entry, Entry)]
    return tuple(sorted(entries, key=lambda entry: entry.id))
