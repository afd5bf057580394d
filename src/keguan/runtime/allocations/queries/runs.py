"""One run: its rows, how even it is, who gets how many, and each record with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from keguan.language.model.allocation import Method
from keguan.language.model.kinds import FieldKind
from keguan.language.model.naming import LARGEST_ID
from keguan.runtime.access.disclosure import classes_of
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.present import present_computed
from keguan.runtime.access.rights import reaches
from keguan.runtime.access.shown import HIDDEN
from keguan.runtime.access.viewer import Place, place_of
from keguan.runtime.allocations import words
from keguan.runtime.allocations.models import Recipient, Run
from keguan.runtime.allocations.queries.overview import RunCard, require_sight, run_card
from keguan.runtime.jobs.queries import job as job_card
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.classes import attribute, rows_of
from keguan.runtime.records.shown_rows import physical_columns, shown_rows

if TYPE_CHECKING:
    from keguan.language.model.allocation import Allocation
    from keguan.language.model.model import ClauseRef, Model
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.jobs.queries import JobCard

PAGE = 50


@dataclass(frozen=True, slots=True)
class RunView:
    """A run for reading. ``rows`` as the run froze them; ``figures`` with what they mean in words; ``excluded`` how
    many take no part, by reason.
    """

    card: RunCard
    record_type: str
    clause: ClauseRef | None
    on: str
    rows: tuple[Mapping[str, Any], ...]
    figures: Mapping[str, Mapping[str, float | int]]
    evenness: str
    taking: int
    excluded: tuple[tuple[str, int], ...]
    stays: tuple[tuple[str, int], ...]
    approval: str
    case_id: int | None
    case_number: str
    confirmed_by: str
    spared: int
    job: JobCard | None


@dataclass(frozen=True, slots=True)
class RecipientCard:
    """Somebody in a run: what they have and get. ``after`` what they will have when all that others get of theirs is
    gone.
    """

    id: int
    name: str
    unit: str
    score: Shown | None
    excluded: str
    before: int
    got: int
    after: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LineCard:
    """One record of a run; ``record_id`` None for one that the viewer may not know of."""

    line_id: int
    record_id: int | None
    title: Shown
    to: str
    reason: str


def run_view(viewer: Viewer, run_id: int) -> RunView:
    """A run. At most seven queries. Raises ``Refused``."""
    run, allocation, _model = _found(viewer, run_id)
    excluded = _counted(run.recipients.exclude(excluded="").values_list("excluded", flat=True))
    stays = _counted(run.lines.exclude(stays="").values_list("stays", flat=True))
    process = (
        None if allocation.approval is None else policies.current().model.blocks.processes.get(allocation.approval)
    )
    return RunView(
        card=run_card(viewer, run),
        record_type=run.record_type,
        clause=allocation.clause,
        on=run.on.isoformat(),
        rows=tuple(run.rows),
        figures=run.figures,
        evenness=words.evenness(run.figures["before"], run.figures["after"]) if run.figures else "",
        taking=run.recipients.filter(excluded="").count(),
        excluded=tuple((str(words.EXCLUDED[code]), count) for code, count in excluded),
        stays=tuple((code, count) for code, count in stays),
        approval="" if process is None else process.label.text(viewer.language),
        case_id=run.case_id,
        case_number=run.case_number,
        confirmed_by=run.confirmed_by_name,
        spared=run.spared,
        job=None if run.job_id is None else job_card(run.job_id),
    )


def recipients(viewer: Viewer, run_id: int, after: int = 0, size: int = PAGE) -> tuple[tuple[RecipientCard, ...], int]:
    """The people of a run beyond one, by how many they get; and where to go on (0: nowhere). At most six queries.
    Raises ``Refused``.
    """
    run, allocation, model = _found(viewer, run_id)
    found = list(run.recipients.order_by("-got", "id")[after : after + size + 1])
    shown = found[:size]
    names = org.learn_names({each.staff_id for each in shown if each.staff_id is not None})
    units = {unit.id: unit.name for unit in org.units()}
    leaving = _leaving(run, [each.staff_id for each in shown if each.staff_id is not None])
    numbers = [str(row["number"]) for row in run.rows]
    scores = _scores(viewer, model, allocation, shown)
    cards = tuple(
        RecipientCard(
            each.recipient_id,
            names.get(each.staff_id or 0, ""),
            units.get(each.unit_id or 0, ""),
            scores.get(each.recipient_id),
            str(words.EXCLUDED.get(each.excluded, "")),
            each.held + each.had,
            each.got,
            each.held + each.had - leaving.get(each.staff_id or 0, 0) + each.got,
            tuple(each.counts.get(number, 0) for number in numbers),
        )
        for each in shown
    )
    return cards, after + size if len(found) > size else 0


def line_page(
    viewer: Viewer, run_id: int, recipient_id: int | None = None, after: int = 0, size: int = PAGE
) -> tuple[LineCard, ...]:
    """The records of a run beyond one, of one recipient or of all, each with its reason. At most eight queries. Raises
    ``Refused``.
    """
    run, allocation, model = _found(viewer, run_id)
    if not 0 <= after <= LARGEST_ID or (recipient_id is not None and not 0 <= recipient_id <= LARGEST_ID):
        raise Refused("allocations.no_run", _("没有这次分配。"))
    lines = run.lines.filter(pk__gt=after).order_by("id")
    if recipient_id is not None:
        lines = lines.filter(recipient_id=recipient_id)
    listed = list(lines[:size])
    takers = {
        each.recipient_id: each
        for each in run.recipients.filter(recipient_id__in={line.recipient_id for line in listed if line.recipient_id})
    }
    names = org.learn_names({each.staff_id for each in takers.values() if each.staff_id is not None})
    weights = _weights(run, allocation)
    titles = _titles(viewer, run.record_type, [line.record_id for line in listed])
    told = []
    for line in listed:
        taker = takers.get(line.recipient_id or 0)
        record = titles.get(line.record_id)
        told.append(
            LineCard(
                line.pk,
                None if record is None else line.record_id,
                HIDDEN[viewer.language] if record is None else record,
                "" if taker is None else names.get(taker.staff_id or 0, ""),
                words.reason(model, allocation, run, line, taker, weights),
            )
        )
    return tuple(told)


def _found(viewer: Viewer, run_id: int) -> tuple[Run, Allocation, Model]:
    require_sight(viewer)
    run = Run.objects.filter(pk=run_id).first() if 0 < run_id <= LARGEST_ID else None
    if run is None:
        raise Refused("allocations.no_run", _("没有这次分配。"))
    model = policies.at(run.publication_id).model
    return run, model.blocks.allocations[run.allocation], model


def _counted(codes: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(codes).items())


def _leaving(run: Run, staff: list[int]) -> dict[int, int]:
    """How many records each of these people has now that go to somebody, themselves too. One query."""
    gone = run.lines.filter(was_owner_id__in=staff, recipient_id__isnull=False).order_by()
    return dict(gone.values_list("was_owner_id").annotate(n=Count("id")))


def _weights(run: Run, allocation: Allocation) -> int:
    taking = run.recipients.filter(excluded="")
    if allocation.method is Method.BY_SCORE:
        return int(taking.aggregate(total=Sum("score"))["total"] or 0)
    return taking.count()


def _scores(viewer: Viewer, model: Model, allocation: Allocation, shown: list[Recipient]) -> dict[int, Shown]:
    """The scores that counted, as far as the viewer may know what they are made of. At most one query."""
    if allocation.score is None or allocation.recipient_type is None:
        return {}
    classes = classes_of(model, allocation.recipient_type, allocation.score)
    rows = rows_of(model, allocation.recipient_type).filter(id__in=[each.recipient_id for each in shown])
    places = {row[0]: Place(row[1], row[2]) for row in rows.values_list("id", "owner_id", "unit_id")}
    return {
        each.recipient_id: present_computed(
            viewer,
            FieldKind.NUMBER,
            allocation.score.type,
            each.score,
            classes,
            places.get(each.recipient_id, Place(None, None)),
            Exit.ALLOCATION,
        )
        for each in shown
    }


def _titles(viewer: Viewer, record_type: str, ids: list[int]) -> dict[int, Shown]:
    """The titles of those records that the viewer may know of."""
    current = policies.current().model
    if record_type not in current.record_types:
        return {}
    names = physical_columns(current, record_type, ())
    found = rows_of(current, record_type).filter(id__in=ids).values_list(*map(attribute, names))
    rows = [dict(zip(names, row, strict=True)) for row in found]
    seen = [row for row in rows if reaches(viewer, record_type, place_of(row), current)]
    return {each.id: each.title for each in shown_rows(viewer, current, record_type, seen, (), Exit.ALLOCATION)}
