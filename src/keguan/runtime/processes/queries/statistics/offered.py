"""Of which processes a viewer may be given statistics, and what those can be about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.language.model.model import RowScope
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.models import Case
from keguan.runtime.processes.queries.statistics.dimensions import conclusions, dimensions, parties

if TYPE_CHECKING:
    from keguan.language.model.model import ClauseRef
    from keguan.language.model.process import Process
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.queries.statistics.dimensions import Dimension


@dataclass(frozen=True, slots=True)
class Offer:
    """A process, by what its cases can be told apart, who may stand for whoever brings one up, and what its forms come
    to. ``reach`` is the widest scope in which the viewer knows of its cases.
    """

    process: str
    label: str
    record_type: str
    clause: ClauseRef
    dimensions: dict[str, Dimension]
    parties: dict[str, Dimension]
    conclusions: tuple[Dimension, ...]
    reach: RowScope


def offered(viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """Code and label of every process of whose cases the viewer may know some, in the order of the policy."""
    processes = policies.current().model.blocks.processes.values()
    return tuple(
        (each.code, each.label.text(viewer.language)) for each in processes if _reach(viewer, each) is not RowScope.NONE
    )


def liveliest(viewer: Viewer) -> str | None:
    """The process offered in which a case began last; the first one where there is no case. ``None`` when nothing is
    offered. One query.
    """
    known = [code for code, _label in offered(viewer)]
    newest = Case.objects.filter(process__in=known).order_by("-id").values_list("process", flat=True).first()
    return newest or next(iter(known), None)


def offer(viewer: Viewer, process: str) -> Offer:
    """What statistics of a process can be about. Raises ``Refused`` (``cases.no_process``) alike for one that there is
    not and one of whose cases the viewer may know none.
    """
    model = policies.current().model
    declared = model.blocks.processes.get(process)
    reach = RowScope.NONE if declared is None else _reach(viewer, declared)
    if declared is None or reach is RowScope.NONE:
        raise Refused("cases.no_process", _("没有这个流程，或者您无权查看它的案件。"))
    return Offer(
        process,
        declared.label.text(viewer.language),
        declared.record_type,
        declared.clause,
        dimensions(viewer, model, declared),
        parties(viewer, model, declared),
        conclusions(viewer, model, declared),
        reach,
    )


def _reach(viewer: Viewer, process: Process) -> RowScope:
    found = {grant.scope for grant in viewer.grants if grant.sees(process.information_class)}
    return next((each for each in (RowScope.ALL, RowScope.UNIT, RowScope.OWN) if each in found), RowScope.NONE)
