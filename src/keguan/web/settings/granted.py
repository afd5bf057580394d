"""What a role gives, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from keguan.language.model.model import RowScope
from keguan.language.model.operations import OPERATIONS
from keguan.language.model.role import Separation

if TYPE_CHECKING:
    from typing import Any

    from keguan.language.model.model import Role


def granted(role: Role, language: str) -> dict[str, Any]:
    """Its label, which records, whose originals, which classes, what may be done, which of the three, the clause."""
    scopes = {
        RowScope.OWN: gettext("本人"),
        RowScope.UNIT: gettext("本部门及下级"),
        RowScope.ALL: gettext("全部"),
        RowScope.NONE: gettext("无"),
    }
    separations = {
        Separation.SYSTEM: gettext("三员：系统管理"),
        Separation.SECURITY: gettext("三员：安全管理"),
        Separation.AUDIT: gettext("三员：审计管理"),
    }
    classes = [gettext("全部") if each == "*" else each for each in sorted(role.classes)]
    return {
        "label": role.label.text(language),
        "scope": scopes[role.scope],
        "reveal": scopes[role.reveal],
        "classes": gettext("、").join(classes),
        "operations": gettext("、").join(
            OPERATIONS[code][0 if language == "zh" else 1] for code in OPERATIONS if code in role.operations
        ),
        "separation": "" if role.separation is None else separations[role.separation],
        "clause": role.clause,
    }
