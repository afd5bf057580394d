"""How urgent something is, in words: never by colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime import clock
from keguan.runtime.processes.queries import Urgency

if TYPE_CHECKING:
    from datetime import datetime, timedelta

_COLOURS = {Urgency.LATE: "red", Urgency.SOON: "amber", Urgency.ON_TIME: "green", Urgency.PAUSED: "violet"}
_MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Due:
    """By when, as a pill says it."""

    text: str
    colour: str
    moment: str


def due(due_at: datetime | None, urgency: Urgency, moment: str) -> Due | None:
    """What a due moment looks like; None where nothing is due or all is done."""
    if urgency in (Urgency.NONE, Urgency.OVER):
        return None
    if urgency is Urgency.PAUSED or due_at is None:
        return Due(_("暂停计时"), "violet", moment)
    left = due_at - clock.now()
    text = _("逾期 %(time)s") if urgency is Urgency.LATE else _("还有 %(time)s")
    return Due(text % {"time": _length(abs(left))}, _COLOURS[urgency], moment)


def _length(time: timedelta) -> str:
    """Minutes up to an hour, hours up to two days, then days; rounded down."""
    minutes = int(time.total_seconds() // 60)
    if minutes < 60:
        return _("%(count)s 分钟") % {"count": minutes}
    if minutes < 2 * _MINUTES_A_DAY:
        return _("%(count)s 小时") % {"count": minutes // 60}
    return _("%(count)s 天") % {"count": minutes // _MINUTES_A_DAY}
