"""What people call the states and kinds of cases, steps and shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.runtime.processes.models import CaseState, ShareKind, TaskState

if TYPE_CHECKING:
    from django.utils.functional import Promise

_CASES: dict[str, str | Promise] = {
    CaseState.OPEN: _("办理中"),
    CaseState.ARCHIVED: _("已归档"),
    CaseState.COMPLETED: _("已办结"),
    CaseState.ENDED: _("已结束"),
    CaseState.CANCELLED: _("已作废"),
    CaseState.WITHDRAWN: _("已撤销"),
    CaseState.TERMINATED: _("已终止"),
    CaseState.MERGED: _("已并案"),
}
_TASKS: dict[str, str | Promise] = {
    TaskState.OPEN: _("办理中"),
    TaskState.WAITING: _("等待子流程"),
    TaskState.DONE: _("已办完"),
    TaskState.PASSED: _("不需办理，已跳过"),
    TaskState.RETURNED: _("已退回"),
    TaskState.CANCELLED: _("已取消"),
}
_SHARES: dict[str, str | Promise] = {
    ShareKind.HANDLE: _("办理"),
    ShareKind.ESCALATED: _("超时升级"),
    ShareKind.BEFORE: _("前加签"),
    ShareKind.BESIDE: _("并加签"),
    ShareKind.AFTER: _("后加签"),
    ShareKind.CONSULT: _("委派"),
    ShareKind.COPY: _("抄送"),
}


def case_state(state: str) -> str:
    """Where a case stands, in words."""
    return str(_CASES[state])


def task_state(state: str) -> str:
    """Where a step stands, in words."""
    return str(_TASKS[state])


def share_kind(kind: str) -> str:
    """Why somebody has a share, in words."""
    return str(_SHARES[kind])
