"""What every change of records checks first: the type, the operation, the fields that may be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.language.model.access import Permission, Right
from keguan.language.model.granting import GrantedRight
from keguan.language.model.model import FieldKind
from keguan.runtime.access.columns import Source, columns
from keguan.runtime.access.permits_door import permitted
from keguan.runtime.access.rights import may, permission
from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keguan.language.model.model import Model, RecordType
    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.viewer import Place, Viewer


def declared_type(model: Model, record_type: str) -> RecordType:
    """The record type, if people write its records: a period's are made by the system. Raises ``Refused``."""
    declared = model.record_types.get(record_type)
    if declared is None:
        raise Refused("records.type", gettext_lazy("没有这类档案，或者您无权查看。"))
    if declared.cadence is not None:
        raise Refused("records.periodic", gettext_lazy("这类档案由系统按期生成，不能手工新建或修改。"))
    return declared


def require(viewer: Viewer, operations: Iterable[str], place: Place) -> None:
    """Refuse unless one of the operations is granted for records at this place. Raises ``Refused``."""
    if not any(may(viewer, each, place) for each in operations):
        raise Refused("records.not_permitted", gettext_lazy("您的岗位没有办理此事的权限，或者这份档案不归您管辖。"))


def require_edit(viewer: Viewer, model: Model, record_type: str, codes: Iterable[str], place: Place, of: int) -> None:
    """Refuse a change unless the viewer may change records at this place, or an approved case lets them change all of
    these fields of this very record. Raises ``Refused``.
    """
    asked = tuple(codes)
    if may(viewer, "edit", place) or (
        asked and all(_granted(viewer, model, record_type, each, place, of) for each in asked)
    ):
        return
    require(viewer, ("edit",), place)


def changeable(viewer: Viewer, model: Model, record_type: str, code: str, place: Place, record_id: int) -> bool:
    """Whether the viewer may change a field of the record at this place now."""
    return permitted(viewer, record_type, code, Right.CHANGE, place, record_id, model) is Permission.YES


def verifiable(viewer: Viewer, model: Model, record_type: str, place: Place, record_id: int) -> bool:
    """Whether the viewer may say of the record that all of it was found true: whoever may change the field that keeps
    the day (核实).
    """
    verified = model.record_types[record_type].verified
    return verified is not None and changeable(viewer, model, record_type, verified, place, record_id)


def unwritable(
    viewer: Viewer,
    model: Model,
    record_type: str,
    codes: Iterable[str],
    place: Place,
    record_id: int | None = None,
    *,
    files: bool = False,
) -> dict[str, str]:
    """A sentence for each code that is no field, that the viewer may not see (nobody writes blindly), or may not change
    on the record with this id. On a new record (None) whoever may file it fills in what they may see. The codes are of
    what is typed, or with ``files`` of attachments.
    """
    known = columns(model, record_type)
    errors: dict[str, str] = {}
    for code in codes:
        column = known.get(code)
        filled = column is not None and column.source is Source.FIELD
        if column is None or not filled or model.record_types[record_type].field(code).by_system:
            errors[code] = _("这一项不能填写。")
        elif column.kind is FieldKind.ATTACHMENT and not files:
            errors[code] = _("这一项是附件：请上传文件，不能填写。")
        elif permission(viewer, record_type, code, Right.SEE, place, model) is Permission.NO:
            errors[code] = _("您无权查看这一类信息，所以不能填写。")
        elif record_id is not None:
            found = permitted(viewer, record_type, code, Right.CHANGE, place, record_id, model)
            if found is not Permission.YES:
                errors[code] = _unchangeable(viewer, model, record_type, column, found)
    return errors


def _granted(viewer: Viewer, model: Model, record_type: str, code: str, place: Place, record_id: int) -> bool:
    """Whether an approved case lets the viewer change a field that they otherwise may not."""
    if code not in columns(model, record_type):
        return False
    before = permission(viewer, record_type, code, Right.CHANGE, place, model)
    return before is Permission.APPROVAL and changeable(viewer, model, record_type, code, place, record_id)


def _unchangeable(viewer: Viewer, model: Model, record_type: str, column: Column, found: Permission) -> str:
    label = column.label.text(viewer.language)
    if found is not Permission.APPROVAL:
        return _("您的岗位不能修改“%(label)s”。") % {"label": label}
    granting = [
        each.label.text(viewer.language)
        for each in model.blocks.processes.values()
        if each.grants_right(GrantedRight.CHANGE, record_type)
    ]
    if not granting:
        return _("修改“%(label)s”须经审批，而制度没有办理这种审批的流程。请联系制度管理人员。") % {"label": label}
    names = _("、").join(granting)
    return _("修改“%(label)s”须经审批：请先办理“%(process)s”，批准后再改。") % {"label": label, "process": names}


def refuse(errors: Mapping[str, str]) -> None:
    """Raise ``Refused`` (``records.invalid``) when there are errors."""
    if errors:
        raise Refused("records.invalid", gettext_lazy("没有保存：有几项需要改正。"), dict(errors))


def clause_of(declared: RecordType) -> str:
    """The clause that declares a record type, as the ledger cites it."""
    return f"{declared.clause.pack}#{declared.clause.anchor}"
