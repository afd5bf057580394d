"""By when a record has to be filed (及时录入): the moment that its working calendar gives, kept with the record.

Whether it was filed later is a fact over that moment and the one at which it was filed. A moment once kept stays as it
was reckoned: a calendar that is changed afterwards makes nobody late.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings

from keguan.language.feel.stamps import CODES
from keguan.runtime import clock
from keguan.runtime.calendars import queries as calendars

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.model import RecordType
    from keguan.runtime.access.sealed_values import Value
    from keguan.runtime.records.draft import Draft


def file_by(declared: RecordType, happened: Value | None) -> datetime | None:
    """The local moment by which what happened then has to be filed; None where it is not known when it happened, or the
    type asks for nothing. The company's calendar: one query, none when it is pinned.
    """
    timely = declared.timely
    if timely is None or not isinstance(happened, date):
        return None
    if isinstance(happened, datetime):
        due = calendars.due(timely.deadline, happened.replace(tzinfo=ZoneInfo(settings.TIME_ZONE)))
    else:
        due = calendars.due_from_day(timely.deadline, happened)
    return clock.local(due).replace(microsecond=0, tzinfo=None)


def with_stamps(values: dict[str, Any]) -> dict[str, Any]:
    """Values by code in which the moments of filing and of the last change, as far as they are among them, are as
    expressions read them: local, of whole seconds.
    """
    for code in CODES & values.keys():
        if values[code] is not None:
            values[code] = clock.local(values[code]).replace(microsecond=0, tzinfo=None)
    return values


def fill_due(declared: RecordType, drafts: Iterable[Draft]) -> None:
    """Write it into new records."""
    if declared.timely is None:
        return
    known: dict[Value | None, datetime | None] = {}
    for draft in drafts:
        happened = draft.values.get(declared.timely.happened)
        if happened not in known:
            known[happened] = file_by(declared, happened)
        draft.values[declared.timely.due] = known[happened]
