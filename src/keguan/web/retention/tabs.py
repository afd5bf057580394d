"""The tabs of retention, and where a clause stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from keguan.runtime.access.rights import may

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer

Tab = tuple[str, str, str, bool]


def tabs(viewer: Viewer, current: str) -> list[Tab]:
    """The pages that this viewer may open: label, address, no count, whether it is this one."""
    found = [("overview", _("到期")), ("batches", _("批次")), ("holds", _("封存")), ("list", _("销毁清册"))]
    if may(viewer, "dispose") or may(viewer, "audit"):
        found.insert(3, ("stored", _("只存")))
    return [(label, reverse(f"retention:{name}"), "", name == current) for name, label in found]


def clause_url(clause: str) -> str:
    """Where a clause, cited as ``pack#anchor``, can be read; empty for none."""
    pack, _mark, anchor = clause.partition("#")
    return f"{reverse('policies:document', args=[pack])}#{anchor}" if pack else ""


def further(address: str, following: str) -> str:
    """The address of the next page; empty on the last."""
    return f"{address}?after={following}" if following else ""
