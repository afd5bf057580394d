"""Who may change a case from outside its steps: whoever may manage cases (管理案件) there, and the heads above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.runtime.access.rights import may
from keguan.runtime.access.viewer import Place
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.processes.barring import recused

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.standing import Standing

OPERATION = "manage_cases"


def manages(standing: Standing, viewer: Viewer) -> bool:
    """Whether the viewer may: by a role with the operation, as a head above the case's unit, or as a head's deputy.

    Never somebody whom the case is about. At most five queries.
    """
    case, staff_id = standing.case, viewer.staff_id
    if staff_id is not None and staff_id in recused(standing):
        return False
    if may(viewer, OPERATION, Place(case.owner_id, case.unit_id)):
        return True
    heads = set(org.heads_over(case.unit_id))
    return staff_id is not None and bool(heads) and bool(heads & {staff_id, *org.stands_in_for(staff_id)})


def require_managing(standing: Standing, viewer: Viewer) -> None:
    """Raise ``Refused`` (``cases.not_manager``) unless the viewer ``manages`` the case."""
    if not manages(standing, viewer):
        raise Refused(
            "cases.not_manager", _("这件事由部门负责人或有“管理案件”权限的岗位办理；要回避这个案件的人也不能办。")
        )
