"""Whose an import is, and the file behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.language.model.access import Right
from keguan.language.model.model import RowScope
from keguan.runtime.access import rights
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.viewer import Viewer, system_viewer, viewer_for
from keguan.runtime.imports import uploads
from keguan.runtime.imports.models import Import
from keguan.runtime.imports.workbook.opening import open_workbook
from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from keguan.runtime.imports.mapping.targets import Target
    from keguan.runtime.imports.workbook.sheet import Sheet


def owned(viewer: Viewer, import_id: int, *, lock: bool = False) -> Import:
    """The import, if it is the viewer's own (the command line's and the system's are anyone's with a shell).

    Raises ``Refused``.
    """
    found = (Import.objects.select_for_update() if lock else Import.objects).filter(pk=import_id).first()
    if found is None or (viewer.staff_id is not None and found.by_id != viewer.staff_id):
        raise Refused("imports.not_found", gettext_lazy("没有这次导入，或者它不是您发起的。"))
    return found


def seen_by(viewer: Viewer) -> QuerySet[Import]:
    """The imports that a viewer may see: their own, and those of the people within their reach as importers."""
    if any(grant.scope is RowScope.ALL for grant in viewer.grants if "import" in grant.operations):
        return Import.objects.all()
    units = {
        unit
        for grant in viewer.grants
        if "import" in grant.operations and grant.scope is RowScope.UNIT
        for unit in grant.unit_ids
    }
    return Import.objects.filter(Q(by_id=viewer.staff_id) | Q(by_unit_id__in=units))


def visible(viewer: Viewer, import_id: int) -> Import:
    """The import, if the viewer may see it. Raises ``Refused``."""
    found = seen_by(viewer).filter(pk=import_id).first() if rights.may(viewer, "import") else None
    if found is None:
        raise Refused("imports.not_found", gettext_lazy("没有这次导入，或者您无权查看。"))
    return found


def importer(stored: Import) -> Viewer:
    """Who imports, with the rights of today: a job acts for whoever started it. Raises ``Refused``."""
    if stored.by_id is None:
        return system_viewer("cli", stored.by_name, stored.language)
    return viewer_for(stored.by_id, "system")


def sheet_of(stored: Import) -> Sheet:
    """The sheet of the import, read anew from the upload. Raises ``Refused``."""
    if not stored.file:
        raise Refused("imports.file_gone", gettext_lazy("上传的文件已经用完并销毁了。请重新上传同一个文件。"))
    return open_workbook(uploads.load(stored.file)).read(stored.mapping["sheet"])


def require_writable(viewer: Viewer, record_type: str, used: Iterable[str | None], targets: Sequence[Target]) -> None:
    """Nobody writes what they may not read. Raises ``Refused`` naming the columns."""
    codes = set(used)
    importing = replace(viewer, grants=tuple(grant for grant in viewer.grants if "import" in grant.operations))
    hidden = [
        target.label.text(viewer.language)
        for target in targets
        if target.code in codes
        and target.field is not None
        and target.field.code
        not in rights.allowed(importing, _type_of(target, record_type), Right.SEE, Exit.IMPORT_ERRORS)
    ]
    if hidden:
        raise Refused(
            "imports.not_writable",
            _("您无权查看“%(columns)s”这类信息，所以不能导入它们。请把这些列设为不导入，或请有权限的同事导入。")
            % {"columns": "”“".join(hidden)},
        )


def _type_of(target: Target, record_type: str) -> str:
    """The type of record that a column's field belongs to: the imported one, or one that it refers to."""
    return record_type if target.reference is None else str(target.reference.target)


def require_importer(viewer: Viewer) -> None:
    """Raises ``Refused`` unless the viewer may import at all."""
    if not rights.may(viewer, "import"):
        raise Refused("not_permitted", gettext_lazy("您的角色没有导入档案的权限；如确有需要，请联系系统管理员。"))
