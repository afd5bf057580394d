"""The files of a record as somebody may see them: names only where the field is seen in clear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.model.access import Permission
from keguan.language.model.files import show_size
from keguan.runtime.access.attached import opened_name
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.formatting import moment
from keguan.runtime.access.present import Sight
from keguan.runtime.access.rights import may
from keguan.runtime.access.viewer import place_of
from keguan.runtime.attachments.queries import files_of
from keguan.runtime.records.profiles import stored_row
from keguan.runtime.records.writing import changeable

if TYPE_CHECKING:
    from datetime import datetime

    from keguan.language.model.files import FileRule
    from keguan.language.model.model import ClauseRef, Label
    from keguan.runtime.access.viewer import Viewer


@dataclass(frozen=True, slots=True)
class ShownFile:
    """One file. ``size`` is in bytes, ``size_text`` and ``at_text`` are for people."""

    id: int
    name: str
    kind: str
    extension: str
    size: int
    size_text: str
    by: str
    at: datetime
    at_text: str


@dataclass(frozen=True, slots=True)
class FileField:
    """A field with its files. ``masked``: there are files of which the viewer may not know more. ``changeable``: they
    may put files there and take them away.
    """

    code: str
    label: Label
    clause: ClauseRef
    rule: FileRule
    files: tuple[ShownFile, ...]
    masked: bool
    changeable: bool

    @property
    def room(self) -> int:
        """How many more files there is room for."""
        return max(0, self.rule.number - len(self.files))


def files_shown(viewer: Viewer, record_type: str, record_id: int) -> tuple[FileField, ...]:
    """The attachment fields of a record of which the viewer may know, in the policy's order. Two queries, one where the
    type has no such field. Raises ``Refused`` (``records.not_found``) as a record's page does.
    """
    model, row = stored_row(viewer, record_type, record_id)
    declared = model.record_types[record_type]
    fields = [each for each in declared.fields if each.files is not None]
    sight = Sight(viewer, record_type, Exit.ATTACHMENT, [each.code for each in fields], model)
    seen, place = sight.permissions_on(row), place_of(row)
    clear = [each.code for each in fields if seen.get(each.code) is Permission.YES]
    there = files_of(record_type, [record_id], clear)
    edits = declared.cadence is None and may(viewer, "edit", place)
    return tuple(
        FileField(
            each.code,
            each.label,
            each.clause,
            each.files,
            tuple(
                ShownFile(
                    file.id,
                    opened_name(file.token, file.name),
                    file.kind,
                    file.extension,
                    file.size,
                    show_size(file.size),
                    file.by_name,
                    file.at,
                    moment(file.at, viewer.language),
                )
                for file in there.get((each.code, record_id), ())
            ),
            each.code not in clear and row[each.code] is not None,
            each.code in clear and edits and changeable(viewer, model, record_type, each.code, place, record_id),
        )
        for each in fields
        if each.code in seen and each.files is not None
    )
