"""After the workers have been killed: what is stored of every complaint, every duty and every notice, counted."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import Any

from keguan.runtime.duties.models import Duty
from keguan.runtime.jobs.models import Job
from keguan.runtime.ledger.actions import seal
from keguan.runtime.ledger.models import Entry
from keguan.runtime.ledger.queries import verify
from keguan.runtime.notifications.kinds import Group, group_of
from keguan.runtime.notifications.models import Delivery, DeliveryItem, Notification
from keguan.runtime.processes.models import Case, Move, Share, Task

TROUBLE = "deliveries.troubled"
"""What administrators are told when something may not have arrived: it comes of killing."""


def counted() -> str:
    """As JSON: for each thing that is the same for all complaints when nothing was lost or doubled, how often it was
    found which way; how every notice went out, by channel; and what the ledger's proof says.
    """
    seal()
    return json.dumps(
        {
            "cases": _each(Case.objects.values_list("id", "state", "late", "version")),
            "moves": _each(_lists(Move.objects.order_by("id").values_list("case_id", "kind"))),
            "tasks": _each(_lists(Task.objects.order_by("id").values_list("case_id", "step"))),
            "pending": Share.objects.filter(state__in=["open", "waiting"]).exclude(kind="copy").count(),
            "entries": _each(_lists(_entries("case"))),
            "numbers": sorted(Case.objects.values_list("number", flat=True)),
            "duties": _each(Duty.objects.values_list("record_id", "state", "late", "moves_done")),
            "duty_entries": _each(_lists(_entries("duty"))),
            "told": _each(_counts(Notification.objects.filter(case_id__isnull=False).values_list("case_id", "kind"))),
            "warned": _each(_counts(Notification.objects.filter(duty_id__isnull=False).values_list("duty_id", "kind"))),
            "notices": Notification.objects.exclude(kind=TROUBLE).count(),
            "urgent": sum(group_of(kind) is Group.DEADLINE for kind in _kinds()),
            "deliveries": _deliveries(),
            "jobs": Counter(Job.objects.values_list("state", flat=True)),
            "attempts": Counter(map(str, Job.objects.values_list("attempts", flat=True))),
            "sound": verify().sound,
        },
        ensure_ascii=False,
    )


def _kinds() -> Any:
    return Notification.objects.exclude(kind=TROUBLE).values_list("kind", flat=True)


def _each(rows: Any) -> list[tuple[str, int]]:
    """How often each thing after the id was found."""
    return Counter(json.dumps(row[1:], ensure_ascii=False) for row in rows).most_common()


def _lists(rows: Any) -> list[tuple[Any, ...]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for which, what in rows:
        found[which].append(what)
    return [(which, *what) for which, what in found.items()]


def _counts(rows: Any) -> list[tuple[Any, ...]]:
    return [(which, sorted(Counter(what).items())) for which, *what in _lists(rows)]


def _entries(subject: str) -> Any:
    return Entry.objects.filter(subject_type=subject).order_by("id").values_list("subject_id", "action")


def _deliveries() -> list[tuple[str, str, str, int]]:
    """Each message: its channel, its state, its key, and the one notice in it."""
    notices = dict(DeliveryItem.objects.values_list("delivery_id", "notification_id"))
    rows = Delivery.objects.exclude(items__notification__kind=TROUBLE).values_list(
        "id", "channel__kind", "state", "key"
    )
    return [(kind, state, key, notices[which]) for which, kind, state, key in rows]
