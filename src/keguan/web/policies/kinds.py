"""The kinds of blocks in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KIND_LABELS: dict[str, Promise] = {
    "record": _("档案"),
    "fact": _("口径"),
    "parameter": _("参数"),
    "role": _("角色"),
    "decision": _("判定"),
    "scorecard": _("评分"),
    "quota": _("名额"),
    "process": _("流程"),
    "duty": _("职责"),
    "checklist": pgettext_lazy("a kind of block", "检查"),
    "classes": pgettext_lazy("a kind of block", "类别"),
    "access": pgettext_lazy("a kind of block", "权限"),
    "retention": pgettext_lazy("a kind of block", "保存"),
    "metric": _("指标"),
    "consequence": _("奖惩"),
    "allocation": _("分配"),
    "roster": _("排班"),
    "form": _("表单"),
    "document": pgettext_lazy("a kind of block", "文件"),
}
