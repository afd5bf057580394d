"""An entry as a page or a table tells it: who did what, by which door, about whom, by which clause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse

from keguan.web.ledger.words import SUBJECTS, VIA, action_label, clause_of, detail

if TYPE_CHECKING:
    from keguan.language.model.model import Model
    from keguan.runtime.ledger.queries import EntryCard


def told(entry: EntryCard, model: Model, language: str) -> dict[str, Any]:
    """The parts of the sentence."""
    record_type = model.record_types.get(entry.subject_type)
    return {
        "entry": entry,
        "action": action_label(entry.action),
        "via": VIA.get(entry.via, entry.via),
        "subject": record_type.label.text(language)
        if record_type
        else SUBJECTS.get(entry.subject_type, entry.subject_type),
        "url": _url(entry) if record_type else "",
        "clause": clause_of(entry, model),
        "detail": detail(entry, model, language),
    }


def _url(entry: EntryCard) -> str:
    """The record that the entry is about; empty when it is about many."""
    try:
        return reverse("records:record", args=[entry.subject_type, int(entry.subject_id)])
    except (NoReverseMatch, ValueError):
        return ""
