"""Figures in words: what they are called, how long working time is, how much more or less than before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.language.model.model import RowScope
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.processes.queries.statistics import Figure

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from keguan.runtime.processes.queries.statistics import Totals
    from keguan.web.statistics.asked import Asked

FIGURES: dict[Figure, Promise] = {
    Figure.ALL: gettext_lazy("受理"),
    Figure.CLOSED: gettext_lazy("办结"),
    Figure.OPEN: gettext_lazy("未办结"),
    Figure.IN_TIME: gettext_lazy("按期办结"),
    Figure.LATE: gettext_lazy("逾期"),
    Figure.LATE_OPEN: gettext_lazy("逾期未结"),
    Figure.STEP_LATE: gettext_lazy("有步骤逾期"),
    Figure.REOPENED: gettext_lazy("重新办理"),
    Figure.AGAIN: gettext_lazy("退回或重办"),
    Figure.REPEATED: gettext_lazy("重复"),
}

SCOPES: dict[RowScope, Promise] = {
    RowScope.ALL: gettext_lazy("全公司"),
    RowScope.UNIT: gettext_lazy("本部门及以下"),
    RowScope.OWN: gettext_lazy("本人负责"),
}

_SHARES = {
    Figure.CLOSED: Figure.ALL,
    Figure.IN_TIME: Figure.CLOSED,
    Figure.LATE: Figure.ALL,
    Figure.STEP_LATE: Figure.ALL,
    Figure.AGAIN: Figure.ALL,
}
"""Of what a figure is given as a share."""

_MINUTE, _HOUR = 60, 3600


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as its card says it: ``share`` of which other, and how it was before."""

    label: str
    value: str
    url: str
    share: str
    before: str


def figures(asked: Asked, now: Totals, before: Totals) -> tuple[Shown, ...]:
    """The figures of a span beside those of the span before."""
    counted = tuple(
        Shown(
            str(FIGURES[figure]),
            f"{now.counts[figure]:,}",
            asked.list(figure) if now.counts[figure] else "",
            _share(figure, now),
            _compared(now.counts[figure], before.counts[figure]),
        )
        for figure in now.counts
    )
    taken = (
        (_("平均办理时间"), now.average, before.average),
        (_("九成办结于"), now.ninetieth, before.ninetieth),
    )
    url = asked.list(Figure.CLOSED) if now.counts[Figure.CLOSED] else ""
    return counted + tuple(
        Shown(
            label,
            working(seconds),
            url if seconds is not None else "",
            _hours(seconds),
            _("上期 %(value)s") % {"value": working(earlier)},
        )
        for label, seconds, earlier in taken
    )


def percent(share: float | None) -> str:
    """A share in per cent, ``–`` for a share of nothing."""
    return "–" if share is None else f"{100 * share:.1f}%"


def working(seconds: int | None) -> str:
    """Working time in working days of usual length, in hours or minutes where it is shorter than one."""
    if seconds is None:
        return "–"
    usual = calendars.company_calendar().usual
    day = _MINUTE * sum(end - begin for begin, end in usual)
    if seconds >= day:
        return _("%(days)s 个工作日") % {"days": f"{seconds / day:.1f}"}
    if seconds >= _HOUR:
        return _("%(hours)s 小时") % {"hours": f"{seconds / _HOUR:.1f}"}
    return _("%(minutes)s 分钟") % {"minutes": seconds // _MINUTE}


def _hours(seconds: int | None) -> str:
    return "" if seconds is None else _("工作时间 %(hours)s 小时") % {"hours": f"{seconds / _HOUR:.1f}"}


def _share(figure: Figure, totals: Totals) -> str:
    of = _SHARES.get(figure)
    if of is None or not totals.counts[of]:
        return ""
    return _("占%(of)s %(share)s") % {"of": FIGURES[of], "share": percent(totals.share(figure, of))}


def _compared(now: int, before: int) -> str:
    more = now - before
    sign = f"+{more:,}" if more > 0 else f"−{-more:,}" if more else "±0"
    return _("上期 %(count)s，%(more)s") % {"count": f"{before:,}", "more": sign}
