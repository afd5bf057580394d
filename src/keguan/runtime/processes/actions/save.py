"""暂存: keep what was filled in so far, without completing the step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes import conditions, forms
from keguan.runtime.processes.acting import Moved, outcome_of_move
from keguan.runtime.processes.actions.holding import TaskMove
from keguan.runtime.processes.completing import read
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.standing import moved
from keguan.runtime.records.validation import Typed

if TYPE_CHECKING:
    from keguan.runtime.processes.forms import Entered


@dataclass(frozen=True, kw_only=True)
class SaveForm(TaskMove):
    """Keep the given values of the step's form, by field code or ``form.field``. What is required may still be missing;
    what is wrong is refused as at completion. Nothing goes into the record yet.
    """

    name: ClassVar[str] = "cases.save"
    values: Mapping[str, Typed]

    def check(self) -> None:
        """Refuse whoever does not handle the step, a step without a form, and every value that is wrong."""
        _share = self.share
        if self._entered.form is None:
            raise Refused("cases.no_form", _("这一步没有表单，不用暂存。"))

    def do(self) -> Moved:
        """Store it and write down that it was saved."""
        standing, task = self.held
        forms.store(self.viewer, standing, task, self._entered, submitted=False)
        conditions.forget(standing)
        fields: dict[str, object] = {"fields": sorted(self._entered.values)}
        moved(standing, MoveKind.SAVE, self.viewer, task, data=fields, for_id=self.stead)
        return outcome_of_move(standing)

    @cached_property
    def _entered(self) -> Entered:
        standing, task = self.held
        return read(standing, task, self.viewer, self.values, complete=False)
