"""Reading the tree of units."""

from __future__ import annotations

from dataclasses import dataclass

from keguan.runtime.org.models import Unit


@dataclass(frozen=True, slots=True)
class UnitCard:
    """A unit of the company; ``depth`` is 1 at the top."""

    id: int
    name: str
    parent_id: int | None
    path: str

    @property
    def depth(self) -> int:
        """How far down the tree it stands."""
        return self.path.count("/") - 1


def company() -> UnitCard | None:
    """The unit at the top, whose name is the company's; None before anything is set up. One query."""
    return next(map(_unit, Unit.objects.filter(parent=None).order_by("pk")[:1]), None)


def unit_by_id(unit_id: int) -> UnitCard | None:
    """The unit with this id, None when there is none. One query."""
    return next(map(_unit, Unit.objects.filter(pk=unit_id)), None)


def unit_by_name(name: str) -> UnitCard | None:
    """The unit with this name, None when there is none or more than one. One query."""
    found = [_unit(unit) for unit in Unit.objects.filter(name=name)[:2]]
    return found[0] if len(found) == 1 else None


def units() -> tuple[UnitCard, ...]:
    """All units, each after the one above it. One query."""
    return tuple(sorted(map(_unit, Unit.objects.all()), key=_place))


def subtree(unit_id: int) -> frozenset[int]:
    """The ids of the unit and of all units below it; empty for an unknown unit. Two queries."""
    return frozenset(Unit.objects.filter(path__startswith=path_of(unit_id)).values_list("id", flat=True))


def path_of(unit_id: int) -> str:
    """The path of a unit; of an unknown one a path that nothing starts with."""
    return Unit.objects.filter(pk=unit_id).values_list("path", flat=True).first() or "-"


def _place(unit: UnitCard) -> tuple[int, ...]:
    return tuple(int(step) for step in unit.path.strip("/").split("/"))


def _unit(unit: Unit) -> UnitCard:
    return UnitCard(unit.pk, unit.name, unit.parent_id, unit.path)
