"""The people and units of a scenario, put into the database by the system's own actions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.auth.hashers import make_password

from keguan.rehearsal.stored import row
from keguan.runtime import clock
from keguan.runtime.access.viewer import system_viewer, viewer_for
from keguan.runtime.ledger.actions import SYSTEM, Actor
from keguan.runtime.org.actions import AddStaff, AddUnit, Appoint, AppointDeputy, NameHead
from keguan.runtime.org.signing_in import SignIn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.testing.staged.scenario import Person
    from keguan.runtime.access.viewer import Viewer

_NOBODY_SIGNS_IN = "!"
"""As Django stores the password of an account that has none."""

_AT_DESK = "在自己的桌前"
"""What somebody types who has to prove who they are."""


class Company:
    """Who there is. Units stand below one at the top, which stands for the company; they are made when first named."""

    def __init__(self, name: str) -> None:
        self.top = AddUnit(actor=SYSTEM, unit_name=name).run()
        self._units: dict[str, int] = {}
        self._people: dict[str, int] = {}

    def join(self, people: Iterable[Person]) -> None:
        """Let everybody join: first all of them, then what they are appointed to, then who stands in for whom."""
        people = tuple(people)
        for number, person in enumerate(people, 1):
            self._people[person.name] = AddStaff(
                actor=SYSTEM,
                username=self._username(number),
                staff_name=person.name,
                unit_id=self.unit(person.unit),
                encoded=_NOBODY_SIGNS_IN,
            ).run()
        for person in people:
            self._appoint(person)
        for person in people:
            for deputy in person.deputies:
                AppointDeputy(actor=SYSTEM, staff_id=self.id(person.name), deputy_id=self.id(deputy)).run()

    def _appoint(self, person: Person) -> None:
        staff_id = self.id(person.name)
        area = self.unit(person.area) if person.area else None
        for role in person.roles:
            Appoint(actor=SYSTEM, staff_id=staff_id, role=role, unit_id=area, since=clock.today()).run()
        if person.head:
            NameHead(actor=SYSTEM, unit_id=area or self.unit(person.unit), staff_id=staff_id).run()

    def unit(self, path: str) -> int:
        """The id of a unit: its name, or the names from the top down (``总部/江南``); empty: the top."""
        name = path.rpartition("/")[2]
        if not name:
            return self.top
        if name not in self._units:
            above = self.unit(path.rpartition("/")[0])
            self._units[name] = AddUnit(actor=SYSTEM, unit_name=name, parent_id=above).run()
        return self._units[name]

    def unit_name(self, unit_id: int | None) -> str:
        """What a unit is called; empty at the top and for none."""
        return next((name for name, each in self._units.items() if each == unit_id), "")

    def id(self, name: str) -> int:
        """Somebody's id. Raises ``KeyError``."""
        return self._people[name]

    def username(self, name: str) -> str:
        """With what somebody signs in. Raises ``ValueError``."""
        return self._username(list(self._people).index(name) + 1)

    def at_desk(self, name: str) -> tuple[int, str]:
        """The session of somebody who is signed in, and their password. Raises ``KeyError``."""
        encoded = make_password(_AT_DESK)
        apps.get_model("org.Staff").objects.filter(pk=self.id(name)).update(password=encoded)
        signed_in = SignIn(actor=Actor(None, "", "web"), username=self.username(name), password=_AT_DESK).run()
        return signed_in.session_id or 0, _AT_DESK

    def _username(self, number: int) -> str:
        return f"person{number}"

    def name(self, staff_id: int | None) -> str:
        """What somebody is called; empty for the system and for somebody from elsewhere."""
        return next((name for name, each in self._people.items() if each == staff_id), "")

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody, in the order in which they joined."""
        return tuple(self._people)

    @property
    def present(self) -> tuple[str, ...]:
        """Everybody whose account is open."""
        return tuple(name for name, each in self._people.items() if row("org.Staff", each)["is_active"])

    def viewer(self, name: str | None) -> Viewer:
        """Somebody looking and acting, None being the system, which belongs to the company as a whole."""
        return replace(system_viewer(), unit_id=self.top) if name is None else viewer_for(self.id(name))
