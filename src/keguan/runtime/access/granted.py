"""What somebody is granted of one record type: row by row of its access block, or by their roles where it has none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from keguan.language.model.access import Permission, Right
from keguan.language.model.classes import Display
from keguan.language.model.model import RowScope
from keguan.language.model.naming import condition_column
from keguan.runtime.access.per_model import per_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from keguan.language.model.access import Grant as Row
    from keguan.language.model.model import Model
    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.viewer import Grant, Place, Viewer

_WIDTH = (RowScope.NONE, RowScope.OWN, RowScope.UNIT, RowScope.ALL)
_MOST = 4096
"""Appointments remembered for one record type."""

GENEROUS = (Permission.NO, Permission.APPROVAL, Permission.MASKED, Permission.YES)
"""Permissions from the least to the most generous: what is given masked at once goes before what waits for a case."""


@dataclass(frozen=True, slots=True)
class Granted:
    """What one appointment gives of a record type by one row of its access block, or by its role where there is none.

    ``scope`` is the row's within the role's; ``classes`` are the role's that the row is about; ``sensitive`` narrows it
    to sensitive (True) or ordinary (False) fields; ``condition`` is the column that says for which records it is.
    ``owned``: only for records that are somebody's; ``withheld`` are codes that it is not about, because a pool hides
    them until a record is claimed.
    """

    grant: Grant
    scope: RowScope
    classes: frozenset[str]
    rights: Mapping[Right, Permission]
    sensitive: bool | None = None
    condition: str | None = None
    owned: bool = False
    withheld: frozenset[str] = frozenset()

    def covers(self, place: Place) -> bool:
        """Whether it is about a record at this place."""
        return self.holds(place) and self.grant.within(self.scope, place)

    def holds(self, place: Place) -> bool:
        """Whether its condition is met by a record at this place, wherever that is."""
        if self.owned and place.owner_id is None and not place.fresh:
            return False
        return self.condition is None or place.fresh or self.condition in place.conditions

    def about(self, column: Column) -> bool:
        """Whether it is about this field, fact or outcome."""
        if column.code in self.withheld or (self.sensitive is not None and self.sensitive is not column.sensitive):
            return False
        return "*" in self.classes or column.information_class in self.classes

    def gives(self, right: Right, column: Column) -> Permission:
        """What it gives of a field on the records that it covers. Nothing leaves on paper or in a file more openly than
        it is seen, unless a case approves it.
        """
        if not self.about(column):
            return Permission.NO
        permission, seen = self.rights.get(right, Permission.NO), self.rights.get(Right.SEE, Permission.NO)
        if seen is Permission.NO:
            return Permission.NO
        leaves = right in (Right.EXPORT, Right.PRINT) and permission is Permission.YES
        if leaves and (column.sensitive or seen is Permission.MASKED):
            permission = Permission.MASKED
        return permission if self.grant.role is None else capped(permission, right, column.display)


def capped(permission: Permission, right: Right, display: Display) -> Permission:
    """A permission as far as the class itself allows it: what is masked for everybody leaves in clear only after an
    approval, and what is never shown does not at all.
    """
    if permission is Permission.NO or right is Right.CHANGE or display is Display.AS_GRANTED:
        return permission
    if right is Right.REVEAL:
        return Permission.NO if display is Display.NEVER else permission
    if permission is Permission.APPROVAL and display is Display.MASKED:
        return permission
    return Permission.MASKED


def granted(viewer: Viewer, model: Model, record_type: str) -> tuple[Granted, ...]:
    """All that the viewer is granted of a record type, on some records at least."""
    kept = _kept(model, record_type)
    found: list[Granted] = []
    for grant in viewer.grants:
        if grant not in kept:
            if len(kept) >= _MOST:
                kept.clear()
            kept[grant] = tuple(_until_claimed(_of(grant, model, record_type), hidden(model, record_type)))
        found.extend(kept[grant])
    return tuple(found)


@per_model
def blocked(model: Model, record_type: str) -> tuple[Row, ...] | None:
    """The rows of the access blocks over a type; None where it has no access block, and roles alone decide."""
    rules = [rule for rule in model.blocks.access_rules.values() if rule.record_type == record_type]
    return tuple(row for rule in rules for row in rule.grants) if rules else None


@per_model
def hidden(model: Model, record_type: str) -> frozenset[str]:
    """The codes that pools over a type hide of records without an owner (认领前隐藏)."""
    found = [
        each.claiming.hidden
        for each in model.blocks.allocations.values()
        if each.record_type == record_type and each.claiming is not None
    ]
    return frozenset().union(*found)


def guarded(model: Model, record_type: str) -> bool:
    """Whether what somebody sees of a type is more than their role's classes say: rows of an access block, or a pool
    that hides something, have a part in it.
    """
    return blocked(model, record_type) is not None or bool(hidden(model, record_type))


def _until_claimed(found: Iterator[Granted], codes: frozenset[str]) -> Iterator[Granted]:
    """What is given of records that are somebody's, and what of all. Whoever shares out, and the system, see all."""
    for each in found:
        if not codes or each.grant.role is None or "allocate" in each.grant.operations:
            yield each
            continue
        yield replace(each, withheld=codes)
        yield replace(each, owned=True)


def narrower(one: RowScope, other: RowScope) -> RowScope:
    """The smaller of two scopes."""
    return min(one, other, key=_WIDTH.index)


@per_model
def _kept(model: Model, record_type: str) -> dict[Grant, tuple[Granted, ...]]:
    """What has been worked out for a record type, by appointment."""
    del model, record_type
    return {}


def _of(grant: Grant, model: Model, record_type: str) -> Iterator[Granted]:
    if grant.scope is RowScope.NONE or not grant.classes:
        return
    rows = blocked(model, record_type)
    if rows is None or grant.role is None:
        yield Granted(grant, grant.scope, grant.classes, _by_role(grant))
        return
    for row in rows:
        scope = grant.scope if row.scope is None else narrower(row.scope, grant.scope)
        classes = _both(row.information_class, grant.classes)
        if row.role == grant.role and classes and scope is not RowScope.NONE:
            column = None if row.condition is None else condition_column(row.condition_text)
            yield Granted(grant, scope, classes, row.rights, row.sensitive, column)


def _both(row: str, role: frozenset[str]) -> frozenset[str]:
    """The classes of a row that the role sees."""
    if row == "*":
        return role
    return frozenset({row}) if "*" in role or row in role else frozenset()


def _by_role(grant: Grant) -> Mapping[Right, Permission]:
    """The rights that a role gives where no access block speaks: to see its classes, to change them where it may edit,
    to print what it sees, to export where it may export, and originals within its scope for them.
    """
    rights = {Right.SEE: Permission.YES, Right.PRINT: Permission.YES}
    if "edit" in grant.operations:
        rights[Right.CHANGE] = Permission.YES
    if "export" in grant.operations:
        rights[Right.EXPORT] = Permission.YES
    if grant.reveal is not RowScope.NONE:
        rights[Right.REVEAL] = Permission.YES
    return MappingProxyType(rights)
