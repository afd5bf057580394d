"""Letting time pass: everything that falls due on the way happens then, in order."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.db.models import Min, Value

from keguan.runtime import clock
from keguan.runtime.calendars.queries import after
from keguan.runtime.clock import drill
from keguan.runtime.policies.queries import pinned

if TYPE_CHECKING:
    from django.db.models import Manager, Model

    from keguan.language.model.timing import Length

_DAY = timedelta(days=1)

_MOST_ROUNDS = 10
"""What is due and cannot be done is left after so many rounds."""


def moment(local: datetime) -> datetime:
    """A moment of the company's time, aware, in UTC."""
    return local.replace(tzinfo=ZoneInfo(settings.TIME_ZONE)).astimezone(UTC)


def until(local: datetime) -> None:
    """Let time pass until a moment of the company's time. Raises ``ValueError`` when it has passed already."""
    _pass(moment(local))


def by(length: Length) -> None:
    """Let so much time pass."""
    _pass(after(length, clock.now()))


def settle() -> None:
    """Let happen what is due now, as within the next minutes: what follows from it at once is done as well."""
    drill.advance(clock.now())
    _follow()


def _follow() -> None:
    for _round in range(_MOST_ROUNDS):
        if not _waits_until_now():
            return
        drill.advance(clock.now())


def _pass(to: datetime) -> None:
    """From one moment at which something is due to the next. What happens with a new day happens at its beginning."""
    settle()
    while clock.now() < to:
        with pinned():
            drill.advance(min(to, _next_midnight(), *_due(next_at__gt=clock.now())), step=_DAY, swept=True)
            _follow()


def _waits_until_now() -> bool:
    return bool(_due(next_at__lte=clock.now()))


def _due(**which: datetime) -> list[datetime]:
    """When something next falls due, for each kind of thing that waits for a moment. One query."""
    first, *others = (
        each.order_by().filter(**which).annotate(_all=Value(1)).values("_all").annotate(first=Min("next_at"))
        for each in _waiting()
    )
    return [row["first"] for row in first.union(*others, all=True) if row["first"] is not None]


@cache
def _waiting() -> tuple[Manager[Model], ...]:
    """Everything that waits for a moment: whatever has a ``next_at``."""
    found = (model for model in apps.get_models() if hasattr(model, "next_at"))
    return tuple(model._default_manager for model in found)  # noqa: SLF001 - Django's documented way to any model's rows


def _next_midnight() -> datetime:
    return moment(datetime.combine(clock.today() + _DAY, time()))
