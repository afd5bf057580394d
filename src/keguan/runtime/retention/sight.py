"""Who may look at what is kept, due and destroyed: those who dispose, those who hold, and auditors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.language.model.naming import LARGEST_ID
from keguan.runtime.access.rights import may
from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer

OPERATIONS = ("dispose", "audit", "hold")


def looks(viewer: Viewer) -> bool:
    """Whether the viewer sees the pages of retention at all."""
    return any(may(viewer, each) for each in OPERATIONS)


def require_sight(viewer: Viewer) -> None:
    """Refuse everybody else. Raises ``Refused``."""
    if not looks(viewer):
        raise Refused("retention.not_permitted", _("您的岗位不办理档案的保存与销毁。"))


def sees_aside(viewer: Viewer) -> bool:
    """Whether the viewer sees records that are only stored."""
    return may(viewer, "dispose") or may(viewer, "audit")


def cursor(after: str) -> int | None:
    """The id from which a page goes on; None for the first. Raises ``Refused`` for a damaged one."""
    if not after:
        return None
    if not after.isascii() or not after.isdigit() or int(after) > LARGEST_ID:
        raise Refused("retention.place", _("这个翻页位置已经失效，请回到第一页。"))
    return int(after)
