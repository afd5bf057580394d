"""Records that are only stored (只存): seen by those who dispose and by auditors alone, and never changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.runtime.access.columns import columns
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.rights import readable
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies.queries import current
from keguan.runtime.records.shown_rows import shown_rows
from keguan.runtime.retention.aside import stored
from keguan.runtime.retention.models import Aside, AsideReason
from keguan.runtime.retention.sight import cursor, sees_aside

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from keguan.language.model.model import Model
    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.records.shown_rows import ShownRow

SIZE = 50


@dataclass(frozen=True, slots=True)
class AsideRow:
    """A record that is only stored. ``until`` is the day on which what keeps it is over; None while nobody can say."""

    id: int
    record_type: str
    record_id: int
    label: str
    title: str
    erasure: bool
    note: str
    clause: str
    reference: str
    since: date
    until: date | None
    by: str


@dataclass(frozen=True, slots=True)
class AsideView:
    """One of them, with its values as far as the viewer may see them."""

    row: AsideRow
    columns: tuple[Column, ...]
    record: ShownRow


def asides(viewer: Viewer, after: str = "", size: int = SIZE) -> tuple[tuple[AsideRow, ...], str]:
    """All of them, newest first, and the cursor of the next page. One query, and those of the names of each record type
    among them. Raises ``Refused``.
    """
    _require(viewer)
    found, start = Aside.objects.order_by("-id"), cursor(after)
    if start is not None:
        found = found.filter(id__lt=start)
    page = list(found[: size + 1])
    model = current().model
    titles: dict[tuple[str, int], str] = {}
    for record_type in {each.record_type for each in page} & model.record_types.keys():
        shown = _shown(viewer, model, record_type, [each.record_id for each in page], ())[1]
        titles |= {(record_type, each.id): each.title.text for each in shown}
    rows = tuple(_row(viewer, model, each, titles) for each in page[:size])
    return rows, str(page[size - 1].pk) if len(page) > size else ""


def aside_view(viewer: Viewer, record_type: str, record_id: int) -> AsideView:
    """One of them. Raises ``Refused``."""
    _require(viewer)
    found = Aside.objects.filter(record_type=record_type, record_id=record_id).first()
    model = current().model
    if found is None or record_type not in model.record_types:
        raise Refused("retention.not_aside", _("没有这份只存的档案。"))
    codes = tuple(columns(model, record_type))
    shown, rows = _shown(viewer, model, record_type, [record_id], codes)
    if not rows:
        raise Refused("retention.not_aside", _("没有这份只存的档案。"))
    titles = {(record_type, record_id): rows[0].title.text}
    return AsideView(_row(viewer, model, found, titles), shown, rows[0])


def _require(viewer: Viewer) -> None:
    if not sees_aside(viewer):
        raise Refused("retention.not_permitted", _("只存的档案，只有办理处置的人和审计可以查看。"))


def _shown(
    viewer: Viewer, model: Model, record_type: str, ids: Sequence[int], codes: Sequence[str]
) -> tuple[tuple[Column, ...], tuple[ShownRow, ...]]:
    allowed = readable(viewer, record_type, Exit.DISPOSAL, model)
    known = columns(model, record_type)
    shown = tuple(known[code] for code in codes if code in allowed)
    rows = [dict(each) for each in stored(model, record_type, set(ids))]
    found = shown_rows(viewer, model, record_type, rows, [each.code for each in shown], Exit.DISPOSAL)
    return shown, found


def _row(viewer: Viewer, model: Model, each: Aside, titles: dict[tuple[str, int], str]) -> AsideRow:
    declared = model.record_types.get(each.record_type)
    return AsideRow(
        each.pk,
        each.record_type,
        each.record_id,
        declared.label.text(viewer.language) if declared else each.record_type,
        titles.get((each.record_type, each.record_id), "") or f"#{each.record_id}",
        each.reason == AsideReason.ERASURE,
        each.note,
        each.clause,
        each.reference,
        each.since,
        each.until,
        each.by_name,
    )
