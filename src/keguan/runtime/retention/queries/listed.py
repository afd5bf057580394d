"""The list of destruction (销毁清册): to be read, printed, and asked whether a certain record is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.model.retention import WHOLE
from keguan.runtime.access.columns import columns
from keguan.runtime.access.formatting import moment
from keguan.runtime.policies.queries import current
from keguan.runtime.retention.identity import digest, identity_codes
from keguan.runtime.retention.models import Destroyed
from keguan.runtime.retention.sight import cursor, require_sight

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.viewer import Viewer

SIZE = 50
LARGEST = 2_000
"""Lines of a printed list: as many as a batch has at most."""


@dataclass(frozen=True, slots=True)
class DestroyedRow:
    """One line: nothing of the record but its number, and a digest by which it can be proved."""

    id: int
    reference: str
    batch_id: int
    batch_number: str
    record_type: str
    label: str
    record_id: int
    part: str
    digest: str
    basis: str
    clause: str
    due_on: date | None
    requested_by: str
    approved_by: str
    witnessed_by: str
    destroyed: str
    files: int


def destroyed(
    viewer: Viewer, batch_id: int | None = None, after: str = "", size: int = SIZE
) -> tuple[tuple[DestroyedRow, ...], str]:
    """The list, newest first (of one batch: in its order), and the cursor of the next page. One query.

    Raises ``Refused``.
    """
    require_sight(viewer)
    found, start = Destroyed.objects.all(), cursor(after)
    if batch_id is not None:
        found = found.filter(batch_id=batch_id).order_by("id")
        found = found if start is None else found.filter(id__gt=start)
    else:
        found = found.order_by("-id")
        found = found if start is None else found.filter(id__lt=start)
    page = list(found[: min(size, LARGEST) + 1])
    following = str(page[size - 1].pk) if len(page) > size else ""
    return tuple(_row(viewer, each) for each in page[:size]), following


def provable(viewer: Viewer) -> tuple[tuple[str, str, tuple[Column, ...]], ...]:
    """The record types by which one may ask, each with the fields that say which record it is. Raises ``Refused``."""
    require_sight(viewer)
    model = current().model
    return tuple(
        (
            code,
            declared.label.text(viewer.language),
            tuple(columns(model, code)[each] for each in identity_codes(model, code)),
        )
        for code, declared in model.record_types.items()
        if code in {each.record_type for each in model.blocks.retentions.values()}
    )


def prove(viewer: Viewer, record_type: str, values: Mapping[str, str]) -> tuple[DestroyedRow, ...]:
    """The lines about the record of which somebody knows these values, by field code: proof that it was destroyed.

    One query for the keys in use and one for the lines. Raises ``Refused``.
    """
    require_sight(viewer)
    model = current().model
    if record_type not in model.record_types:
        return ()
    codes = identity_codes(model, record_type)
    given = {code: values.get(code, "").strip() for code in codes}
    if not any(given.values()):
        return ()
    keys = Destroyed.objects.filter(record_type=record_type).values_list("key_id", flat=True).distinct().order_by()
    marks = [digest(model, record_type, given, each) for each in keys]
    found = Destroyed.objects.filter(record_type=record_type, digest__in=marks, identity=",".join(codes))
    return tuple(_row(viewer, each) for each in found.order_by("id")[:SIZE])


def _row(viewer: Viewer, each: Destroyed) -> DestroyedRow:
    return DestroyedRow(
        each.pk,
        each.reference,
        each.batch_id,
        each.batch_number,
        each.record_type,
        each.record_label,
        each.record_id,
        "" if each.information_class == WHOLE else each.information_class,
        each.digest,
        each.basis,
        each.clause,
        each.due_on,
        each.requested_by,
        each.approved_by,
        each.witnessed_by,
        moment(each.destroyed_at, viewer.language),
        len(each.files or ()),
    )
