"""A record's timeline: what its children say, what was decided, who changed it and who looked at what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext

from keguan.runtime.access.exits import Exit
from keguan.runtime.access.formatting import moment
from keguan.runtime.access.rights import may, readable
from keguan.runtime.clock import local
from keguan.runtime.decisions import queries as decisions
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.policies import queries as policies
from keguan.runtime.records import queries as records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from keguan.language.model.model import ClauseRef, RecordType
    from keguan.runtime.access.viewer import Viewer

SHOWN = 60


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened."""

    at: tuple[date, time]
    when: str
    text: str
    note: str
    url: str
    clause: ClauseRef | None


def events(viewer: Viewer, record_type: RecordType, record_id: int, explainable: Iterable[str]) -> tuple[Event, ...]:
    """The newest events, newest first, as far as this viewer may see them. Raises ``Refused``."""
    found = [
        *_filed(viewer, record_type, record_id),
        *_decided(viewer, record_type, record_id, explainable),
        *_noted(viewer, record_type, record_id),
    ]
    found.sort(key=lambda event: event.at, reverse=True)
    return tuple(found[:SHOWN])


def _filed(viewer: Viewer, record_type: RecordType, record_id: int) -> Iterator[Event]:
    """The records of types that the policy puts on the timeline."""
    model = policies.current().model
    for event in records.timeline(viewer, record_type.code, record_id):
        declared = model.record_types[event.record_type]
        details = [cell.text for cell in event.row.cells.values() if cell.state in {"plain", "masked"}]
        title = event.row.title.text
        yield Event(
            at=(event.day, time.min),
            when=event.day_text,
            text=f"{declared.label.text(viewer.language)} {title}".strip(),
            note=" · ".join(each for each in details if each not in {title, event.day_text}),
            url=reverse("records:record", args=[event.record_type, event.row.id]),
            clause=declared.clause,
        )


def _decided(viewer: Viewer, record_type: RecordType, record_id: int, explainable: Iterable[str]) -> Iterator[Event]:
    """Every change of an outcome, by its rule."""
    model = policies.current().model
    nothing = gettext("（无）")
    for code in explainable:
        for step in decisions.history(viewer, record_type.code, record_id, code, 20):
            changed = [change for change in step.changes if change.before != change.after]
            if changed:
                first = changed[0]
                before, after = first.before.text or nothing, first.after.text or nothing
                yield Event(
                    at=_place(step.decided_at),
                    when=moment(step.decided_at, viewer.language),
                    text=f"{first.label.text(viewer.language)} {before} → {after}",
                    note=gettext("第 %(rule)s 行") % {"rule": step.rule},
                    url=f"#why-{code}",
                    clause=model.decisions[code].clause,
                )


def _noted(viewer: Viewer, record_type: RecordType, record_id: int) -> Iterator[Event]:
    """Who filed, changed or looked, from the ledger. A reason is told to whoever gave it and to those who audit."""
    filters = ledger.EntryFilters(subject_type=record_type.code, subject_id=str(record_id), action="records.")
    allowed = readable(viewer, record_type, Exit.TIMELINE)
    labels = {field.code: field.label.text(viewer.language) for field in record_type.fields if field.code in allowed}
    for entry in ledger.entries_page(filters=filters, size=30).entries:
        fields = gettext("、").join(labels[code] for code in _codes(entry) if code in labels)
        sentences = {
            "records.create": gettext("%(who)s 建档"),
            "records.update": gettext("%(who)s 修改了%(fields)s"),
            "records.reveal": gettext("%(who)s 查看了%(fields)s原文"),
        }
        if entry.action in sentences:
            told = may(viewer, "audit") or entry.actor_id == viewer.staff_id
            reason = entry.data.get("reason") if told else None
            yield Event(
                at=_place(entry.at),
                when=moment(entry.at, viewer.language),
                text=sentences[entry.action] % {"who": entry.actor_name, "fields": fields or gettext("资料")},
                note=gettext("事由：%(reason)s") % {"reason": reason} if reason else "",
                url="",
                clause=None,
            )


def _codes(entry: ledger.EntryCard) -> Iterable[str]:
    """The fields that an entry speaks of."""
    field = entry.data.get("field")
    return (field,) if isinstance(field, str) else tuple(entry.data.get("changes", ()))


def _place(at: datetime) -> tuple[date, time]:
    here = local(at)
    return here.date(), here.time()
