"""What shows that duties and checklists are alive: what is open, what is late and what was done this month."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from keguan.runtime import clock
from keguan.runtime.duties.models import Duty, DutyState, Round
from keguan.runtime.policies.queries import Evidence, register_evidence

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from keguan.language.model.model import Control, Model

CAP = 1_000
"""Counts stop here, so that they cost the same on any table."""


def register() -> None:
    """Speak for duties and checklists."""
    register_evidence("duty", _duty)
    register_evidence("checklist", _checklist)


def _duty(model: Model, control: Control) -> tuple[Evidence, ...]:
    if control.code not in model.blocks.duties:
        return ()
    about = Duty.objects.filter(duty=control.code)
    found = [
        _counted(_("现有待办 %(count)s 项"), about.filter(state=DutyState.OPEN)),
        _counted(_("其中逾期 %(count)s 项"), about.filter(state=DutyState.OPEN, late=True)),
        _counted(_("本月办结 %(count)s 项"), about.filter(state=DutyState.DONE, done_at__gte=_month())),
    ]
    newest = Round.objects.filter(duty=control.code, ended_at__isnull=False).order_by("-day").first()
    if newest is not None:
        day = f"{clock.local(newest.ended_at or newest.begun_at):%Y-%m-%d %H:%M}"
        found.append(Evidence(_("最近一次核对谁该办于 %(moment)s") % {"moment": day}, newest.made))
    return tuple(found)


def _checklist(model: Model, control: Control) -> tuple[Evidence, ...]:
    """Results of a checklist that proves duties; of one that is only checked at a step, processes speak."""
    proved = [
        duty.code
        for duty in model.blocks.duties.values()
        for row in duty.obligations
        if row.evidence is not None and row.evidence.checklist == control.code
    ]
    if not proved:
        return ()
    done = Duty.objects.filter(duty__in=proved, checked__isnull=False, done_at__gte=_month())
    return (_counted(_("本月检查合格 %(count)s 次"), done),)


def _counted(sentence: str, rows: QuerySet[Duty]) -> Evidence:
    count = rows.order_by().values("id")[: CAP + 1].count()
    shown = f"{CAP:,}+" if count > CAP else f"{count:,}"
    return Evidence(sentence % {"count": shown}, min(count, CAP), capped=count > CAP)


def _month() -> datetime:
    return datetime.combine(clock.today().replace(day=1), time(), ZoneInfo(settings.TIME_ZONE))
