"""Reading exports: one's own, the register, and what may be exported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from keguan.language.model.access import Permission, Right
from keguan.language.model.granting import GrantedRight
from keguan.language.model.naming import LARGEST_ID
from keguan.runtime import clock
from keguan.runtime.access.columns import columns
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.rights import allowed
from keguan.runtime.exports import rights
from keguan.runtime.exports.forms import MEDIA_TYPES, MOST_ROWS, Form
from keguan.runtime.exports.models import OVER, Export, ExportState
from keguan.runtime.exports.words import FORMS, STATES
from keguan.runtime.jobs import queries as jobs
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.permits.overseeing import oversees
from keguan.runtime.permits.processes import bulk_of, granting
from keguan.runtime.permits.selected import selected
from keguan.runtime.permits.selection import Selection
from keguan.runtime.permits.telling import type_label
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.jobs.queries import JobCard

__all__ = [
    "FORMS",
    "MEDIA_TYPES",
    "MOST_ROWS",
    "PAGE",
    "STATES",
    "ExportCard",
    "ExportState",
    "Form",
    "Offer",
    "OfferedColumn",
    "RegisterFilters",
    "Selection",
    "any_exports",
    "cards_of",
    "may_export",
    "may_print",
    "mine",
    "offer",
    "one",
    "oversees",
    "register",
]

PAGE = 50
_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class ExportCard:
    """An export for reading. ``columns`` are labels; ``done`` of ``total`` rows are written while it is being made."""

    id: int
    number: str
    staff_id: int
    staff_name: str
    unit_name: str
    record_type: str
    type_label: str
    columns: tuple[str, ...]
    form: str
    purpose: str
    recipient: str
    permit_id: int | None
    job_id: int | None
    address: str
    state: str
    rows: int
    done: int
    total: int
    size: int
    digest: str
    asked_at: datetime
    ready_at: datetime | None
    expires_at: datetime | None
    downloads: int
    downloaded_at: datetime | None
    error: str
    mine: bool

    @property
    def over(self) -> bool:
        """Whether nobody is at it any more."""
        return self.state in OVER

    @property
    def fetchable(self) -> bool:
        """Whether the viewer can fetch its file now."""
        ready = self.mine and self.state == ExportState.READY
        return ready and self.expires_at is not None and self.expires_at > clock.now()

    @property
    def percent(self) -> int:
        """How much is written, 0 to 100."""
        return 100 * self.done // self.total if self.total else 0


@dataclass(frozen=True, slots=True)
class OfferedColumn:
    """A column that may leave: plain, masked, or after an approval."""

    code: str
    label: str
    permission: Permission

    @property
    def masked(self) -> bool:
        """Whether its values leave masked."""
        return self.permission is Permission.MASKED

    @property
    def approval(self) -> bool:
        """Whether a permit is needed for it."""
        return self.permission is Permission.APPROVAL


@dataclass(frozen=True, slots=True)
class Offer:
    """What the viewer may export of a selection. ``rows`` is how many there are, ``exact`` or at least so many;
    ``limit`` the policy's bulk and ``lately`` what counts towards it already; ``bulk``: a permit is needed for so many
    rows; ``askable``: there is a process to ask for one.
    """

    columns: tuple[OfferedColumn, ...]
    rows: int
    exact: bool
    limit: int | None
    lately: int
    bulk: bool
    askable: bool


def offer(viewer: Viewer, selection: Selection) -> Offer:
    """What may be exported, and what it takes. A fixed number of queries. Raises ``Refused`` as a list does."""
    model = policies.current().model
    found = selected(viewer, model, selection)
    rows = found.rows.order_by().values("id")[: _COUNTED + 1].count()
    known = columns(model, selection.record_type)
    open_ = rights.exportable(viewer, model, selection.record_type)
    limit = bulk_of(model, selection.record_type)
    lately = 0 if limit is None else rights.exported_lately(viewer.staff_id or 0, selection.record_type)
    return Offer(
        columns=tuple(
            OfferedColumn(code, known[code].label.text(viewer.language), permission)
            for code, permission in open_.items()
        ),
        rows=min(rows, _COUNTED),
        exact=rows <= _COUNTED,
        limit=limit,
        lately=lately,
        bulk=limit is not None and (lately >= limit or found.reaches(limit - lately)),
        askable=bool(granting(model, GrantedRight.EXPORT, selection.record_type)),
    )


def may_export(viewer: Viewer, record_type: str) -> bool:
    """Whether anything of a type may leave in a file, at once or after an approval. No query but the policy's."""
    return bool(rights.exportable(viewer, policies.current().model, record_type))


def any_exports(viewer: Viewer) -> bool:
    """Whether the pages of exports have anything for this viewer: some type that may leave, a right that is asked for
    by a process, or the register. No query but the policy's.
    """
    model = policies.current().model
    if oversees(viewer) or any(process.grants for process in model.blocks.processes.values()):
        return True
    return any(rights.exportable(viewer, model, record_type) for record_type in model.record_types)


def may_print(viewer: Viewer, record_type: str) -> bool:
    """Whether anything of a type may leave on paper, at once or after an approval. No query but the policy's."""
    return bool(allowed(viewer, record_type, Right.PRINT, Exit.PRINT, policies.current().model))


def one(viewer: Viewer, export_id: int) -> ExportCard:
    """An export: one's own, or anybody's for whoever oversees. Two queries. Raises ``Refused``."""
    found = Export.objects.filter(pk=export_id).first() if 0 < export_id <= LARGEST_ID else None
    if found is None or (found.staff_id != viewer.staff_id and not oversees(viewer)):
        raise Refused("exports.not_found", _("没有这次导出，或者它不是您的。"))
    return cards_of(viewer, [found])[0]


def mine(viewer: Viewer, after: int = 0, size: int = PAGE) -> tuple[ExportCard, ...]:
    """The viewer's own, newest first. Two queries."""
    found = Export.objects.filter(staff_id=viewer.staff_id or 0).order_by("-id")
    return cards_of(viewer, list((found.filter(pk__lt=after) if after else found)[:size]))


@dataclass(frozen=True, slots=True)
class RegisterFilters:
    """What the register is narrowed to: part of a name, a record type, a state, days (both included)."""

    staff: str = ""
    record_type: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None


def register(
    viewer: Viewer, filters: RegisterFilters = RegisterFilters(), after: int = 0, size: int = PAGE
) -> tuple[ExportCard, ...]:
    """Everybody's, newest first, for whoever oversees. Two queries. Raises ``Refused`` for anybody else."""
    if not oversees(viewer):
        raise Refused("not_permitted", _("只有安全管理员和审计员可以看准予和导出的登记簿。"))
    found = Export.objects.order_by("-id")
    if filters.staff:
        found = found.filter(staff_name__contains=filters.staff)
    if filters.record_type:
        found = found.filter(record_type=filters.record_type)
    if filters.state:
        found = found.filter(state=filters.state)
    if filters.since is not None:
        found = found.filter(asked_at__gte=_midnight(filters.since))
    if filters.until is not None:
        found = found.filter(asked_at__lt=_midnight(filters.until + timedelta(days=1)))
    if after:
        found = found.filter(pk__lt=after)
    return cards_of(viewer, list(found[:size]))


def cards_of(viewer: Viewer, found: Sequence[Export]) -> tuple[ExportCard, ...]:
    """Rows as cards. One query, for the jobs of those that are being made."""
    working = [each.job_id for each in found if each.job_id is not None and each.state not in OVER]
    known = jobs.jobs_by_id(working) if working else {}
    return tuple(_card(viewer, each, known) for each in found)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))


def _card(viewer: Viewer, each: Export, known: Mapping[int, JobCard]) -> ExportCard:
    job = known.get(each.job_id or 0)
    return ExportCard(
        id=each.pk,
        number=each.number,
        staff_id=each.staff_id,
        staff_name=each.staff_name,
        unit_name=each.unit_name,
        record_type=each.record_type,
        type_label=type_label(each.record_type, viewer.language),
        columns=_labels(viewer, each),
        form=each.form,
        purpose=each.purpose,
        recipient=each.recipient,
        permit_id=each.permit_id,
        job_id=each.job_id,
        address=each.address,
        state=each.state,
        rows=each.rows,
        done=each.rows if job is None else job.done,
        total=max(each.total, each.rows, 0 if job is None else job.total),
        size=each.size,
        digest=each.digest,
        asked_at=each.asked_at,
        ready_at=each.ready_at,
        expires_at=each.expires_at,
        downloads=each.downloads,
        downloaded_at=each.downloaded_at,
        error=each.error,
        mine=each.staff_id == viewer.staff_id,
    )


def _labels(viewer: Viewer, each: Export) -> tuple[str, ...]:
    model = policies.current().model
    known = columns(model, each.record_type) if each.record_type in model.record_types else {}
    return tuple(known[code].label.text(viewer.language) if code in known else code for code in each.columns)
