"""Which processes grant what, and from how many records on an export is a bulk one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.granting import GrantedRight
from keguan.runtime import clock

if TYPE_CHECKING:
    from keguan.language.model.model import Model
    from keguan.language.model.process import Process


def granting(model: Model, right: GrantedRight, record_type: str) -> tuple[Process, ...]:
    """The processes whose cases grant a right to records of a type, in the order of the policy."""
    return tuple(each for each in model.blocks.processes.values() if each.grants_right(right, record_type))


def bulk_of(model: Model, record_type: str) -> int | None:
    """From how many records on an export needs a permit today, by the strictest process; None where none says so."""
    today = clock.today()
    limits = [
        process.bulk.records_on(today)
        for process in granting(model, GrantedRight.EXPORT, record_type)
        if process.bulk is not None
    ]
    return min(limits, default=None)
