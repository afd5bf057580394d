"""What a viewer may see, ask about and do, from what they are granted: no query but the policy in force."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.db.models import Q

from keguan.language.model.access import Permission, Right
from keguan.language.model.model import RecordType, RowScope
from keguan.runtime.access.columns import ATTRIBUTE, columns
from keguan.runtime.access.disclosure import reading_of
from keguan.runtime.access.exits import ORACLES, SILENT, Exit
from keguan.runtime.access.granted import GENEROUS, granted
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keguan.language.model.model import Model
    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.granted import Granted
    from keguan.runtime.access.viewer import Place, Viewer

NOTHING = Q(pk__in=())
_ASKING = ORACLES | {Exit.SEARCH}


def may(viewer: Viewer, operation: str, place: Place | None = None) -> bool:
    """Whether the viewer may do this, to the record at ``place`` when one is given."""
    return any(operation in grant.operations and (place is None or grant.covers(place)) for grant in viewer.grants)


def permission(
    viewer: Viewer, record_type: RecordType | str, code: str, right: Right, place: Place, model: Model | None = None
) -> Permission:
    """What the viewer is given of a field, fact or outcome of the record at ``place``: the most generous of all grants
    that cover it.

    A sensitive value is never seen, exported or printed but masked; ``APPROVAL`` is for ``permits_door`` to answer.
    Raises ``KeyError`` for an unknown code.
    """
    model, name = _known(record_type, model)
    column = columns(model, name)[code]
    found = _best(viewer, model, name, column, right, place)
    return Permission.MASKED if right is Right.SEE and column.sensitive and found is Permission.YES else found


def allowed(
    viewer: Viewer, record_type: RecordType | str, right: Right, through: Exit, model: Model | None = None
) -> Mapping[str, Permission]:
    """What the viewer is given of a right through an exit, by code, on some record at least; what is nowhere given is
    left out. Which of it on a given record is for :func:`permission` to say.
    """
    model, name = _known(record_type, model)
    given = granted(viewer, model, name)
    found: dict[str, Permission] = {}
    for code, column in columns(model, name).items():
        if not passes(column, through):
            continue
        best = _most(each.gives(right, column) for each in given)
        if best is not Permission.NO:
            masked = right is Right.SEE and column.sensitive and best is Permission.YES
            found[code] = Permission.MASKED if masked else best
    return MappingProxyType(found)


def visible(viewer: Viewer, record_type: RecordType | str, model: Model | None = None) -> bool:
    """Whether the viewer can reach any record of this type at all: something of some of them."""
    model, name = _known(record_type, model)
    return bool(_seeing(viewer, model, name))


def readable(
    viewer: Viewer, record_type: RecordType | str, through: Exit, model: Model | None = None
) -> frozenset[str]:
    """Codes of the fields, facts and outcomes that may go through this exit, on some record at least.

    What is seen masked may not be asked about. Which of them on a given record is for
    :func:`keguan.runtime.access.present.present` to say.
    """
    model, name = _known(record_type, model)
    given = granted(viewer, model, name)
    return frozenset(
        column.code
        for column in columns(model, name).values()
        if passes(column, through) and any(shows(each, column, through) for each in given)
    )


def passes(column: Column, through: Exit) -> bool:
    """Whether the exit is open to such a column for anyone at all."""
    if through in SILENT:
        return False
    return not (column.sensitive and (through in ORACLES or through is Exit.LEDGER))


def shows(given: Granted, column: Column, through: Exit) -> bool:
    """Whether a grant lets a column through an exit: in whatever form, or in clear where a question is answered."""
    seen = given.gives(Right.SEE, column)
    return seen is Permission.YES or (seen is Permission.MASKED and through not in _ASKING)


def scope(viewer: Viewer, record_type: RecordType | str, needed: Iterable[str] = (), model: Model | None = None) -> Q:
    """The condition on owner, unit and the conditions of access rows that keeps a viewer to their records.

    ``needed`` are codes that a question is about: only records on which all of them are seen in clear are left, so that
    a filter cannot ask about a hidden value. ``Q()`` means every record.
    """
    model, name = _known(record_type, model)
    return reduce(and_, (_condition(viewer, group) for group in _groups(viewer, model, name, needed)), Q())


def reach(
    viewer: Viewer, record_type: RecordType | str, needed: Iterable[str] = (), model: Model | None = None
) -> RowScope:
    """The widest of the scopes that :func:`scope` puts together: in words, whose records the viewer sees."""
    model, name = _known(record_type, model)
    scopes = [{each.scope for each in group} for group in _groups(viewer, model, name, needed)]
    widest = (RowScope.ALL, RowScope.UNIT, RowScope.OWN)
    return max(
        (next((each for each in widest if each in group), RowScope.NONE) for group in scopes),
        key=(*widest, RowScope.NONE).index,
    )


def sees(viewer: Viewer, disclosed: Iterable[str], place: Place, model: Model | None = None) -> bool:
    """Whether the viewer may know all this of the record at ``place``: classes, covered by one single grant, and the
    readings of types with an access block (:mod:`keguan.runtime.access.disclosure`), each by any.
    """
    wanted = tuple(disclosed)
    readings = [found for found in map(reading_of, wanted) if found is not None]
    classes = [each for each in wanted if reading_of(each) is None]
    if (classes or not readings) and not any(
        grant.covers(place) and all(map(grant.sees, classes)) for grant in viewer.grants
    ):
        return False
    return all(_reads(viewer, *reading, place, model) for reading in readings)


def sees_somewhere(viewer: Viewer, disclosed: Iterable[str], model: Model | None = None) -> bool:
    """Whether the viewer may know all this of some record; see :func:`sees`."""
    wanted = tuple(disclosed)
    readings = [found for found in map(reading_of, wanted) if found is not None]
    classes = [each for each in wanted if reading_of(each) is None]
    if not any(grant.scope is not RowScope.NONE and all(map(grant.sees, classes)) for grant in viewer.grants):
        return False
    return all(code in readable(viewer, name, Exit.FILTER, model) for name, code in readings)


def sees_everywhere(viewer: Viewer, disclosed: Iterable[str], model: Model | None = None) -> bool:
    """Whether the viewer may know all this of every record, so that a total tells them of nobody they may not see."""
    wanted = tuple(disclosed)
    readings = [found for found in map(reading_of, wanted) if found is not None]
    classes = [each for each in wanted if reading_of(each) is None]
    if not any(grant.scope is RowScope.ALL and all(map(grant.sees, classes)) for grant in viewer.grants):
        return False
    return all(not scope(viewer, name, (code,), model) for name, code in readings)


def reaches(viewer: Viewer, record_type: RecordType | str, place: Place, model: Model | None = None) -> bool:
    """Whether the viewer may know that the record at this place exists."""
    model, name = _known(record_type, model)
    return any(each.covers(place) for each in _seeing(viewer, model, name))


def _reads(viewer: Viewer, record_type: str, code: str, place: Place, model: Model | None) -> bool:
    """Whether a reading may be known: a masked value gives nothing away, so nothing made of it is known either."""
    model = model or policies.current().model
    column = columns(model, record_type).get(code) if record_type in model.record_types else None
    return column is not None and _best(viewer, model, record_type, column, Right.SEE, place) is Permission.YES


def _best(viewer: Viewer, model: Model, record_type: str, column: Column, right: Right, place: Place) -> Permission:
    given = (each for each in granted(viewer, model, record_type) if each.covers(place))
    if right is Right.REVEAL:
        given = (each for each in given if place.fresh or each.grant.reveals(place))
    return _most(each.gives(right, column) for each in given)


def _most(permissions: Iterable[Permission]) -> Permission:
    return max(permissions, key=GENEROUS.index, default=Permission.NO)


def _seeing(viewer: Viewer, model: Model, record_type: str) -> tuple[Granted, ...]:
    """The grants that show something of the type."""
    known = columns(model, record_type).values()
    return tuple(
        each
        for each in granted(viewer, model, record_type)
        if any(each.gives(Right.SEE, column) is not Permission.NO for column in known)
    )


def _groups(viewer: Viewer, model: Model, record_type: str, needed: Iterable[str]) -> list[tuple[Granted, ...]]:
    """The grants of which one at least must cover a record, for everything that is needed: the groups that say the same
    or less than another are left out.
    """
    known, seeing = columns(model, record_type), _seeing(viewer, model, record_type)
    groups = [
        tuple(each for each in seeing if each.gives(Right.SEE, known[code]) is Permission.YES)
        for code in set(needed)
        if code in known
    ] or [seeing]
    kept: list[tuple[Granted, ...]] = []
    for group in sorted(groups, key=len):
        if not any(all(any(each is one for one in group) for each in less) for less in kept):
            kept.append(group)
    return kept


def _condition(viewer: Viewer, group: tuple[Granted, ...]) -> Q:
    """The records that one of these grants covers."""
    owned = tuple(each for each in group if each.owned)
    rest = tuple(each for each in group if not each.owned)
    anybody = _covered(viewer, rest) if rest else NOTHING
    if not owned or not anybody:  # an empty condition means every record
        return anybody
    mine = _covered(viewer, owned) & Q(owner_id__isnull=False)
    return anybody | mine if rest else mine


def _covered(viewer: Viewer, group: tuple[Granted, ...]) -> Q:
    """The same for grants that are all, or none, only for records that are somebody's."""
    plain = [each for each in group if each.condition is None]
    if any(each.scope is RowScope.ALL for each in plain):
        return Q()
    found = [] if not plain else [_within(viewer, plain)]
    for column in dict.fromkeys(each.condition for each in group if each.condition is not None):
        met = Q(**{f"{ATTRIBUTE}{column}__in": (True,)})  # an equality that both engines look up in an index
        mine = [each for each in group if each.condition == column]
        found.append(met if any(each.scope is RowScope.ALL for each in mine) else met & _within(viewer, mine))
    return reduce(or_, found) if found else NOTHING


def _within(viewer: Viewer, given: Iterable[Granted]) -> Q:
    """The records of the viewer's own and of their units, as far as these grants reach; not for scopes of all."""
    scopes = tuple(given)
    units = sorted({unit for each in scopes if each.scope is RowScope.UNIT for unit in each.grant.unit_ids})
    condition = Q(unit_id__in=units) if units else NOTHING
    if any(each.scope is RowScope.OWN for each in scopes):
        mine = Q(owner_id=viewer.staff_id)
        condition = condition | mine if units else mine
    return condition


def _known(record_type: RecordType | str, model: Model | None) -> tuple[Model, str]:
    name = record_type.code if isinstance(record_type, RecordType) else record_type
    return model or policies.current().model, name
