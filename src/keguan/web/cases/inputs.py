"""What was posted with a move, read."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings

from keguan.runtime.processes.moving import MoveInputs
from keguan.web.cases.fields import typed_in

if TYPE_CHECKING:
    from django.http import QueryDict

    from keguan.runtime.processes.forms import FormView

LARGEST = 2**31 - 1
"""No case has more moves."""


def inputs(kind: str, posted: QueryDict, form: FormView | None) -> MoveInputs:
    """The inputs of a move. What makes no sense counts as not given, and the action says what it lacks."""
    return MoveInputs(
        kind=kind,
        version=min(_whole(posted.get("version", "")) or 0, LARGEST),
        task_id=_whole(posted.get("task_id", "")),
        outcome=posted.get("outcome", ""),
        values=typed_in(form, posted),
        checked={name.removeprefix("c-"): value == "yes" for name, value in posted.items() if name.startswith("c-")},
        opinion=posted.get("opinion", "").strip(),
        staff_ids=tuple(dict.fromkeys(found for text in posted.getlist("staff") if (found := _whole(text)))),
        where=posted.get("where", ""),
        share_id=_whole(posted.get("share_id", "")),
        step=posted.get("step", ""),
        straight="straight" in posted,
        reason=posted.get("reason", ""),
        due_at=_moment(posted.get("due_at", "")),
        beyond_total="beyond_total" in posted,
        by_customer="by_customer" in posted,
        into_case_id=_whole(posted.get("into_case_id", "")),
    )


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _moment(text: str) -> datetime | None:
    """A moment on the company's clocks, as a browser's field gives it."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
    except ValueError:
        return None
