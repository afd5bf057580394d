"""Which of an import's records can be taken back, and why the others stay."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from keguan.language.model.naming import record_table, reference_column
from keguan.runtime.access.rights import reaches
from keguan.runtime.access.viewer import place_of
from keguan.runtime.records.inserting import FIRST_VERSION
from keguan.runtime.records.merging.repointing import references_to
from keguan.runtime.records.models import Merge, Ownership
from keguan.runtime.records.objections import objections
from keguan.runtime.records.pointing import registered

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Viewer

    Rows = Mapping[int, Mapping[str, Any]]


class Why(StrEnum):
    """Why a record stays."""

    CHANGED = "changed"
    USED = "used"
    HANDED_OVER = "handed_over"
    MERGED = "merged"
    HELD = "held"
    OUT_OF_REACH = "out_of_reach"
    FIELDS = "fields"  # some of the fields that the import changed were changed again


WORDS = {
    Why.CHANGED: _("导入后被修改过"),
    Why.USED: _("已有往来、案件或待办用到它"),
    Why.HANDED_OVER: _("导入后移交过"),
    Why.MERGED: _("另一份档案已经并入它"),
    Why.HELD: _("已封存，或依法须保存"),
    Why.OUT_OF_REACH: _("不在您的可见范围内"),
    Why.FIELDS: _("有几项导入后又改过，保留现在的值"),
}
"""Each in words."""


def stay(viewer: Viewer, model: Model, record_type: str, rows: Rows) -> dict[int, Why]:
    """Of these records created by an import those that must stay, with the first reason. Seven queries and one for
    every reference and every table that points to the type.
    """
    found: dict[int, Why] = {}
    for record_id, row in rows.items():
        if not reaches(viewer, record_type, place_of(row), model):
            found[record_id] = Why.OUT_OF_REACH
        elif row["version"] != FIRST_VERSION:
            found[record_id] = Why.CHANGED
    ids = list(rows)
    moved = Ownership.objects.filter(record_type=record_type, record_id__in=ids).values_list("record_id", flat=True)
    merged = Merge.objects.filter(record_type=record_type, kept_id__in=ids, undone_at=None)
    reasons = (
        (Why.HELD, objections(record_type, ids)),
        (Why.MERGED, merged.values_list("kept_id", flat=True)),
        (Why.HANDED_OVER, moved),
        (Why.USED, _referred(model, record_type, ids)),
        (Why.USED, _pointed(record_type, ids)),
    )
    for why, those in reasons:
        for record_id in those:
            found.setdefault(record_id, why)
    return found


def _referred(model: Model, record_type: str, ids: Collection[int]) -> set[int]:
    """Those to which another record refers."""
    quote, found = connection.ops.quote_name, set[int]()
    for code, via in references_to(model, record_type):
        column, marks = quote(reference_column(via)), ", ".join(["%s"] * len(ids))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT DISTINCT {column} FROM {quote(record_table(code))} WHERE {column} IN ({marks})", list(ids)
            )
            found |= {int(row[0]) for row in cursor.fetchall()}
    return found


def _pointed(record_type: str, ids: Collection[int]) -> set[int]:
    """Those with which something was done: what only waits, made by the system itself, does not count."""
    found: set[int] = set()
    for each in registered():
        rows = each.rows(record_type).filter(**{f"{each.id_field}__in": ids})
        rows = rows if each.used is None else rows.filter(each.used)
        found |= set(rows.values_list(each.id_field, flat=True))
    return found
