"""Changes made in a viewer's name, and the one way to see a sensitive value in full."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, TypeVar

from django.db import connection
from django.utils.translation import gettext_lazy as _

from keguan.language.model.naming import LARGEST_ID, record_table
from keguan.runtime.access import crypto
from keguan.runtime.access.columns import columns
from keguan.runtime.access.formatting import formatted, scale_of
from keguan.runtime.access.rights import reaches
from keguan.runtime.access.sealed_values import from_text
from keguan.runtime.access.viewer import Place, Viewer
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
        place = None if row is None else Place(row[0], row[1])
        if place is None or not reaches(self.viewer, self.record_type, place, model):
            raise Refused("records.not_found", _("没有这份档案，或者它不在您的可见范围内。"))
        if not any(each.sees(column.information_class) and each.reveals(place) for each in self.viewer.grants):
            raise Refused("reveal.scope", _("这份档案的原文不在您的原文范围内。确有需要时，请联系本部门负责人。"))

    def do(self) -> str:
        """Open the value. An empty one is the empty text."""
        column = columns(policies.current().model, self.record_type)[self.field]
        row = self._row(column.physical)
        if row is None or row[2] is None:
            return ""
        text = crypto.open_sealed(crypto.place(self.record_type, self.field), self.id, row[2])
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

    def _row(self, physical: str) -> tuple[int | None, int | None, bytes | None] | None:
        if not 0 < self.id <= LARGEST_ID:
            return None
        quote = connection.ops.quote_name
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT owner_id, unit_id, {quote(physical)} "
                f"FROM {quote(record_table(self.record_type))} WHERE id = %s",
                [self.id],
            )
            row: tuple[int | None, int | None, bytes | None] | None = cursor.fetchone()
        return row
