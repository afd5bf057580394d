"""Reading the people of the company."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.ledger.refusal import Refused
from keguan.runtime.org.models import Staff
from keguan.runtime.org.queries.units import path_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class StaffCard:
    """A person of the company."""

    id: int
    username: str
    name: str
    unit_id: int
    unit_name: str
    unit_path: str
    is_active: bool
    language: str
    locked_until: datetime | None
    signed_in_at: datetime | None

    @property
    def locked(self) -> bool:
        """Whether sign-in is refused now because of failed attempts."""
        return self.locked_until is not None and self.locked_until > clock.now()


def staff_by_id(staff_id: int) -> StaffCard | None:
    """The person with this id, None when there is none. One query."""
    return next(map(_staff, _people().filter(pk=staff_id)), None)


def staff_by_username(username: str) -> StaffCard | None:
    """The person with this sign-in name, None when there is none. One query."""
    return next(map(_staff, _people().filter(username=username)), None)


def staff(unit_id: int | None = None) -> tuple[StaffCard, ...]:
    """Everybody, or everybody in a unit and below it, by unit and name. At most two queries."""
    people = _people().order_by("unit__path", "name", "id")
    if unit_id is not None:
        people = people.filter(unit__path__startswith=path_of(unit_id))
    return tuple(map(_staff, people))


@dataclass(frozen=True, slots=True)
class StaffPage:
    """People by name; ``after`` continues the list, None at its end."""

    cards: tuple[StaffCard, ...]
    after: tuple[str, int] | None


def staff_page(
    text: str = "",
    unit_id: int | None = None,
    *,
    active: bool | None = None,
    after: tuple[str, int] | None = None,
    most: int = 50,
) -> StaffPage:
    """People by name and id: with this in their name or sign-in name, of a unit and below it, with open accounts or
    closed ones (None: both). At most two queries.
    """
    people = _people().order_by("name", "id")
    if text:
        people = people.filter(Q(name__icontains=text) | Q(username__icontains=text))
    if unit_id is not None:
        people = people.filter(unit__path__startswith=path_of(unit_id))
    if active is not None:
        people = people.filter(is_active=active)
    if after is not None:
        people = people.filter(Q(name__gt=after[0]) | Q(name=after[0], id__gt=after[1]))
    found = tuple(map(_staff, people[: most + 1]))
    shown = found[:most]
    return StaffPage(shown, (shown[-1].name, shown[-1].id) if len(found) > most else None)


def names(staff_ids: Iterable[int]) -> dict[int, str]:
    """The names of these people by id. One query."""
    return dict(Staff.objects.filter(pk__in=set(staff_ids)).values_list("id", "name"))


def units_of(staff_ids: Iterable[int]) -> dict[int, int]:
    """The units of these people by their ids. One query."""
    return dict(Staff.objects.filter(pk__in=set(staff_ids)).values_list("id", "unit_id"))


def staff_found(
    text: str, most: int, unit_id: int | None = None, among: Collection[int] | None = None
) -> tuple[StaffCard, ...]:
    """People with open accounts whose name or sign-in name has this in it, by name; at most so many, of exactly this
    unit where one is named, and of those ``among`` these ids where they are given. One query.
    """
    people = _people().filter(is_active=True).order_by("name", "id")
    if unit_id is not None:
        people = people.filter(unit_id=unit_id)
    if among is not None:
        people = people.filter(id__in=among)
    if text:
        people = people.filter(Q(name__icontains=text) | Q(username__icontains=text))
    return tuple(map(_staff, people[:most]))


def staff_named(texts: Iterable[str]) -> frozenset[int]:
    """The ids of everybody whose name or sign-in name is one of these texts. One query."""
    given = set(texts)
    return frozenset(Staff.objects.filter(Q(name__in=given) | Q(username__in=given)).values_list("id", flat=True))


def active_staff(staff_id: int) -> StaffCard:
    """The person with this id. Raises ``Refused`` when there is none or the account is closed. One query."""
    person = staff_by_id(staff_id)
    if person is None or not person.is_active:
        raise Refused("org.no_account", _("这个账号不存在或已停用，请重新登录或联系系统管理员。"))
    return person


def _people() -> QuerySet[Staff]:
    return Staff.objects.select_related("unit")


def _staff(person: Staff) -> StaffCard:
    return StaffCard(
        person.pk,
        person.username,
        person.name,
        person.unit_id,
        person.unit.name,
        person.unit.path,
        person.is_active,
        person.language,
        person.locked_until,
        person.signed_in_at,
    )
