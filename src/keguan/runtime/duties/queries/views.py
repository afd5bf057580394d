"""One duty in full: what a detail page shows, and what its viewer may do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.language.model.naming import LARGEST_ID
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.form_sight import Filled, FormSight
from keguan.runtime.access.masks import mask
from keguan.runtime.access.sealed_values import as_text
from keguan.runtime.access.shown import EMPTY, HIDDEN, Shown
from keguan.runtime.access.viewer import Place
from keguan.runtime.duties.checking import asked
from keguan.runtime.duties.filling import open_form
from keguan.runtime.duties.lines import line_of
from keguan.runtime.duties.models import Duty, DutyState
from keguan.runtime.duties.queries.rows import DutyRow, rows
from keguan.runtime.duties.rights import standing
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from keguan.language.model.form import Form
    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.duties.lines import Line
    from keguan.runtime.duties.rights import Standing


@dataclass(frozen=True, slots=True)
class ItemAsked:
    """An item of a checklist that a person answers; ``met`` is what was answered last."""

    code: str
    label: str
    standard: str
    veto: bool
    met: bool | None


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that was done about the duty, newest first."""

    at: datetime
    by: str
    action: str


@dataclass(frozen=True, slots=True)
class DutyView:
    """A duty in full. ``evidence`` is the record type, form or checklist that proves it, by ``evidence_kind``
    (``record`` is counted by the system, ``named`` is a record that a person may name; empty: a person's word).
    ``may`` are the codes of what the viewer may do: discharge, claim, release, hand_over, exempt, cancel.
    """

    row: DutyRow
    period_start: date
    period_end: date | None
    frequency: str
    evidence_kind: str
    evidence: str
    evidence_label: str
    via: str
    items: tuple[ItemAsked, ...]
    passed: bool | None
    filled: Mapping[str, Shown]
    proofs: tuple[tuple[str, int], ...]
    happenings: tuple[Happening, ...]
    may: frozenset[str]


def duty_view(viewer: Viewer, duty_id: int) -> DutyView:
    """One duty as this viewer may see it. A fixed number of queries. Raises ``Refused`` (``duties.not_found``) in one
    sentence for what is not there and what is out of sight.
    """
    duty = Duty.objects.filter(pk=duty_id).first() if 0 < duty_id <= LARGEST_ID else None
    if duty is None:
        raise _not_found()
    model = policies.at(duty.publication_id).model
    line = line_of(model, duty.duty, duty.row)
    stands = standing(viewer, model, line, duty)
    if not stands.known:
        raise _not_found()
    (row,) = rows(viewer, [duty])
    kind, code, label, via = _evidence(model, line, viewer.language)
    return DutyView(
        row=row,
        period_start=duty.period_start,
        period_end=duty.period_end,
        frequency=line.obligation.frequency.text if line.obligation.frequency else "",
        evidence_kind=kind,
        evidence=code,
        evidence_label=label,
        via=via,
        items=_items(line, duty, viewer.language),
        passed=None if duty.checked is None else bool(duty.checked.get("passed")),
        filled=_filled(viewer, model, line, duty, stands),
        proofs=tuple(duty.proofs.order_by("day", "id").values_list("record_type", "record_id")),
        happenings=_happenings(duty),
        may=_may(duty, stands, counted=kind in ("record", "verified")),
    )


def _evidence(model: Model, line: Line, language: str) -> tuple[str, str, str, str]:
    """The kind of evidence, its code, its label, and the reference field of a record."""
    evidence = line.obligation.evidence
    if evidence is None:
        return "", "", "", ""
    if evidence.record_type is not None:
        label = model.record_types[evidence.record_type].label.text(language)
        return ("record" if evidence.checked else "named"), evidence.record_type, label, evidence.via or ""
    if evidence.verified:
        declared = model.record_types[line.duty.record_type]
        field = declared.field(declared.verified or "")
        return "verified", declared.code, field.label.text(language), ""
    if evidence.form is not None:
        return "form", evidence.form, model.blocks.forms[evidence.form].label.text(language), ""
    code = evidence.checklist or ""
    return "checklist", code, model.blocks.checklists[code].label.text(language), ""


def _items(line: Line, duty: Duty, language: str) -> tuple[ItemAsked, ...]:
    if line.checklist is None:
        return ()
    met = (duty.checked or {}).get("met", {})
    return tuple(
        ItemAsked(item.code, item.label.text(language), item.standard, item.veto, met.get(item.code))
        for item in asked(line.checklist, drawn=duty.drawn)
    )


def _filled(viewer: Viewer, model: Model, line: Line, duty: Duty, stands: Standing) -> dict[str, Shown]:
    evidence = line.obligation.evidence
    if duty.filled is None or evidence is None or evidence.form is None:
        return {}
    form: Form = model.blocks.forms[evidence.form]
    place = Place(duty.owner_id, duty.unit_id)
    sight = FormSight(viewer, duty.pk, place, stands.mine, Exit.DUTY, model, duty.record_type)
    values = open_form(form, duty.pk, bytes(duty.filled))
    shown: dict[str, Shown] = {}
    for field in form.fields:
        value = values.get(field.code)
        if value is None or value == "":
            shown[field.code] = EMPTY
        elif field.sensitive:
            seen = sight.sees(field)
            text = Shown(mask(field.kind, as_text(value)), "masked")
            shown[field.code] = text if seen else HIDDEN[viewer.language]
        else:
            shown[field.code] = sight.show(form.code, field, Filled(value, by=duty.done_by_id), {})
    return shown


def _happenings(duty: Duty) -> tuple[Happening, ...]:
    asked_ = ledger.EntryFilters(subject_type="duty", subject_id=str(duty.pk), action="duties.")
    entries = ledger.entries_page(filters=asked_).entries
    return tuple(Happening(entry.at, entry.actor_name, entry.action.partition(".")[2]) for entry in entries)


def _may(duty: Duty, stands: Standing, *, counted: bool) -> frozenset[str]:
    if duty.state != DutyState.OPEN:
        return frozenset()
    found = set()
    if stands.mine:
        found |= {"hand_over"} | ({"discharge"} if not counted or (duty.late and duty.period_end) else set())
        if duty.role:
            found.add("release" if duty.claimed else "claim")
    if stands.above:
        found.add("hand_over")
        if not stands.mine or stands.for_id is not None:
            found |= {"exempt", "cancel"}
    return frozenset(found)


def _not_found() -> Refused:
    return Refused("duties.not_found", _("没有这项待办，或者它不在您的可见范围内。"))
