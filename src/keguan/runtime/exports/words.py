"""States and forms in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.runtime.exports.forms import Form
from keguan.runtime.exports.models import ExportState

if TYPE_CHECKING:
    from django.utils.functional import Promise

STATES: dict[str, tuple[Promise, str]] = {
    ExportState.WAITING: (_("排队中"), "blue"),
    ExportState.WORKING: (_("生成中"), "blue"),
    ExportState.READY: (_("可下载"), "green"),
    ExportState.FAILED: (_("没有完成"), "red"),
    ExportState.CANCELLED: (_("已取消"), "grey"),
    ExportState.EXPIRED: (_("已删除"), "grey"),
}
"""The word for a state, and the colour of its pill."""

FORMS: dict[str, str] = {Form.XLSX: "Excel (.xlsx)", Form.CSV: "CSV (.csv)", Form.PDF: "PDF (.pdf)"}
