"""Which columns somebody may export, and when an export needs a permit."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Sum
from django.utils.translation import gettext as _

from keguan.language.model.access import Permission, Right
from keguan.runtime import clock
from keguan.runtime.access.columns import columns
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.rights import allowed
from keguan.runtime.exports.models import Export, ExportState
from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Viewer

WITHIN = timedelta(hours=24)
"""What one person exports of one type within this time without a permit counts as one export."""


def exportable(viewer: Viewer, model: Model, record_type: str) -> Mapping[str, Permission]:
    """How each column of a type may leave in a file, by code, in the policy's order; the others are left out."""
    return allowed(viewer, record_type, Right.EXPORT, Exit.EXPORT, model)


def require_columns(viewer: Viewer, model: Model, record_type: str, codes: Sequence[str], *, approved: bool) -> None:
    """Refuse columns that may not leave, or not without an approval that there is not. Raises ``Refused``:
    ``exports.not_permitted`` where nothing of the type may leave, ``exports.columns``, ``exports.needs_permit``.
    """
    open_ = exportable(viewer, model, record_type)
    if not open_:
        raise Refused("exports.not_permitted", _("按制度，您不能导出这类档案。确有需要时，请联系本部门负责人。"))
    if not codes:
        raise Refused("exports.columns", _("没有选择任何一列。请至少选一列。"))
    shut = [code for code in codes if code not in open_]
    if shut:
        sentence = _("按制度，“%(columns)s”不许您导出。请去掉这几列。")
        raise Refused("exports.columns", sentence % {"columns": labels(viewer, model, record_type, shut)})
    waiting = [code for code in codes if open_[code] is Permission.APPROVAL]
    if waiting and not approved:
        sentence = _("“%(columns)s”要经审批才能导出。请申请导出，或去掉这几列。")
        raise Refused("exports.needs_permit", sentence % {"columns": labels(viewer, model, record_type, waiting)})


def labels(viewer: Viewer, model: Model, record_type: str, codes: Sequence[str]) -> str:
    """The labels of columns, as far as the policy has them: a code that somebody made up is not repeated."""
    known = columns(model, record_type)
    found = [known[code].label.text(viewer.language) for code in codes if code in known]
    return _("、").join(found) or _("所选的列")


def exported_lately(staff_id: int, record_type: str) -> int:
    """How many rows of a type somebody has exported without a permit within the last day. One query."""
    mine = Export.objects.filter(
        staff_id=staff_id, record_type=record_type, asked_at__gt=clock.now() - WITHIN, permit_id=None
    )
    counted = mine.exclude(state__in=(ExportState.FAILED, ExportState.CANCELLED))
    return int(counted.aggregate(rows=Sum("total"))["rows"] or 0)


def too_many(limit: int, before: int) -> Refused:
    """The refusal of a bulk export without a permit."""
    if before:
        sentence = _("24 小时内您已导出这类档案 %(before)s 行，加上这次达到 %(limit)s 行，按制度须经审批。请申请导出。")
    else:
        sentence = _("一次导出 %(limit)s 行以上，按制度须经审批。请申请导出，或缩小范围。")
    return Refused("exports.needs_permit", sentence % {"limit": limit, "before": before})
