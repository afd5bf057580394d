"""What a record's own page says of it: kept until when and why, held, archived."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from keguan.language.model.retention import WHOLE, laid_terms
from keguan.runtime.policies.queries import current
from keguan.runtime.retention.holding import held, in_force
from keguan.runtime.retention.keeping import kept_now
from keguan.runtime.retention.models import HoldKind
from keguan.runtime.retention.words import clause_of, laid_by_key, sentence

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer


@dataclass(frozen=True, slots=True)
class KeptLine:
    """One sentence about how long a record, or its fields of one class (``part``), is kept. ``kind``: held, archived,
    due, kept.
    """

    kind: str
    part: str
    text: str
    clause: str


def kept_lines(viewer: Viewer, record_type: str, record_id: int) -> tuple[KeptLine, ...]:
    """What is to be said, as it stands now. The caller has made sure that the viewer may know of the record. No query
    where no term is about the type but those for holds; else four.
    """
    model = current().model
    lines = []
    hold = held(model, record_type, (record_id,)).get(record_id)
    if hold is not None:
        facts = {"name": hold.by_name, "day": hold.since.isoformat()}
        lines.append(KeptLine("held", "", _("%(name)s于%(day)s封存，解除以前不能修改、合并或销毁。") % facts, ""))
    if not laid_terms(model, record_type):
        return tuple(lines)
    archived = in_force().filter(kind=HoldKind.ARCHIVED, record_type=record_type, record_id=record_id).first()
    if archived is not None:
        text = _("保存期满，已于%(day)s归档，不能再修改。") % {"day": archived.since.isoformat()}
        lines.append(KeptLine("archived", "", text, ""))
    with transaction.atomic():
        kept = kept_now(model, record_type, (record_id,)).get(record_id, ())
    terms = laid_by_key(model, record_type)
    for each in kept:
        text = sentence(model, record_type, each, viewer.language)
        part = "" if each.information_class == WHOLE else each.information_class
        lines.append(KeptLine("kept", part, text, clause_of(terms.get(each.term))))
    return tuple(lines)
