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
from keguan.runtime.imports import queries as imports
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.policies import queries as policies
from keguan.web.records.rows import rows_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from keguan.language.model.model import ClauseRef, RecordType
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.decisions.queries import Account
    from keguan.runtime.records.queries import Profile, Whole

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


def events(
    viewer: Viewer, record_type: RecordType, record_id: int, every: Whole, accounts: Mapping[str, Account]
) -> tuple[Event, ...]:
    """The newest events, newest first, as far as this viewer may see them, and the record's beginning whatever there
    is between. Two queries.
    """
    noted = _entries(record_type, record_id)
    found = [*_filed(viewer, every), *_decided(viewer, accounts), *_noted(viewer, record_type, noted)]
    found.sort(key=lambda event: event.at, reverse=True)
    return (*found[:SHOWN], _beginning(viewer, every.profile, noted))


def _beginning(viewer: Viewer, profile: Profile, noted: tuple[ledger.EntryCard, ...]) -> Event:
    """When the record was filed and by whom, or from which file, for those who may see the import."""
    creator = next((entry.actor_name for entry in noted if entry.action == "records.create"), "")
    file_name = "" if profile.import_id is None else imports.file_name(viewer, profile.import_id)
    return Event(
        at=_place(profile.created),
        when=profile.created_at,
        text=gettext("%(who)s 建档") % {"who": creator} if creator else gettext("建档"),
        note=gettext("由“%(file)s”导入") % {"file": file_name} if file_name else "",
        url=reverse("imports:import", args=[profile.import_id]) if file_name else "",
        clause=None,
    )


def _filed(viewer: Viewer, every: Whole) -> Iterator[Event]:
    """The records of types that the policy puts on the timeline."""
    model = policies.current().model
    for event in every.events:
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


def _decided(viewer: Viewer, accounts: Mapping[str, Account]) -> Iterator[Event]:
    """Every change of an outcome, by the rows that counted."""
    nothing = gettext("（无）")
    for code, account in accounts.items():
        for step in account.steps:
            changed = [change for change in step.changes if change.before != change.after]
            if changed:
                first = changed[0]
                before, after = first.before.text or nothing, first.after.text or nothing
                yield Event(
                    at=_place(step.decided_at),
                    when=moment(step.decided_at, viewer.language),
                    text=f"{first.label.text(viewer.language)} {before} → {after}",
                    note=rows_text(step.counted),
                    url=f"#why-{code}",
                    clause=step.counted.clause,
                )


def _entries(record_type: RecordType, record_id: int) -> tuple[ledger.EntryCard, ...]:
    filters = ledger.EntryFilters(subject_type=record_type.code, subject_id=str(record_id), action="records.")
    return ledger.entries_page(filters=filters, size=30).entries


def _noted(viewer: Viewer, record_type: RecordType, noted: tuple[ledger.EntryCard, ...]) -> Iterator[Event]:
    """Who changed or looked, from the ledger. A reason is told to whoever gave it and to those who audit."""
    allowed = readable(viewer, record_type, Exit.TIMELINE)
    labels = {field.code: field.label.text(viewer.language) for field in record_type.fields if field.code in allowed}
    for entry in noted:
        fields = gettext("、").join(labels[code] for code in _codes(entry) if code in labels)
        sentences = {
            "records.update": gettext("%(who)s 修改了%(fields)s"),
            "records.verify": gettext("%(who)s 核实了全部内容，没有变化"),
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
