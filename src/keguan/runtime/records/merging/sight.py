"""The two records of a merge, for those who may see everything of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from keguan.runtime.access.columns import Source, columns
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.present import Sight
from keguan.runtime.access.rights import may, reaches
from keguan.runtime.access.viewer import place_of
from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Viewer

    Row = Mapping[str, Any]

OPERATION = "merge"


def require_both(viewer: Viewer, model: Model, record_type: str, rows: tuple[Row | None, ...]) -> None:
    """Refuse, in one sentence for every reason, unless each record is there, within reach for merging, and every field
    in which any of them has a value is seen (masked or not) on each: otherwise a merge would move what the viewer must
    not know of.
    """
    known = columns(model, record_type)
    held = [row for row in rows if row is not None]
    fields = {
        code
        for code, column in known.items()
        if column.source is Source.FIELD and any(row[column.physical] is not None for row in held)
    }
    sight = Sight(viewer, record_type, Exit.PROFILE, fields, model)
    for row in rows:
        if (
            row is None
            or not reaches(viewer, record_type, place_of(row), model)
            or not may(viewer, OPERATION, place_of(row))
            or not sight.codes_on(row) >= fields
        ):
            raise Refused(
                "merge.not_found",
                gettext_lazy(
                    "不能合并：没有这两份档案，或者您的岗位无权合并它们。两份档案都须在您的可见范围内，且里面填有的每一类信息您都能看到。"
                ),
            )
