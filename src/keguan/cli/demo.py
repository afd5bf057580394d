"""``keguan demo``: the invented company 云岭置地; ``keguan demo month``: a month of its life."""

from __future__ import annotations

import logging
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from django.conf import settings

from keguan.cli.console import fail, say
from keguan.cli.progress import Bars
from keguan.cli.stopping import stopping
from keguan.cli.words import _, language
from keguan.demo import month
from keguan.demo.company import PASSWORD, STAFF
from keguan.demo.seeding import DAYS, seed
from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from datetime import date

    from keguan.demo.seeding import Brought

_MOST_DAYS = 366
_MOST_NAMED = 3


class Wish(StrEnum):
    """What to do."""

    FILL = "fill"
    MONTH = "month"


What = Annotated[Wish, typer.Argument(help=_("fill 放入公司的人员、客户和头两周的事；month 让它再过一个月。"))]
Days = Annotated[int, typer.Option("--days", min=1, max=_MOST_DAYS, help=_("一个“月”有多少天。"))]
Seed = Annotated[int, typer.Option("--seed", min=0, help=_("随机数的种子：同一个种子，过的是同样的日子。"))]


def command(what: What = Wish.FILL, days: Days = month.LENGTH, seed_: Seed = month.SEED) -> None:
    """Bring in what is not there yet. Exit code 1 when it does not come to its end, 2 where time may not be moved."""
    logging.disable(logging.INFO)  # what the invented company does by itself is no news of this system
    if what is Wish.MONTH:
        _allow()
    try:
        with Bars() as bars:
            brought = seed(lambda what, done, total: bars.tell(_("前两周") if what == DAYS else what, done, total))
        if what is Wish.FILL:
            _told(brought)
        else:
            _month(days, seed_)
    except Refused as refusal:
        fail(refusal.message)


def _told(brought: tuple[Brought, ...]) -> None:
    for each in brought:
        values = {"sheet": each.sheet, "created": f"{each.created:,}", "rejected": f"{each.rejected:,}"}
        say(_("%(sheet)s：导入 %(created)s 条，退回 %(rejected)s 行。") % values)
    example = STAFF[2]
    say(
        _("演示账号共 %(count)s 个，口令都是 %(password)s，例如 %(username)s（%(name)s）。")
        % {"count": len(STAFF), "password": PASSWORD, "username": example.username, "name": example.name}
    )


def _allow() -> None:
    """Let time run ahead in this process, as ``keguan run`` does in the parts of the demo; nowhere else."""
    strangers = month.strangers()
    if strangers or (settings.HTTPS and not settings.DEMO):
        names = "、".join(strangers[:_MOST_NAMED]) or "KEGUAN_HTTPS"
        sentence = _("没有开始：这里不只有演示公司（%(names)s），时间不能往前走。请另设一个 KEGUAN_HOME 再试。")
        fail(sentence % {"names": names}, 2)
    settings.DRILL = True


def _month(days: int, seed_: int) -> None:
    with stopping() as stopped:
        told = month.play(_day, days, seed_, stopped)
    if told is None:
        say(_("停在这里。再运行 keguan demo month，会从下一天接着过。"))
        return
    found = told.figures
    say()
    say(_("%(first)s 至 %(last)s，云岭置地过了一个月：") % {"first": _date(told.first), "last": _date(told.last)})
    for line in (
        _("  投诉：新收 %(opened)s 件，办结 %(closed)s 件，其中步步按时 %(in_time)s 件。"),
        _("  另有撤回 %(withdrawn)s 件，并案 %(merged)s 件。"),
        _("  回访：不满意而重办 %(dissatisfied)s 次。"),
        _("  时限：逾期 %(late)s 次，上报 %(escalated)s 次。"),
        _("  待办：办结 %(done)s 项，其中逾期才办 %(done_late)s 项。"),
        _("  奖惩：提出 %(proposed)s 项，批准 %(approved)s 项，否决 %(rejected)s 项。"),
    ):
        say(line % {name: getattr(found, name) for name in found.__slots__})
    say(_("系统时间停在 %(last)s 下午：打开工作台看看。") % {"last": _date(told.last)})


def _day(passed: month.Passed) -> None:
    """One line for each day."""
    found = passed.figures
    values = {name: getattr(found, name) for name in found.__slots__}
    values |= {"number": passed.number, "of": passed.of, "day": _date(passed.on)}
    line = _(
        "%(number)s/%(of)s  %(day)s  投诉 %(opened)s，办结 %(closed)s，逾期 %(late)s，待办 %(done)s，奖惩 %(proposed)s"
    )
    say(line % values)


def _date(day: date) -> str:
    """A day with its weekday."""
    names = "一二三四五六日" if language() == "zh" else ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    name = names[day.weekday()]
    return f"{day} 周{name}" if language() == "zh" else f"{day} {name}"
