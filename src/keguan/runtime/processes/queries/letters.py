"""The documents that a case has written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.access.exits import Exit
from keguan.runtime.access.formatting import moment
from keguan.runtime.processes.sight import form_sight
from keguan.runtime.processes.writing.classes import classes_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from keguan.language.model.model import ClauseRef
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.models import Document
    from keguan.runtime.processes.standing import Standing


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document. ``text`` is Markdown, with sensitive values masked; ``whole`` says that there is a whole text, which
    the viewer may ask for with a reason. ``hidden``: it speaks of a class that is not theirs to see; then it has no
    title and text.
    """

    id: int
    code: str
    label: str
    number: str
    title: str
    text: str
    seal: str
    hidden: bool
    whole: bool
    written_at: datetime
    written: str
    by: str
    step: str
    clause: ClauseRef


def letters(viewer: Viewer, standing: Standing, found: Sequence[Document]) -> tuple[DocumentView, ...]:
    """The documents of a case, oldest first, as far as the viewer may see them. No query."""
    sight = form_sight(viewer, standing, Exit.DOCUMENT)
    views = []
    for each in found:
        template = standing.model.blocks.documents[each.document]
        hidden = not all(map(sight.sees_class, classes_in(standing.model, template)))
        views.append(
            DocumentView(
                id=each.pk,
                code=each.document,
                label=template.label.text(viewer.language),
                number=each.number,
                title="" if hidden else each.title,
                text="" if hidden else each.text,
                seal=template.seal,
                hidden=hidden,
                whole=each.sealed is not None and not hidden,
                written_at=each.written_at,
                written=moment(each.written_at, viewer.language),
                by=each.written_by_name,
                step=standing.step(standing.task(each.task_id)).label.text(viewer.language),
                clause=template.clause,
            )
        )
    return tuple(views)
