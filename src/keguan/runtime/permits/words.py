"""Rights and states in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.language.model.granting import GrantedRight
from keguan.runtime.permits.models import PermitState

if TYPE_CHECKING:
    from django.utils.functional import Promise

RIGHTS: dict[str, Promise] = {
    GrantedRight.EXPORT: _("导出"),
    GrantedRight.PRINT: _("打印"),
    GrantedRight.REVEAL: _("看原文"),
    GrantedRight.CHANGE: _("修改"),
    GrantedRight.DESTROY: _("销毁"),
    GrantedRight.MAINTAIN: _("维护"),
    GrantedRight.DISCLOSE: _("外发"),
    GrantedRight.COPY: _("复制"),
}
STATES: dict[str, Promise] = {
    PermitState.WAITING: _("审批中"),
    PermitState.GRANTED: _("已准予"),
    PermitState.REFUSED: _("未准予"),
    PermitState.USED_UP: _("已用完"),
    PermitState.EXPIRED: _("已过期"),
    PermitState.WITHDRAWN: _("已收回"),
}


def right_label(right: str) -> str:
    """A right as pages and notices name it."""
    return str(RIGHTS.get(right, right))


def state_label(state: str) -> str:
    """A state as pages name it."""
    return str(STATES.get(state, state))
