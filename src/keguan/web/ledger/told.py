"""An entry as a page or a table tells it: who did what, by which door, about whom, by which clause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse

from keguan.web.ledger.words import SUBJECTS, VIA, action_label, clause_of, detail

if TYPE_CHECKING:
    from keguan.language.model.model import Label, Model
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
        "called": _called(entry, model, language),
        "url": _url(entry) if record_type else "",
        "clause": clause_of(entry, model),
        "detail": detail(entry, model, language),
    }


def _called(entry: EntryCard, model: Model, language: str) -> str:
    """Which one it is: a block of the policy by its name, everything else by its number."""
    labels: dict[str, Label] = {}
    if entry.subject_type == "duty_block":
        labels = {code: each.label for code, each in model.blocks.duties.items()}
    elif entry.subject_type == "retention":
        labels = {code: each.label for code, each in model.blocks.retentions.items()}
    label = labels.get(entry.subject_id)
    return entry.subject_id if label is None else f"“{label.text(language)}”"


def _url(entry: EntryCard) -> str:
    """The record that the entry is about; empty when it is about many."""
    try:
        return reverse("records:record", args=[entry.subject_type, int(entry.subject_id)])
    except (NoReverseMatch, ValueError):
        return ""
