"""One customer of whom every kind of information has a value that is told from all others, and people of every role."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.test import Client

from keguan.language.model.model import RowScope
from keguan.runtime.access.viewer import Viewer, viewer_for
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.org.actions import AddStaff, Appoint
from keguan.runtime.org.models import Staff
from keguan.runtime.policies.queries import current
from keguan.runtime.records.actions import Create, Update
from tests.cast import JIANGNAN, PASSWORD, SINCE, Cast

if TYPE_CHECKING:
    from keguan.language.model.model import Role

ID_NUMBER, PHONE = "11010519491231002X", "13912345678"


@dataclass(frozen=True)
class Secret:
    """A value of one information class: how it looks in clear (any of these), and masked."""

    information_class: str
    sensitive: bool
    clear: tuple[str, ...]
    masked: str = ""

    @property
    def heading(self) -> str:
        """Its column in the published matrix."""
        return f"{self.information_class}{'（敏感）' if self.sensitive else ''}"

    def seen_in(self, text: str) -> str:
        """``plain`` (``full`` for a sensitive value), ``masked`` or nothing at all (``–``)."""
        if any(form in text for form in self.clear):
            return "full" if self.sensitive else "plain"
        return "masked" if self.masked and self.masked in text else "–"


SECRETS = (
    Secret("身份", False, ("秦未央", "秦未英")),
    Secret("身份", True, (ID_NUMBER,), "110***********002X"),
    Secret("联系", True, (PHONE, "139 1234 5678"), "139****5678"),
    Secret("来往", False, ("暗号龙井", "拜访暗号")),
    Secret("交易", False, ("HT-秘-77", "61,234,567", "6,123.4567", "6123456700", "61234567")),
    Secret("等级", False, ("钻石卡",)),
)


@dataclass(frozen=True)
class Person:
    """Someone who looks: ``who`` in the matrix, their role, and how the customer stands to them."""

    who: str
    staff_id: int
    role: Role
    own: bool = False
    elsewhere: bool = False

    @property
    def viewer(self) -> Viewer:
        """Them, looking in the browser."""
        return viewer_for(self.staff_id)

    @property
    def client(self) -> Client:
        """Their browser."""
        client = Client()
        client.force_login(Staff.objects.get(pk=self.staff_id), backend="keguan.runtime.org.backend.StaffBackend")
        return client

    def reaches(self, scope: RowScope) -> bool:
        """Whether this scope of theirs covers the customer."""
        if scope is RowScope.ALL:
            return True
        return self.own if scope is RowScope.OWN else scope is RowScope.UNIT and not self.elsewhere

    def may_see(self, secret: Secret) -> bool:
        """Whether the policy lets them see the class of this secret on this customer."""
        granted = secret.information_class in self.role.classes or "*" in self.role.classes
        return granted and self.reaches(self.role.scope)

    def may_reveal(self, secret: Secret) -> bool:
        """Whether the policy lets them see it in full, for a reason."""
        return self.may_see(secret) and self.reaches(self.role.reveal)


@dataclass
class World:
    """The customer and those who look."""

    cast: Cast
    customer: int = 0
    contract: int = 0
    people: list[Person] = field(default_factory=list)


def make_world(cast: Cast) -> World:
    """File the customer as 林晓's of the 江南 branch, with a contract, a visit and a history; appoint everybody."""
    world = World(cast)
    owner, keeper = viewer_for(cast.lin_xiao.id), viewer_for(cast.zhou_min.id)
    values = {
        "name": "秦未英", "customer_kind": "个人", "phone": PHONE, "id_number": ID_NUMBER, "traits": "暗号龙井",
        "intends": "是",
    }  # fmt: skip
    world.customer = Create(viewer=owner, record_type="customer", values=values).run()
    world.contract = Create(
        viewer=keeper,
        record_type="purchase_contract",
        values={
            "contract_number": "HT-秘-77", "customer": world.customer, "amount": "61234567", "signed_on": "2026-03-02",
            "contract_status": "履行中", "property_kind": "洋房", "unit_sold": "1-101", "discount": "95%",
        },
    ).run()  # fmt: skip
    visit = {"customer": world.customer, "visited_on": "2026-11-20", "purpose": "拜访暗号"}
    Create(viewer=owner, record_type="visit", values=visit).run()
    Update(viewer=owner, record_type="customer", id=world.customer, version=1, values={"name": "秦未央"}).run()
    Update(
        viewer=keeper, record_type="purchase_contract", id=world.contract, version=1, values={"unit_sold": "1-102"}
    ).run()
    roles = current().model.roles
    world.people.append(Person("销售员（本人的客户）", cast.lin_xiao.id, roles["salesperson"], own=True))
    for code, role in roles.items():
        world.people.append(Person(role.label.zh, _appointed(cast, code), role))
    world.people.append(Person("销售员（外部门）", cast.fang_ming.id, roles["salesperson"], elsewhere=True))
    return world


def _appointed(cast: Cast, role: str) -> int:
    staff_id = AddStaff(
        actor=SYSTEM,
        username=f"looks_as_{role}",
        staff_name=f"观察员{role}",
        unit_id=cast.units[JIANGNAN],
        password=PASSWORD,
    ).run()
    Appoint(actor=SYSTEM, staff_id=staff_id, role=role, since=SINCE).run()
    return staff_id
