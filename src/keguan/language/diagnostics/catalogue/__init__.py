"""Every diagnostic there is, gathered from the files of this folder (one per part of the language)."""

from __future__ import annotations

from keguan.language.diagnostics.catalogue import (
    access_rules,
    allocations,
    checklists,
    consequences,
    continuity,
    coverage,
    document,
    documents,
    duties,
    exceptions,
    expressions,
    forms,
    metrics,
    names,
    parameters,
    processes,
    quotas,
    records,
    retentions,
    roles,
    rosters,
    scenarios,
    scorecards,
    tables,
    timing,
)
from keguan.language.diagnostics.diagnostic import Entry

_PARTS = (
    access_rules,
    allocations,
    checklists,
    consequences,
    continuity,
    coverage,
    document,
    documents,
    duties,
    exceptions,
    expressions,
    forms,
    metrics,
    names,
    parameters,
    processes,
    quotas,
    records,
    retentions,
    roles,
    rosters,
    scenarios,
    scorecards,
    tables,
    timing,
)


def catalogue() -> tuple[Entry, ...]:
    """All entries, by id."""
    entries = [entry for part in _PARTS for entry in vars(part).values() if isinstance(entry, Entry)]
    return tuple(sorted(entries, key=lambda entry: entry.id))
