"""What the policy in force says about holding roles together, for ``runtime.org``, which stands below the policies."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING

from keguan.runtime.clock import today
from keguan.runtime.ledger.events import subscribe
from keguan.runtime.org import queries as org
from keguan.runtime.org import role_rules
from keguan.runtime.org.role_rules import NONE, RoleRules
from keguan.runtime.org.separating import separate, would_yield
from keguan.runtime.policies.events import Published
from keguan.runtime.policies.in_force import in_force_on

if TYPE_CHECKING:
    from datetime import date

    from keguan.language.model.model import Model, Role


def register() -> None:
    """Answer for the policy, and look again at who holds what whenever one is published."""
    role_rules.install(_in_force)
    subscribe(Published, _published)


def rules_of(model: Model) -> RoleRules:
    """What a model says: roles that exclude each other, two of the three administrators, and who gives roles."""
    pairs = list(combinations(model.roles.values(), 2))
    administrators = frozenset(_pair(one, other) for one, other in pairs if _two_of_three(one, other))
    return RoleRules(
        apart=administrators | {_pair(one, other) for one, other in pairs if other.code in one.excludes},
        administrators=administrators,
        confirmed=any("grant_roles" in role.operations for role in model.roles.values()),
        names=MappingProxyType({code: (role.label.zh, role.label.en) for code, role in model.roles.items()}),
    )


@dataclass(frozen=True, slots=True)
class RoleClash:
    """Somebody who would have two roles in hand that a policy has exclude each other; ``deputy``: as one who acts for
    somebody. The newer of the two, and always the deputyship, loses its effect when the policy comes into force.
    """

    name: str
    first: str
    second: str
    since: date
    deputy: bool


def role_clashes(model: Model) -> tuple[RoleClash, ...]:
    """Whom a policy would put into two of the three, or into roles that exclude each other. At most three queries."""
    said = rules_of(model)
    found = would_yield(said)
    names = org.learn_names({clash.staff_id for clash in found})
    return tuple(
        RoleClash(
            names[clash.staff_id],
            said.called(clash.roles[0]),
            said.called(clash.roles[1]),
            clash.since,
            any(kind == "deputy" for kind, _ in clash.keys),
        )
        for clash in found
    )


def _pair(one: Role, other: Role) -> frozenset[str]:
    return frozenset({one.code, other.code})


def _two_of_three(one: Role, other: Role) -> bool:
    return one.separation is not None and other.separation is not None and one.separation is not other.separation


def _in_force() -> RoleRules:
    """Of the policy in force today; nothing is forbidden while there is none."""
    found = in_force_on(today())
    return NONE if found is None else _by_digest(found.digest, found.model)


_memo: dict[str, RoleRules] = {}
"""Of the texts asked about last, by their digest: reading every pair of roles takes longer than a query."""


def _by_digest(digest: str, model: Model) -> RoleRules:
    known = _memo.get(digest)
    if known is None:
        _memo.clear()
        known = _memo[digest] = rules_of(model)
    return known


def _published(event: Published) -> None:
    del event
    separate()
