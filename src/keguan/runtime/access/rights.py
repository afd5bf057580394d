"""What a viewer may see, ask about and do, from their grants alone: no query but the policy in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from keguan.language.model.model import RecordType, RowScope
from keguan.runtime.access.columns import columns
from keguan.runtime.access.exits import ORACLES, SILENT, Exit
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.model import Model
    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.viewer import Grant, Place, Viewer

NOTHING = Q(pk__in=())


def may(viewer: Viewer, operation: str, place: Place | None = None) -> bool:
    """Whether the viewer may do this, to the record at ``place`` when one is given."""
    return any(operation in grant.operations and (place is None or grant.covers(place)) for grant in viewer.grants)


def visible(viewer: Viewer, record_type: RecordType | str, model: Model | None = None) -> bool:
    """Whether the viewer can reach any record of this type at all: some scope and some class of it."""
    return bool(_grants(viewer, _columns(record_type, model), ()))


def readable(
    viewer: Viewer, record_type: RecordType | str, through: Exit, model: Model | None = None
) -> frozenset[str]:
    """Codes of the fields, facts and outcomes that may go through this through, on some record at least.

    Which of them on a given record is for :func:`keguan.runtime.access.present.present` to say.
    """
    return frozenset(
        column.code
        for column in _columns(record_type, model)
        if passes(column, through) and any(grant.sees(column.information_class) for grant in _reaching(viewer))
    )


def passes(column: Column, through: Exit) -> bool:
    """Whether the through is open to such a column for anyone at all."""
    if through in SILENT:
        return False
    return not (column.sensitive and (through in ORACLES or through is Exit.LEDGER))


def scope(viewer: Viewer, record_type: RecordType | str, needed: Iterable[str] = (), model: Model | None = None) -> Q:
    """The condition on ``owner_id`` and ``unit_id`` that keeps a viewer to their records.

    ``needed`` are codes that a question is about: only records on which all of them may be seen are left, so that a
    filter cannot ask about a hidden value. ``Q()`` means every record.
    """
    granted = _grants(viewer, _columns(record_type, model), needed)
    if any(grant.scope is RowScope.ALL for grant in granted):
        return Q()
    owned = any(grant.scope is RowScope.OWN for grant in granted)
    units = sorted({unit for grant in granted if grant.scope is RowScope.UNIT for unit in grant.unit_ids})
    condition = Q(unit_id__in=units) if units else NOTHING
    if owned:
        mine = Q(owner_id=viewer.staff_id)
        condition = condition | mine if units else mine
    return condition


def reach(
    viewer: Viewer, record_type: RecordType | str, needed: Iterable[str] = (), model: Model | None = None
) -> RowScope:
    """The widest of the scopes that :func:`scope` puts together: in words, whose records the viewer sees."""
    granted = {grant.scope for grant in _grants(viewer, _columns(record_type, model), needed)}
    return next((each for each in (RowScope.ALL, RowScope.UNIT, RowScope.OWN) if each in granted), RowScope.NONE)


def sees(viewer: Viewer, classes: Iterable[str], place: Place) -> bool:
    """Whether one grant covers the record and all these classes."""
    wanted = tuple(classes)
    return any(grant.covers(place) and all(map(grant.sees, wanted)) for grant in viewer.grants)


def reaches(viewer: Viewer, record_type: RecordType | str, place: Place, model: Model | None = None) -> bool:
    """Whether the viewer may know that the record at this place exists."""
    return any(grant.covers(place) for grant in _grants(viewer, _columns(record_type, model), ()))


def _reaching(viewer: Viewer) -> Iterable[Grant]:
    return (grant for grant in viewer.grants if grant.scope is not RowScope.NONE)


def _grants(viewer: Viewer, shown: tuple[Column, ...], needed: Iterable[str]) -> tuple[Grant, ...]:
    """The grants that see something of the type and everything that is needed."""
    classes = {column.information_class for column in shown}
    wanted = set(needed)
    must = {column.information_class for column in shown if column.code in wanted}
    return tuple(grant for grant in _reaching(viewer) if any(map(grant.sees, classes)) and all(map(grant.sees, must)))


def _columns(record_type: RecordType | str, model: Model | None) -> tuple[Column, ...]:
    code = record_type.code if isinstance(record_type, RecordType) else record_type
    return tuple(columns(model or policies.current().model, code).values())
