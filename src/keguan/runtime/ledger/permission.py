"""May this actor do this operation? The answer is access's; the question is asked here, so that no door forgets it.

``runtime.access`` installs the guard when it starts. Without a guard, people are refused (fail closed).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.runtime.ledger.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.runtime.ledger.actor import Actor

_guard: Callable[[Actor, str], bool] | None = None


def install(guard: Callable[[Actor, str], bool] | None) -> Callable[[Actor, str], bool] | None:
    """Make ``guard(actor, operation)`` the judge and return the one before. Called in ``AppConfig.ready``."""
    global _guard
    before, _guard = _guard, guard
    return before


def require(actor: Actor, operation: str) -> None:
    """Raise ``Refused`` (``not_permitted``) unless the actor may do the operation (codes of the policy language).

    The system and the command line may: whoever has a shell on the server has the database anyway.
    """
    if actor.staff_id is None and actor.via in {"system", "cli"}:
        return
    if _guard is None or not _guard(actor, operation):
        raise Refused("not_permitted", _("您的角色没有办理此事的权限；如确有需要，请联系系统管理员。"))
