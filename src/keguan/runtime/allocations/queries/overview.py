"""The allocations of the policy with their runs, newest first, for whoever shares out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.language.model.allocation import Method
from keguan.runtime.access.rights import may
from keguan.runtime.allocations.actions.runs import OPERATION
from keguan.runtime.allocations.models import OPEN, Run
from keguan.runtime.allocations.words import METHODS, STATES
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from datetime import datetime

    from keguan.language.model.model import ClauseRef
    from keguan.runtime.access.viewer import Viewer

NEWEST = 50


@dataclass(frozen=True, slots=True)
class RunCard:
    """A run in a list."""

    id: int
    allocation: str
    label: str
    period: str
    state: str
    state_text: str
    at: datetime
    by_name: str
    pooled: int
    given: int
    handed: int


@dataclass(frozen=True, slots=True)
class AllocationCard:
    """An allocation of the policy in force; ``open_run``: one that waits."""

    code: str
    label: str
    record_label: str
    method: str
    frequency: str
    clause: ClauseRef
    open_run: int | None


def shares_out(viewer: Viewer) -> bool:
    """Whether the viewer shares records out."""
    return may(viewer, OPERATION)


def overview(viewer: Viewer) -> tuple[tuple[AllocationCard, ...], tuple[RunCard, ...]]:
    """What can be shared out, and the newest runs. Two queries. Raises ``Refused``."""
    require_sight(viewer)
    model = policies.current().model
    open_runs = dict(Run.objects.filter(state__in=OPEN).values_list("allocation", "id"))
    cards = tuple(
        AllocationCard(
            each.code,
            each.label.text(viewer.language),
            model.record_types[each.record_type].label.text(viewer.language),
            str(METHODS[each.method]),
            "" if each.frequency is None else each.frequency.text,
            each.clause,
            open_runs.get(each.code),
        )
        for each in model.blocks.allocations.values()
        if each.method is not Method.CLAIM
    )
    return cards, tuple(run_card(viewer, run) for run in Run.objects.order_by("-id")[:NEWEST])


def run_card(viewer: Viewer, run: Run) -> RunCard:
    """A run in a list; an allocation that the policy no longer has goes by its code."""
    found = policies.current().model.blocks.allocations.get(run.allocation)
    return RunCard(
        run.pk,
        run.allocation,
        run.allocation if found is None else found.label.text(viewer.language),
        run.period,
        run.state,
        str(STATES[run.state]),
        run.at,
        run.by_name,
        run.pooled,
        run.given,
        run.handed,
    )


def require_sight(viewer: Viewer) -> None:
    """Refuse whoever does not share out. Raises ``Refused``."""
    if not shares_out(viewer):
        raise Refused("allocations.not_permitted", _("您的岗位不办理档案的分配。"))
