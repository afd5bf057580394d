"""Records that are already there under another name: equal in a field that the policy names for it (查重)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from keguan.language.model.naming import blind_index_column
from keguan.runtime.access.disclosure import disclosed
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.present import Sight
from keguan.runtime.access.rights import sees
from keguan.runtime.access.viewer import place_of
from keguan.runtime.records.classes import attribute, rows_of
from keguan.runtime.records.encoding import column_names, encoder
from keguan.runtime.records.shown_rows import rows_by_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.model import Model
    from keguan.runtime.access.sealed_values import Value
    from keguan.runtime.access.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A record that is there already, as far as the viewer may know: ``id`` is None outside their scope. ``sentence``
    tells by which field, and what to do.
    """

    field: str
    id: int | None
    sentence: str


def find_duplicates(
    model: Model, record_type: str, values: Mapping[str, Value | None], *, but: int | None = None
) -> tuple[tuple[str, int], ...]:
    """(field, record id) of each duplicate, the oldest for each field; for the runtime's own use. One query a field."""
    declared = model.record_types[record_type]
    table = rows_of(model, record_type).exclude(id=but)
    found: list[tuple[str, int]] = []
    for code in declared.duplicates:
        value = values.get(code)
        if value is None:
            continue
        field = declared.field(code)
        if field.sensitive:
            indexes = encoder(model, record_type).indexes(field, value)
            condition = Q(**{f"{attribute(blind_index_column(code))}__in": indexes})
        else:
            condition = Q(**{attribute(column_names(field)[0]): value})
        hit = table.filter(condition).order_by("id").values_list("id", flat=True).first()
        if hit is not None:
            found.append((code, hit))
    return tuple(found)


def shown_duplicates(
    viewer: Viewer, model: Model, record_type: str, found: tuple[tuple[str, int], ...]
) -> tuple[Duplicate, ...]:
    """Duplicates in sentences. Of one outside the viewer's scope nothing is told but that it is there. One query."""
    if not found:
        return ()
    declared = model.record_types[record_type]
    rows = {row["id"]: row for row in rows_by_id(model, record_type, {each for _code, each in found}, ())}
    sight = Sight(viewer, record_type, Exit.DUPLICATE_HINT, (declared.title,), model)
    told = []
    for code, record_id in found:
        label = declared.field(code).label.text(viewer.language)
        names = {"type": declared.label.text(viewer.language), "field": label, "id": record_id}
        row = rows[record_id]
        place = place_of(row)
        if not sees(viewer, (disclosed(model, record_type, code),), place, model):
            sentence = (
                _("已有一份%(type)s的%(field)s与此相同，但它不在您的可见范围内。请联系客服部门核对，不要另建。") % names
            )
            told.append(Duplicate(code, None, sentence))
            continue
        title = sight.show(row)[declared.title]
        names["title"] = title.text if title.state == "plain" else f"#{record_id}"
        sentence = _("“%(title)s”（编号%(id)s）的%(field)s与此相同。请打开那份%(type)s继续办理。") % names
        told.append(Duplicate(code, record_id, sentence))
    return tuple(told)
