"""How far a token reaches. A token never reaches further than the member of staff whose token it is."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Scope(StrEnum):
    """One permission of a token."""

    RECORDS_READ = "records:read"
    RECORDS_WRITE = "records:write"
    RECORDS_REVEAL = "records:reveal"
    CASES = "cases"
    DUTIES = "duties"
    IMPORTS = "imports"
    EXPORTS = "exports"
    POLICIES_READ = "policies:read"
    POLICIES_PUBLISH = "policies:publish"
    LEDGER_READ = "ledger:read"
    NOTIFICATIONS = "notifications"
    CALENDAR = "calendar"
    PEOPLE_READ = "people:read"
    PEOPLE_WRITE = "people:write"


LABELS = {
    Scope.RECORDS_READ: _("查看档案"),
    Scope.RECORDS_WRITE: _("新建和修改档案"),
    Scope.RECORDS_REVEAL: _("查看敏感信息原文"),
    Scope.CASES: _("查看和办理案件"),
    Scope.DUTIES: _("办理待办，查看和批准奖惩"),
    Scope.IMPORTS: _("导入数据"),
    Scope.EXPORTS: _("申请和导出数据"),
    Scope.POLICIES_READ: _("查看制度"),
    Scope.POLICIES_PUBLISH: _("发布制度"),
    Scope.LEDGER_READ: _("查看账本"),
    Scope.NOTIFICATIONS: _("查看通知和发送记录"),
    Scope.CALENDAR: _("查看和维护日历"),
    Scope.PEOPLE_READ: _("查看人员、离职和权限复核"),
    Scope.PEOPLE_WRITE: _("办理任命、离职和权限复核"),
}
