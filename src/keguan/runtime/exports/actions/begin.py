"""Export: put the making of a file in the queue."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.language.model.granting import GrantedRight
from keguan.runtime import clock
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.exports import asked, rights
from keguan.runtime.exports import models as stored
from keguan.runtime.exports.forms import MOST_ROWS, Form
from keguan.runtime.exports.forms.paper import too_long
from keguan.runtime.jobs.actions import enqueue
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.org.models import Staff
from keguan.runtime.permits.models import Permit
from keguan.runtime.permits.processes import bulk_of
from keguan.runtime.permits.selected import selected, selection_of
from keguan.runtime.permits.standing import use
from keguan.runtime.policies import queries as policies
from keguan.runtime.records import sequence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.model import Model
    from keguan.runtime.permits.selection import Selection

MAKE_JOB = "exports.make"
SHORTEST_PURPOSE = 4
_TOKEN_BITS = 62


@dataclass(frozen=True, kw_only=True)
class Export(ViewerAction[int]):
    """Have a file made of records: of a list, or of chosen ones. Gives the export's id; the file comes by a job.

    With ``permit_id`` it is what that permit says, once: what is asked for otherwise must be the same. Without, it must
    need none: every column may leave as the policy says (masked where it says so), and fewer rows than the policy's
    bulk, those of the last 24 hours counted in. ``address`` is where it was asked from. ``wake=False`` leaves the job
    to the caller.
    """

    name: ClassVar[str] = "exports.begin"
    selection: Selection | None = None
    purpose: str = ""
    recipient: str = ""
    permit_id: int | None = None
    address: str = ""
    wake: bool = True

    def check(self) -> None:
        """Refuse what may not leave, or not without a permit, or not in this form."""
        if self.viewer.staff_id is None:
            raise Refused("not_permitted", _("导出须由一位工作人员发起。"))
        Staff.objects.select_for_update().filter(pk=self.viewer.staff_id).exists()  # two at once are counted together
        about = self._about
        if about.form not in tuple(Form):
            raise Refused("exports.form", _("请选择 Excel、CSV 或 PDF。"))
        if self.permit_id is None and len(self.purpose.strip()) < SHORTEST_PURPOSE:
            message = _("请写明用途，至少四个字。")
            raise Refused("exports.purpose", message, {"purpose": message})
        found = selected(self.viewer, self._model, about)
        approved = self._permit is not None
        rights.require_columns(self.viewer, self._model, about.record_type, about.columns, approved=approved)
        limit = bulk_of(self._model, about.record_type)
        if not approved and limit is not None:
            before = rights.exported_lately(self.viewer.staff_id, about.record_type)
            if before >= limit or found.reaches(limit - before):
                raise rights.too_many(limit, before)
        if not found.reaches(1):
            raise Refused("exports.nothing", _("没有符合条件的档案，没有生成文件。"))
        most = MOST_ROWS.get(Form(about.form))
        if most is not None and found.reaches(most + 1):
            raise too_long()

    def do(self) -> int:
        """Use the permit, note what is asked for, and put the job in the queue."""
        permit, about = self._permit, self._frozen
        if permit is not None:
            use(self.viewer, permit.pk, right=GrantedRight.EXPORT)
        token = secrets.randbits(_TOKEN_BITS) | 1
        made = stored.Export.objects.create(
            token=token,
            staff_id=self.viewer.staff_id or 0,
            staff_name=self.viewer.name,
            unit_name=self.viewer.unit_name,
            record_type=about.record_type,
            selection=asked.sealed(token, about),
            columns=list(about.columns),
            form=about.form,
            language=self.viewer.language,
            purpose=self._purpose,
            recipient=self._recipient,
            permit_id=None if permit is None else permit.pk,
            address=self.address[:64],
            total=self._count(),
            asked_at=clock.now(),
        )
        job = enqueue(MAKE_JOB, {"export_id": made.pk}, self.viewer.staff_id, wake=self.wake)
        stored.Export.objects.filter(pk=made.pk).update(job_id=job)
        return made.pk

    def log(self, result: int) -> Iterable[Record]:
        """Who asked for what, from where, what for and for whom: columns by code, no value and no condition."""
        yield entry(stored.Export.objects.get(pk=result), self.name, permit=self.permit_id)

    def _count(self) -> int:
        """So that small exports cannot add up to a bulk one, they are counted; a large one only where it needs no
        permit at all, and then by its job.
        """
        limited = self._permit is None and bulk_of(self._model, self._frozen.record_type) is not None
        return selected(self.viewer, self._model, self._frozen).count() if limited else 0

    @cached_property
    def _model(self) -> Model:
        return policies.current().model

    @cached_property
    def _permit(self) -> Permit | None:
        """The viewer's own permit for an export, whatever its state: its use says whether it stands."""
        if self.permit_id is None:
            return None
        mine = {"staff_id": self.viewer.staff_id or 0, "right": GrantedRight.EXPORT}
        found = Permit.objects.filter(pk=self.permit_id, **mine).first()
        if found is None:
            raise Refused("permits.not_standing", _("这项准予不是您的，或者已经过期、用完、收回。请重新申请。"))
        return found

    @cached_property
    def _about(self) -> Selection:
        if self._permit is not None:
            approved = selection_of(self._permit)
            if self.selection is not None and not approved.same_as(self.selection):
                raise Refused("exports.other_selection", _("要导出的与批准的不一样。请按批准的导出，或重新申请。"))
            return approved
        if self.selection is None:
            raise Refused("exports.nothing", _("没有说明要导出什么。"))
        return self.selection

    @cached_property
    def _frozen(self) -> Selection:
        about = self._about
        return about if about.up_to else replace(about, up_to=sequence.newest(about.record_type))

    @property
    def _purpose(self) -> str:
        return (self._permit.purpose if self._permit is not None else self.purpose.strip())[:300]

    @property
    def _recipient(self) -> str:
        return (self._permit.recipient if self._permit is not None else self.recipient.strip())[:200]


def entry(export: stored.Export, action: str, **facts: object) -> Record:
    """What the ledger says of an export: person, time, place, item, how many, for whom and what for."""
    about = {
        "number": export.number,
        "staff": export.staff_id,
        "type": export.record_type,
        "columns": export.columns,
        "form": export.form,
        "rows": export.rows or export.total,
        "purpose": export.purpose,
        "recipient": export.recipient,
        "address": export.address,
        "unit": export.unit_name,
    }
    known = policies.current().model.record_types.get(export.record_type)
    clause = "" if known is None else f"{known.clause.pack}#{known.clause.anchor}"
    told = {name: value for name, value in facts.items() if value is not None}
    return Record(action, "export", export.pk, clause, about | told)
