"""Say that all of a record was found true and nothing had to be changed (核实): the day is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.actions.update import Update
from keguan.runtime.records.editing import write

if TYPE_CHECKING:
    from keguan.runtime.records.editing import Edit
    from keguan.runtime.records.validation import Typed


@dataclass(frozen=True, kw_only=True)
class Verify(Update):
    """Keep today in the field that the record type names (核实). ``version`` is the one that was found true. The day of
    the last change stays: nothing was changed. Whoever may change that field may do it; an open duty that the policy
    bases on the day is judged anew.
    """

    name: ClassVar[str] = "records.verify"
    values: Mapping[str, Typed] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        declared = policies.current().model.record_types.get(self.record_type)
        verified = None if declared is None else declared.verified
        given = {} if verified is None else {verified: clock.today().isoformat()}
        object.__setattr__(self, "values", given)

    def check(self) -> None:
        """Refuse a type of which nothing is verified, and whatever a change of the day would be refused for."""
        if not self.values:
            raise Refused("records.not_verifiable", gettext_lazy("制度没有要求核实这类档案，不用确认。"))
        super().check()

    def _write(self, found: Edit) -> bool:
        return write(found, changed=False)
