"""``keguan drill``: let the system's time run ahead, and all that falls due on the way happen."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from django.conf import settings

from keguan.cli.console import fail, say
from keguan.cli.words import _
from keguan.language.blocks.timing import chinese, english
from keguan.language.model.timing import Length, Unit
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.clock import drill, local, machine_now, now
from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from keguan.runtime.clock.drill import Passed

_SHORT = {"m": Unit.MINUTE, "h": Unit.HOUR, "d": Unit.DAY, "wd": Unit.WORKING_DAY, "w": Unit.WEEK}
_LONGEST_STEP = 24 * 60


class Wish(StrEnum):
    """What to do."""

    STATUS = "status"
    ADVANCE = "advance"
    TO = "to"
    STOP = "stop"


What = Annotated[
    Wish, typer.Argument(help=_("status 看现在几点，advance 往前走一段，to 走到某一刻，stop 回到真实时间。"))
]
Value = Annotated[
    str | None,
    typer.Argument(help=_("多长：3d、25h、30m、2w、3wd（工作日）、3工作日；或哪一刻：2026-12-01T09:00。")),
]
Minutes = Annotated[int, typer.Option("--step", min=1, max=_LONGEST_STEP, help=_("每一步最多走多少分钟。"))]


def command(what: What = Wish.STATUS, value: Value = None, step: Minutes = 60) -> None:
    """Only where ``KEGUAN_DRILL=1`` is set. Exit code 2 for what cannot be read."""
    if not settings.DRILL:
        fail(_("演练没有打开。请在演练用的系统上设 KEGUAN_DRILL=1，并重新启动网页和后台作业。"), 2)
    if what is Wish.STOP:
        drill.stop()
    elif what is not Wish.STATUS:
        _advance(_moment(what, value), timedelta(minutes=step))
    _tell()


def _advance(to: datetime, step: timedelta) -> None:
    if to < now():
        fail(_("时间不能往回走。要回到真实时间，请运行 keguan drill stop。"), 2)
    try:
        passed = drill.advance(to, step, _progress)
    except Refused as refused:
        fail(refused.message)
    say(_("走了 %(steps)s 步，途中到期的事项都已按先后处理。") % {"steps": passed.steps})


def _progress(passed: Passed) -> None:
    """A line for each midnight that passed."""
    here = local(passed.at)
    if here.hour == 0 and here.minute == 0:
        say(f"{here:%Y-%m-%d}")


def _tell() -> None:
    here, real = local(now()), local(machine_now())
    if not drill.ahead():
        say(_("没有在演练，系统时间就是真实时间 %(real)s。") % {"real": f"{real:%Y-%m-%d %H:%M}"})
        return
    moments = {"here": f"{here:%Y-%m-%d %H:%M}", "real": f"{real:%Y-%m-%d %H:%M}"}
    say(_("演练中：系统时间 %(here)s，真实时间 %(real)s。") % moments)


def _moment(what: Wish, value: str | None) -> datetime:
    """Where to go. Ends with a sentence for what is neither a length nor a moment."""
    text = (value or "").strip()
    found = _after(text) if what is Wish.ADVANCE else _at(text)
    if found is None:
        example = _("读不懂“%(value)s”。例如 keguan drill advance 3d，或 keguan drill to 2026-12-01T09:00。")
        fail(example % {"value": text}, 2)
    return found


def _at(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))


def _after(text: str) -> datetime | None:
    length = _length(text)
    return None if length is None else calendars.after(length, now())


def _length(text: str) -> Length | None:
    short = re.fullmatch(r"([0-9]{1,5})(m|h|d|wd|w)", text.lower())
    if short:
        return Length(int(short[1]), _SHORT[short[2]])
    return chinese.length("".join(text.split())) or english.length(" ".join(text.lower().split()))
