"""Imports that still want something: shown on the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.imports import queries as imports
from keguan.web.imports.words import UNDER_WAY, ImportLine, import_line

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer


def running_imports(viewer: Viewer) -> tuple[ImportLine, ...]:
    """The viewer's own newest imports that are not over. Raises ``Refused`` for those who may not import."""
    return tuple(
        import_line(card, viewer.language)
        for card in imports.imports(viewer, 10)
        if card.state in UNDER_WAY and card.by_id == viewer.staff_id
    )
