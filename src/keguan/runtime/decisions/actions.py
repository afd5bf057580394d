"""Deciding again: everything, or one record type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime.decisions.computing import Computed, compute
from keguan.runtime.ledger.actions import Action, Record, Refused
from keguan.runtime.policies.queries import current

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, kw_only=True)
class Recompute(Action[tuple[Computed, ...]]):
    """Compute all facts and decisions by the policy in force today, in one transaction, children before parents.

    ``record_type`` restricts it to one type. Records that change singly are computed with the change itself; this is
    for a new publication, a new day, and for making sure. Raises ``Refused`` for an unknown record type.
    """

    record_type: str | None = None
    name: ClassVar[str] = "decisions.recompute"
    operation: ClassVar[str | None] = "publish"

    def check(self) -> None:
        """Refuse a record type that the policy in force does not compute."""
        if self.record_type is not None and self.record_type not in current().model.computation_order:
            raise Refused(
                "decisions.unknown_type",
                _("施行中的制度没有为“%(code)s”规定口径或判定。") % {"code": self.record_type},
            )

    def do(self) -> tuple[Computed, ...]:
        """Compute type by type."""
        policy = current()
        wanted = policy.model.computation_order if self.record_type is None else (self.record_type,)
        return tuple(compute(policy, code) for code in wanted if policy.model.computations.get(code))

    def log(self, result: tuple[Computed, ...]) -> Iterable[Record]:
        """One entry with the counts per type."""
        publication = current().publication_id
        counts = {
            each.record_type: {"examined": each.examined, "changed": each.changed, **each.decisions} for each in result
        }
        yield Record(self.name, "publication", publication, data={"counts": counts})
