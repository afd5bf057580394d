"""What every change of records checks first: the type, the operation, the fields that may be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.language.model.model import FieldKind
from keguan.runtime.access.columns import Source, columns
from keguan.runtime.access.rights import may, sees
from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keguan.language.model.model import Model, RecordType
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


def unwritable(viewer: Viewer, model: Model, record_type: str, codes: Iterable[str], place: Place) -> dict[str, str]:
    """A sentence for each code that is no field, or whose class the viewer may not see: nobody writes blindly."""
    known = columns(model, record_type)
    errors: dict[str, str] = {}
    for code in codes:
        column = known.get(code)
        if column is None or column.source is not Source.FIELD or column.kind is FieldKind.PERIOD:
            errors[code] = _("这一项不能填写。")
        elif not sees(viewer, (column.information_class,), place):
            errors[code] = _("您无权查看这一类信息，所以不能填写。")
    return errors


def refuse(errors: Mapping[str, str]) -> None:
    """Raise ``Refused`` (``records.invalid``) when there are errors."""
    if errors:
        raise Refused("records.invalid", gettext_lazy("没有保存：有几项需要改正。"), dict(errors))


def clause_of(declared: RecordType) -> str:
    """The clause that declares a record type, as the ledger cites it."""
    return f"{declared.clause.pack}#{declared.clause.anchor}"
