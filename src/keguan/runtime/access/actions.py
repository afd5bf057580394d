"""Changes made in a viewer's name, and the one way to see a sensitive value in full."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.db import connection
from django.utils.translation import gettext_lazy as _

from keguan.language.model.access import Permission, Right
from keguan.language.model.naming import LARGEST_ID, record_table
from keguan.runtime.access import crypto
from keguan.runtime.access.columns import columns, place_columns
from keguan.runtime.access.formatting import formatted, scale_of
from keguan.runtime.access.permits_door import permitted, spent
from keguan.runtime.access.rights import reaches
from keguan.runtime.access.sealed_values import from_text
from keguan.runtime.access.viewer import Viewer, place_of
from keguan.runtime.ledger.actions import Action, Actor, Record, Refused
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")

SHORTEST_REASON = 4
"""Characters a reason must have at least."""


@dataclass(frozen=True, kw_only=True)
class ViewerAction(Action[T]):
    """An action done by a viewer: who acts is who looks."""

    viewer: Viewer
    actor: Actor = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "actor", self.viewer.actor)


@dataclass(frozen=True, kw_only=True)
class Reveal(ViewerAction[str]):
    """Show one sensitive value of one record in full, for a reason that goes into the ledger with it."""

    name: ClassVar[str] = "records.reveal"
    record_type: str
    id: int
    field: str
    reason: str
    _spent: list[Record] = dataclasses.field(default_factory=list, init=False, repr=False, compare=False)

    def check(self) -> None:
        """Refuse a missing reason, a record out of sight and a value outside the scope for originals."""
        if len(self.reason.strip()) < SHORTEST_REASON:
            message = _("请写明查看原文的事由，至少%(count)s个字。") % {"count": SHORTEST_REASON}
            raise Refused("reveal.reason", message, {"reason": message})
        model = policies.current().model
        known = columns(model, self.record_type) if self.record_type in model.record_types else {}
        column = known.get(self.field)
        if column is None or not column.sensitive:
            raise Refused("reveal.field", _("这一项不是加密保存的信息，无须查看原文。"))
        row = self._row(column.physical)
        place = None if row is None else place_of(row)
        if place is None or not reaches(self.viewer, self.record_type, place, model):
            raise Refused("records.not_found", _("没有这份档案，或者它不在您的可见范围内。"))
        given = permitted(self.viewer, self.record_type, self.field, Right.REVEAL, place, self.id, model)
        if given is Permission.APPROVAL:
            raise Refused("reveal.approval", _("查看这一项的原文须经审批。请先办理审批，批准后再查看。"))
        if given is not Permission.YES:
            raise Refused("reveal.scope", _("这份档案的原文不在您的原文范围内。确有需要时，请联系本部门负责人。"))

    def do(self) -> str:
        """Open the value. An empty one is the empty text."""
        column = columns(policies.current().model, self.record_type)[self.field]
        row = self._row(column.physical)
        if row is None or row[column.physical] is None:
            return ""
        about = (self.record_type, (self.field,), Right.REVEAL, place_of(row), self.id)
        self._spent.extend(spent(self.viewer, *about))
        text = crypto.open_sealed(crypto.place(self.record_type, self.field), self.id, row[column.physical])
        value = from_text(column.type, text)
        return formatted(column.kind, scale_of(column.type), value, self.viewer.language)

    def log(self, result: str) -> Iterable[Record]:
        """Who saw which field of which record and why; not what they saw."""
        del result
        clause = policies.current().model.record_types[self.record_type].field(self.field).clause
        yield Record(
            action=self.name,
            subject_type=self.record_type,
            subject_id=self.id,
            clause=f"{clause.pack}#{clause.anchor}",
            data={"field": self.field, "reason": self.reason.strip()},
        )
        yield from self._spent

    def _row(self, physical: str) -> dict[str, Any] | None:
        if not 0 < self.id <= LARGEST_ID:
            return None
        quote = connection.ops.quote_name
        names = (*place_columns(policies.current().model, self.record_type), physical)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {', '.join(map(quote, names))} FROM {quote(record_table(self.record_type))} WHERE id = %s",
                [self.id],
            )
            row = cursor.fetchone()
        return None if row is None else dict(zip(names, row, strict=True))
