"""Who looks after what leaves the house: security administrators and auditors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.role import Separation
from keguan.runtime.access.rights import may
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer


def oversees(viewer: Viewer, *, changing: bool = False) -> bool:
    """Whether the viewer reads the register of permits and exports: security administrators, auditors, and whoever
    reads the ledger. ``changing``: whether they may also take permits back, which auditors do not.
    """
    roles = policies.current().model.roles
    held = {roles[code].separation for code in viewer.roles if code in roles}
    if Separation.SECURITY in held:
        return True
    return not changing and (Separation.AUDIT in held or may(viewer, "audit"))
