"""Who is looking, with what their roles grant them where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from keguan.language.model.conditions import is_condition
from keguan.language.model.model import RowScope
from keguan.language.model.operations import OPERATIONS
from keguan.runtime.ledger.actions import Actor
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from keguan.language.model.model import Role

Via = Literal["web", "api", "cli", "portal", "system"]

READING = "@"
"""What a reading (``disclosure``) begins with: no class is called so, and no role is granted one."""

OUTSIDER = "网上客户"
"""A customer on the portal, as ledger and cases name them: who they say they are stands in what they filled in."""


@dataclass(frozen=True, slots=True)
class Place:
    """Whose a record is: what a scope is measured against.

    ``conditions`` are the columns of those conditions of access rows that hold for it. A place made without them is
    one for which none is known to hold. ``fresh``: the record is being made, so that no condition can speak of it yet.
    """

    owner_id: int | None
    unit_id: int | None
    conditions: frozenset[str] = frozenset()
    fresh: bool = False


def place_of(row: Mapping[str, Any]) -> Place:
    """Where a stored row stands, by its columns; they are to hold those that ``columns.place_columns`` names."""
    met = frozenset(name for name, value in row.items() if value and is_condition(name))
    return Place(row["owner_id"], row["unit_id"], met)


@dataclass(frozen=True, slots=True)
class Grant:
    """What one appointment gives: these classes and operations, within this scope. A record's field is seen only if
    one single grant covers both the record and the field's class.
    """

    scope: RowScope
    reveal: RowScope
    classes: frozenset[str]
    operations: frozenset[str]
    staff_id: int | None
    unit_ids: frozenset[int]
    role: str | None = None
    """The role appointed to; None for the system's own, which no access block bounds."""

    def sees(self, information_class: str) -> bool:
        """Whether the class is among those granted."""
        return information_class in self.classes or ("*" in self.classes and not information_class.startswith(READING))

    def covers(self, place: Place) -> bool:
        """Whether a record at this place is within reach."""
        return self.within(self.scope, place)

    def reveals(self, place: Place) -> bool:
        """Whether sensitive values of a record at this place may be shown in full, for a reason."""
        return self.covers(place) and self.within(self.reveal, place)

    def within(self, scope: RowScope, place: Place) -> bool:
        """Whether this scope of whoever holds the grant covers the place."""
        if scope is RowScope.ALL:
            return True
        if scope is RowScope.OWN:
            return self.staff_id is not None and place.owner_id == self.staff_id
        return scope is RowScope.UNIT and place.unit_id in self.unit_ids


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person (or the system itself) looking through one door. ``language`` is ``zh`` or ``en``."""

    staff_id: int | None
    name: str
    language: str
    via: Via
    roles: tuple[str, ...]
    grants: tuple[Grant, ...]
    unit_id: int | None = None
    unit_name: str = ""

    @property
    def actor(self) -> Actor:
        """The same person as the ledger names them."""
        return Actor(staff_id=self.staff_id, name=self.name, via=self.via)


def viewer_for(staff_id: int, via: Via = "web") -> Viewer:
    """The viewer behind a member of staff today, by their appointments and the policy in force.

    Raises ``Refused`` when the person does not exist or may not sign in.
    """
    staff = org.active_staff(staff_id)
    roles = policies.current().model.roles
    appointments = org.appointments_of(staff_id)
    return Viewer(
        staff_id=staff_id,
        name=staff.name,
        language=staff.language,
        via=via,
        roles=tuple(dict.fromkeys(each.role for each in appointments)),
        grants=tuple(grant(roles[each.role], staff_id, each.unit_ids) for each in appointments if each.role in roles),
        unit_id=staff.unit_id,
        unit_name=staff.unit_name,
    )


def outsider(language: str = "zh") -> Viewer:
    """Whoever fills in or looks at the customers' own pages: nobody of the house, and nobody known.

    What they may do is said by the action or query that takes them, each of which asks the policy first; so their
    grants are the system's: it is the system that files and begins for them.
    """
    return system_viewer("portal", OUTSIDER, language)


def grant(role: Role, staff_id: int | None, unit_ids: Iterable[int]) -> Grant:
    """What a role gives to someone appointed to it for some units."""
    units = frozenset(unit_ids)
    return Grant(role.scope, role.reveal, role.classes, role.operations, staff_id, units, role.code)


def system_viewer(via: Via = "system", name: str = "系统", language: str = "zh") -> Viewer:
    """The system acting by itself (set-up, command line): reaches every record, reveals nothing."""
    everything = Grant(RowScope.ALL, RowScope.NONE, frozenset("*"), frozenset(OPERATIONS), None, frozenset())
    return Viewer(None, name, language, via, (), (everything,))
