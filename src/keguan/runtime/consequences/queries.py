"""What may be asked about consequences."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from keguan.language.model.naming import LARGEST_ID
from keguan.runtime.access.disclosure import classes_of
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.formatting import moment
from keguan.runtime.access.present import Sight
from keguan.runtime.access.rights import reaches, sees
from keguan.runtime.access.shown import EMPTY, HIDDEN
from keguan.runtime.access.viewer import Place, place_of
from keguan.runtime.consequences.amounts import amount_of, days_overdue, read_amount, shown_amount
from keguan.runtime.consequences.models import Proposal, ProposalState
from keguan.runtime.consequences.recipients import approvers, concerned
from keguan.runtime.consequences.sight import knows
from keguan.runtime.consequences.words import MEASURES, STATES, measure_label
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.shown_rows import rows_by_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from keguan.language.model.model import Model
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.access.viewer import Viewer

__all__ = [
    "MEASURES",
    "STATES",
    "Box",
    "Page",
    "ProposalRow",
    "ProposalView",
    "about_record",
    "box",
    "proposal_view",
    "read_amount",
]

SIZE = 50
LARGEST = 200


class Box(models.TextChoices):
    """The boxes of consequences."""

    TODO = "todo", _("待我批准")
    MINE = "mine", _("对我的奖惩")
    DECIDED = "decided", _("我定过的")


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A consequence in a list. ``people`` are on whom it falls (several: one of them); ``amount`` is in words, or the
    limits as the policy writes them while it is open.
    """

    id: int
    version: int
    label: str
    measure: str
    measure_label: str
    people: str
    subject: bool
    record_type: str
    record_id: int | None
    title: Shown
    amount: str
    times: int
    state: str
    state_label: str
    clause: str
    reference: str
    proposed_at: datetime
    proposed: str
    due: str
    late: bool
    decided: str
    decided_by: str
    opinion: str
    objection: str
    round: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a box. ``next`` is the cursor of the following one, empty on the last."""

    rows: tuple[ProposalRow, ...]
    next: str


@dataclass(frozen=True, slots=True)
class ProposalView:
    """One consequence in full. ``candidates`` are those among whom the approver names one, by id; ``open_amount`` says
    that the approver gives the amount, within ``limits``; ``may`` are codes of what the viewer may do: approve, reject,
    object.
    """

    row: ProposalRow
    case: str
    days_overdue: int
    duty_id: int | None
    case_id: int | None
    candidates: dict[int, str]
    open_amount: bool
    limits: str
    may: frozenset[str]


def box(viewer: Viewer, name: str, cursor: str = "", size: int = SIZE) -> Page:
    """A page of a box, newest first; what waits for a decision also from those whom the viewer stands in for.

    At most eight queries where the records are of one type. Raises ``Refused``: ``consequences.box``,
    ``consequences.place`` for a damaged cursor.
    """
    if name not in Box:
        raise Refused("consequences.box", _("没有这个箱子。"))
    if viewer.staff_id is None:
        return Page((), "")
    size = max(1, min(size, LARGEST))
    found = Proposal.objects.filter(_of(viewer.staff_id, Box(name)))
    if cursor:
        if not cursor.isascii() or not cursor.isdigit() or int(cursor) > LARGEST_ID:
            raise Refused("consequences.place", _("这个翻页位置已经失效，请回到第一页。"))
        found = found.filter(id__lt=int(cursor))
    page = list(found.order_by("-id")[: size + 1])
    following = str(page[size - 1].pk) if len(page) > size else ""
    kept = page[:size]
    if name == Box.TODO:
        kept = [each for each in kept if viewer.staff_id not in concerned(each)]
    return Page(_rows(viewer, kept), following)


def about_record(viewer: Viewer, record_type: str, record_id: int, limit: int = SIZE) -> tuple[ProposalRow, ...]:
    """The consequences about one record of which the viewer may know, newest first. Raises ``Refused``
    (``records.not_found``) for a record that is out of sight.
    """
    model = policies.current().model
    rows = rows_by_id(model, record_type, (record_id,), ()) if record_type in model.record_types else []
    place = place_of(rows[0]) if rows else None
    if place is None or not reaches(viewer, record_type, place, model):
        raise Refused("records.not_found", _("没有这份档案，或者它不在您的可见范围内。"))
    about = Proposal.objects.filter(record_type=record_type, record_id=record_id).order_by("-id")[:limit]
    return _rows(viewer, [each for each in about if knows(viewer, each)])


def proposal_view(viewer: Viewer, proposal_id: int) -> ProposalView:
    """One consequence as this viewer may see it, its amount as it is now. Raises ``Refused``
    (``consequences.not_found``) in one sentence for what is not there and what is out of sight.
    """
    found = Proposal.objects.filter(pk=proposal_id).first() if 0 < proposal_id <= LARGEST_ID else None
    if found is None or not knows(viewer, found):
        raise Refused("consequences.not_found", _("没有这项奖惩，或者它不在您的可见范围内。"))
    model = policies.at(found.publication_id).model
    block = model.blocks.consequences[found.consequence]
    row = next(each for each in block.rows if each.number == found.row)
    if found.state == ProposalState.PROPOSED and not found.open_amount:
        found.amount = amount_of(model, row.amount, found, block.record_type)
    (shown,) = _rows(viewer, [found])
    return ProposalView(
        shown,
        row.text,
        days_overdue(found.due_since, found.ended_at),
        found.duty_id,
        found.source_case_id,
        org.names(found.candidates) if found.candidates else {},
        found.open_amount and found.state == ProposalState.PROPOSED,
        found.amount_text,
        _may(viewer, found),
    )


def _of(staff_id: int, name: Box) -> Q:
    if name is Box.MINE:
        decided = ~Q(state=ProposalState.PROPOSED) | Q(round__gt=1)
        return Q(staff_id=staff_id) & decided
    if name is Box.DECIDED:
        return Q(decided_by_id=staff_id)
    people = org.stands_in_for(staff_id) | {staff_id}
    asked = Q(approver_id__in=people)
    for each in people:
        for card in org.appointments_of(each):
            asked |= Q(approver_role=card.role) & (Q(approver_seat=card.unit_id) | Q(approver_seat=None))
    return Q(state=ProposalState.PROPOSED, case_id=None) & asked


def _may(viewer: Viewer, found: Proposal) -> frozenset[str]:
    staff_id = viewer.staff_id
    if staff_id is None:
        return frozenset()
    if found.state == ProposalState.PROPOSED and staff_id not in concerned(found):
        people = approvers(found)
        if staff_id in people or people & org.stands_in_for(staff_id):
            return frozenset({"approve", "reject"})
    again = found.round == 1 and found.case_id is None
    if found.state == ProposalState.APPROVED and staff_id == found.staff_id and again:
        return frozenset({"object"})
    return frozenset()


def _rows(viewer: Viewer, found: Sequence[Proposal]) -> tuple[ProposalRow, ...]:
    """The rows. One query for each record type among them, one for names, one for each seat that decides."""
    model, at = policies.current().model, cache(org.holders_at)
    titles = _titles(viewer, model, found)
    several = {staff_id for each in found if each.staff_id is None for staff_id in each.candidates}
    names = org.names(several) if several else {}
    return tuple(_row(viewer, model, each, titles, names, approvers(each, at)) for each in found)


def _row(
    viewer: Viewer,
    model: Model,
    each: Proposal,
    titles: dict[tuple[str, int], Shown],
    names: dict[int, str],
    deciding: frozenset[int],
) -> ProposalRow:
    language = viewer.language
    block = model.blocks.consequences.get(each.consequence)
    people = each.staff_name or gettext("、").join(names.get(staff_id, "") for staff_id in each.candidates)
    hidden = EMPTY if each.record_id is None else HIDDEN[language]
    return ProposalRow(
        id=each.pk,
        version=each.version,
        label=each.consequence if block is None else block.label.text(language),
        measure=each.measure,
        measure_label=str(measure_label(each.measure)),
        people=people,
        subject=each.subject,
        record_type=each.record_type,
        record_id=each.record_id,
        title=titles.get((each.record_type, each.record_id or 0), hidden),
        amount=_amount(viewer, model, each, deciding),
        times=each.times,
        state=each.state,
        state_label=str(STATES[each.state]),
        clause=each.clause,
        reference=each.reference,
        proposed_at=each.proposed_at,
        proposed=moment(each.proposed_at, language),
        due="" if each.due_at is None else moment(each.due_at, language),
        late=each.late,
        decided="" if each.decided_at is None else moment(each.decided_at, language),
        decided_by=each.decided_by_name,
        opinion=each.opinion,
        objection=each.objection,
        round=each.round,
    )


def _amount(viewer: Viewer, model: Model, each: Proposal, deciding: frozenset[int]) -> str:
    """How much, to those who are concerned or decide; to others only where they may see what it is worked out from."""
    if viewer.staff_id is None or viewer.staff_id in {each.staff_id, each.decided_by_id} | deciding:
        return shown_amount(each.measure, each.amount) or each.amount_text
    block = model.blocks.consequences.get(each.consequence)
    row = next((row for row in block.rows if row.number == each.row), None) if block is not None else None
    if block is None or row is None:
        return HIDDEN[viewer.language].text
    formula = row.amount.value if row.amount is not None else None
    place = Place(each.owner_id, each.unit_id)
    given_away = frozenset({each.information_class} - {""})
    if formula is not None and block.record_type is not None:
        given_away |= classes_of(model, block.record_type, formula)
    if sees(viewer, given_away, place, model):
        return shown_amount(each.measure, each.amount) or each.amount_text
    return HIDDEN[viewer.language].text


def _titles(viewer: Viewer, model: Model, found: Sequence[Proposal]) -> dict[tuple[str, int], Shown]:
    wanted: dict[str, set[int]] = {}
    for each in found:
        if each.record_id is not None and each.record_type in model.record_types:
            wanted.setdefault(each.record_type, set()).add(each.record_id)
    shown: dict[tuple[str, int], Shown] = {}
    for record_type, ids in wanted.items():
        title = model.record_types[record_type].title
        sight = Sight(viewer, record_type, Exit.CONSEQUENCE, (title,), model)
        for row in rows_by_id(model, record_type, ids, ()):
            shown[record_type, row["id"]] = sight.show(row)[title]
    return shown
