"""The named cast of the tests: 云岭置地, its head office and two branches, and seven people everybody knows.

林晓 sells in the 江南 branch and 赵启 supervises her there; 方明 sells in the 滨海 branch and must not see hers.
周敏 manages customer service at the head office and publishes the policy; 许可 keeps the records there.
何审 audits; 管理 administers and sees no customer at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from keguan.runtime.ledger.actions import SYSTEM, Actor
from keguan.runtime.org.actions import AddStaff, AddUnit, Appoint

PASSWORD = "cloud-ridge-2026"
SINCE = date(2026, 1, 1)

HEAD_OFFICE, JIANGNAN, BINHAI = "云岭置地", "江南分公司", "滨海分公司"


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast."""

    id: int
    username: str
    name: str
    role: str
    unit_id: int

    @property
    def actor(self) -> Actor:
        """Them, acting in the browser."""
        return Actor(self.id, self.name, "web")


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, by a short name, and the units by name."""

    units: dict[str, int]
    lin_xiao: Member
    zhao_qi: Member
    zhou_min: Member
    xu_ke: Member
    fang_ming: Member
    he_shen: Member
    guan_li: Member


_PEOPLE = (
    ("lin_xiao", "林晓", "salesperson", JIANGNAN),
    ("zhao_qi", "赵启", "sales_supervisor", JIANGNAN),
    ("zhou_min", "周敏", "service_manager", HEAD_OFFICE),
    ("xu_ke", "许可", "service_specialist", HEAD_OFFICE),
    ("fang_ming", "方明", "salesperson", BINHAI),
    ("he_shen", "何审", "auditor", HEAD_OFFICE),
    ("guan_li", "管理", "system_administrator", HEAD_OFFICE),
)


def assemble() -> Cast:
    """Add the units, the people and their appointments through the system's own actions."""
    top = AddUnit(actor=SYSTEM, unit_name=HEAD_OFFICE).run()
    units = {HEAD_OFFICE: top}
    for name in (JIANGNAN, BINHAI):
        units[name] = AddUnit(actor=SYSTEM, unit_name=name, parent_id=top).run()
    return Cast(units=units, **{person[0]: _join(*person, units) for person in _PEOPLE})


def _join(username: str, name: str, role: str, unit: str, units: dict[str, int]) -> Member:
    staff_id = AddStaff(actor=SYSTEM, username=username, staff_name=name, unit_id=units[unit], password=PASSWORD).run()
    Appoint(actor=SYSTEM, staff_id=staff_id, role=role, since=SINCE).run()
    return Member(staff_id, username, name, role, units[unit])
