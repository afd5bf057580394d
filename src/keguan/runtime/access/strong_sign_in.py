"""Who has to have a second factor, by what their roles allow and by ``settings.SECOND_FACTOR``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from keguan.language.model.model import RowScope
from keguan.runtime.ledger.refusal import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from keguan.language.model.model import Role


def needs_factor(staff_id: int) -> bool:
    """Whether a role that the person holds today demands it. No query where nobody or everybody has to.

    ``separated``: the three administrators (三员; GB/T 22239-2019, 8.1.4.1 asks for two factors). ``sensitive``: also
    whoever may see originals or export.
    """
    wanted: str = settings.SECOND_FACTOR
    if wanted in {"none", "all"}:
        return wanted == "all"
    try:
        roles = policies.current().model.roles
    except Refused:
        return False
    held = (roles[each.role] for each in org.appointments_of(staff_id) if each.role in roles)
    return any(_demands(role, wanted) for role in held)


def _demands(role: Role, wanted: str) -> bool:
    if role.separation is not None:
        return True
    return wanted == "sensitive" and (role.reveal is not RowScope.NONE or "export" in role.operations)
