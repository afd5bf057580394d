"""What quotas did with a record, for people: its place in its group, how much room there was, what would keep it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext as _

from keguan.language.feel.types import Text
from keguan.language.model.model import FieldKind
from keguan.language.model.naming import quota_group_column, quota_order_column, record_table
from keguan.runtime.access.columns import place_columns
from keguan.runtime.access.disclosure import classes_of
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.present import present_computed
from keguan.runtime.access.rights import reaches
from keguan.runtime.access.viewer import place_of
from keguan.runtime.decisions.input_kinds import kind_of
from keguan.runtime.decisions.stored_history import typed

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.model.cuts import Passed
    from keguan.language.model.model import ClauseRef, Label, Model
    from keguan.language.model.quota import Quota
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.access.viewer import Place, Viewer
    from keguan.runtime.decisions.sight import Row
    from keguan.runtime.decisions.stored_history import Outcome, StoredCut, Value


@dataclass(frozen=True, slots=True)
class CutLine:
    """One bound of a quota that a record came to, ready for the viewer: ``sentence`` is what happened there.

    ``before`` and ``after`` are outcomes, the same where the record was kept or waits; ``needed`` says what would keep
    it as things are now, empty where nothing would or where it may not be told.
    """

    quota: str
    label: Label
    clause: ClauseRef
    before: str
    after: str
    sentence: str
    needed: str = ""


def cut_lines(viewer: Viewer, place: Place, outcome: Outcome, in_force: Model, row: Row | None) -> tuple[CutLine, ...]:
    """The bounds that the record came to, in order. One query where it fell and its ``row`` is given."""
    found: list[CutLine] = []
    codes = [each.code for each in outcome.decision.outputs]
    now, final = (dict(zip(codes, values, strict=True)) for values in (outcome.by_table, outcome.after))
    for stored in outcome.cuts:
        quota = outcome.model.blocks.quotas[stored.cut.quota]
        told = _Told(viewer, place, outcome, quota, stored)
        for passed in stored.passed:
            bound = stored.cut.bounds[passed.number]
            before = str(now[stored.cut.output] or "")
            fits = passed.place <= passed.room
            after, needed = before, ""
            if not bound.ceiling:
                after, sentence = bound.outcome, told.risen(passed.place, passed.room, before, bound.outcome)
            elif bound.other is None:
                sentence = told.waits(passed.place, passed.room, before) if not fits else told.enough(passed, before)
            elif fits:
                sentence = told.kept(passed.place, passed.room, before)
            else:
                after, sentence = bound.other, told.fallen(passed.place, passed.room, before, bound.other)
                if row is not None and final[stored.cut.output] != bound.outcome:
                    needed = _needed(viewer, quota, bound.outcome, in_force, row)
            now[stored.cut.output] = after
            found.append(CutLine(quota.code, quota.label, quota.clause, before, after, sentence, needed))
    return tuple(found)


class _Told:
    """The sentences about one quota, in the words of the viewer's language."""

    def __init__(self, viewer: Viewer, place: Place, outcome: Outcome, quota: Quota, stored: StoredCut) -> None:
        self._quota = quota
        group = _shown(viewer, outcome.model, quota, quota.group, stored.group, place)
        self._where = _("全部里") if quota.group is None else _("“%(group)s”里") % {"group": group.text or _("（无）")}
        order = _shown(viewer, outcome.model, quota, quota.by, stored.order, place)
        self._by = "" if order.state == "hidden" else _("按%(by)s（%(value)s）") % {
            "by": quota.by_text, "value": order.text or "—"
        }  # fmt: skip
        self._hidden = order.state == "hidden"

    def kept(self, place: int, room: int, outcome: str) -> str:
        """Within the ceiling."""
        if self._hidden:
            return self._filled(_("在%(where)s%(outcome)s的 %(room)s 个名额之内"), room=room, outcome=outcome)
        text = _("%(by)s在%(where)s%(outcome)s中排第 %(place)s，名额 %(room)s 个，保留")
        return self._filled(text, place=place, room=room, outcome=outcome)

    def fallen(self, place: int, room: int, before: str, after: str) -> str:
        """Beyond the ceiling."""
        if self._hidden:
            text = _("在%(where)s%(before)s的 %(room)s 个名额之外，改为 %(after)s")
        else:
            text = _("%(by)s在%(where)s%(before)s中排第 %(place)s，名额只有 %(room)s 个，改为 %(after)s")
        return self._filled(text, place=place, room=room, before=before, after=after)

    def risen(self, place: int, room: int, before: str, after: str) -> str:
        """Taken for a floor."""
        if self._hidden:
            text = _("%(where)s%(after)s还差 %(room)s 个到下限，由 %(before)s 补入")
        else:
            text = _("%(where)s%(after)s还差 %(room)s 个到下限，%(by)s在 %(before)s 中排第 %(place)s，补入")
        return self._filled(text, place=place, room=room, before=before, after=after)

    def waits(self, have: int, room: int, outcome: str) -> str:
        """A person is to decide."""
        text = _("%(where)s有 %(have)s 个%(outcome)s，名额只有 %(room)s 个，谁留下待定，现在都不变")
        return self._filled(text, have=have, room=room, outcome=outcome)

    def enough(self, passed: Passed, outcome: str) -> str:
        """No more than there is room for."""
        text = _("%(where)s有 %(have)s 个%(outcome)s，名额 %(room)s 个，够用")
        return self._filled(text, have=passed.place, room=passed.room, outcome=outcome)

    def _filled(self, text: str, **values: object) -> str:
        return text % {"where": self._where, "by": self._by, **values}


def _shown(viewer: Viewer, model: Model, quota: Quota, read: Typed | None, value: Value, place: Place) -> Shown:
    if read is None:
        return present_computed(viewer, FieldKind.TEXT, Text(), "", (), place, Exit.EXPLANATION)
    classes = classes_of(model, quota.record_type, read)
    kind = kind_of(model, quota.record_type, read)
    return present_computed(viewer, kind, read.type, value, classes, place, Exit.EXPLANATION)


def _needed(viewer: Viewer, quota: Quota, outcome: str, in_force: Model, row: Row) -> str:
    """What the last one within the ceiling has, where the viewer may see that of it."""
    by = quota.by
    if by is None or in_force.blocks.quotas.get(quota.code) is None:
        return ""
    last = _last(quota, outcome, in_force, row)
    if last is None:
        return ""
    place = place_of(last)
    if not reaches(viewer, quota.record_type, place, in_force):
        return ""
    shown = _shown(viewer, in_force, quota, by, typed(last[quota_order_column(quota.code)], by.type), place)
    if shown.state != "plain":
        return ""
    names = {"by": quota.by_text, "value": shown.text, "outcome": outcome}
    if quota.descending:
        return _("现在%(by)s要超过 %(value)s（名额里的最后一户）才能留在%(outcome)s") % names
    return _("现在%(by)s要低于 %(value)s（名额里的最后一户）才能留在%(outcome)s") % names


def _last(quota: Quota, outcome: str, in_force: Model, row: Row) -> dict[str, Any] | None:
    """The last of those who have the outcome in the record's group."""
    quote = connection.ops.quote_name
    names = dict.fromkeys((*place_columns(in_force, quota.record_type), quota_order_column(quota.code)))
    order, same = quote(quota_order_column(quota.code)), ""
    parameters: list[Any] = [outcome]
    if quota.group is not None:
        group = quota_group_column(quota.code)
        if row.get(group) is None:
            same = f" AND {quote(group)} IS NULL"
        else:
            same = f" AND {quote(group)} = %s"
            parameters.append(row[group])
    direction = "ASC" if quota.descending else "DESC"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(map(quote, names))} FROM {quote(record_table(quota.record_type))} "
            f"WHERE {quote(quota.output)} = %s{same} AND {order} IS NOT NULL "
            f"ORDER BY {order} {direction}, id DESC LIMIT 1",
            parameters,
        )
        values = cursor.fetchone()
    return None if values is None else dict(zip(names, values, strict=True))
