"""Who may start a case of a process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.language.model.actors import PartyKind
from keguan.runtime.access.rights import may
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.processes.barring import recused

if TYPE_CHECKING:
    from keguan.language.model.actors import Party
    from keguan.language.model.label import Label
    from keguan.language.model.process import Process, Recusal
    from keguan.runtime.access.viewer import Place, Viewer
    from keguan.runtime.processes.standing import Standing


def refused_start(viewer: Viewer, process: Process, place: Place) -> Refused | None:
    """Why the viewer may not start a case over a record at this place; None when they may. The system itself may, and
    a customer what the process opens to them (网上受理).
    """
    if viewer.via == "portal" and process.public is None:
        return Refused("cases.may_not_start", gettext_lazy("按制度您不能发起这个流程。"))
    if viewer.staff_id is None:
        return None
    start = process.start
    if not start.parties:
        if start.by_itself:
            sentence = _("“%(process)s”由系统按制度自动发起，不用手工发起。")
            return Refused("cases.starts_itself", sentence % {"process": process.label.text(viewer.language)})
        if may(viewer, "edit", place):
            return None
    elif any(_is(viewer, party, place) for party in start.parties):
        return None
    return Refused("cases.may_not_start", gettext_lazy("按制度您不能发起这个流程。"))


def _is(viewer: Viewer, party: Party, place: Place) -> bool:
    match party.kind:
        case PartyKind.ROLE:
            return party.role in viewer.roles
        case PartyKind.OWNER:
            return place.owner_id == viewer.staff_id
        case PartyKind.UNIT_HEAD:
            return org.head_of(place.unit_id) == viewer.staff_id
        case _:
            return True


def require_impartial(viewer: Viewer, standing: Standing) -> None:
    """Refuse (``cases.recused``) whoever the case is about (回避): they do not begin it either."""
    if viewer.staff_id is None or viewer.staff_id not in recused(standing):
        return
    process, language = standing.process, viewer.language
    fields = [_("“%(field)s”") % {"field": _named(standing, each).text(language)} for each in process.recusals]
    sentence = _("没有发起：“%(process)s”的%(fields)s写着您，按制度您要回避，也不能由您发起。请由%(who)s发起。") % {
        "process": process.label.text(language),
        "fields": _("、").join(dict.fromkeys(fields)),
        "who": _("、").join(_who(standing, party, language) for party in process.start.parties) or _("同事"),
    }
    raise Refused("cases.recused", sentence)


def _named(standing: Standing, recusal: Recusal) -> Label:
    if recusal.form is None:
        return standing.model.record_types[standing.process.record_type].field(recusal.field).label
    return standing.model.blocks.forms[recusal.form].field(recusal.field).label


def _who(standing: Standing, party: Party, language: str) -> str:
    if party.kind is PartyKind.ROLE:
        return standing.model.roles[party.role or ""].label.text(language)
    return str(_("记录负责人") if party.kind is PartyKind.OWNER else _("部门负责人"))
