"""The first rows of an upload, beside which its columns are mapped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.imports.mapping.targets import targets
from keguan.runtime.imports.rows.reading import shown
from keguan.runtime.imports.standing import owned, sheet_of
from keguan.runtime.imports.workbook.cells import text_of
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer

ROWS = 5


@dataclass(frozen=True, slots=True)
class Preview:
    """Headings and the first rows below them, as text; sensitive cells are masked even for who uploaded them."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def preview(viewer: Viewer, import_id: int) -> Preview:
    """The first rows of the viewer's own upload. Reads the file. Raises ``Refused``."""
    stored = owned(viewer, import_id)
    model = policies.current().model
    every = {target.code: target for target in targets(model, model.record_types[stored.record_type])}
    fields = [every[code].field if code in every else None for code in stored.mapping["columns"]]
    first = stored.mapping["heading_row"]
    rows = []
    for cells in sheet_of(stored).rows[first : first + ROWS]:
        texts = [text_of(cell) for cell in cells]
        rows.append(
            tuple(
                shown(field, text) if (field := fields[place] if place < len(fields) else None) else text
                for place, text in enumerate(texts)
            )
        )
    return Preview(tuple(stored.headings), tuple(rows))
