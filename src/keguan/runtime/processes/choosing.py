"""What people give with a move: other people, and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.language.model.model import RowScope
from keguan.runtime.access.actions import SHORTEST_REASON
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes.models import ShareState
from keguan.runtime.processes.parties import person
from keguan.runtime.processes.seating import barred, candidates
from keguan.runtime.processes.standing import PENDING, SIGNING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.org.queries import StaffCard
    from keguan.runtime.processes.models import Share, Task
    from keguan.runtime.processes.standing import Standing


def chosen(standing: Standing, staff_id: int) -> StaffCard:
    """The person chosen. Raises ``Refused``: ``cases.no_person`` when there is none or the account is closed,
    ``cases.not_for_them`` when no role of theirs may see what the case is about. At most four queries.
    """
    card = person(standing, staff_id)
    if card is None:
        raise wrong("cases.no_person", "staff_id", _("没有这个人员，或者账号已停用，请换一个人。"))
    grants = viewer_for(staff_id).grants
    wanted = standing.case.information_class
    if not any(grant.sees(wanted) and grant.scope is not RowScope.NONE for grant in grants):
        sentence = _("%(name)s的岗位看不到“%(wanted)s”类信息，请换一个人，或请管理员调整岗位。") % {
            "name": card.name,
            "wanted": wanted,
        }
        raise wrong("cases.not_for_them", "staff_id", sentence)
    return card


def refuse_barred(standing: Standing, task: Task, card: StaffCard) -> None:
    """Raise ``Refused`` (``cases.barred_person``) when the policy keeps the person from handling this step."""
    if card.id in barred(standing, standing.step(task)):
        sentence = _("按制度%(name)s要回避这个案件，或者已经办过必须由别人办的步骤，请换一个人。") % {"name": card.name}
        raise wrong("cases.barred_person", "staff_id", sentence)


def refuse_handling(standing: Standing, task: Task, card: StaffCard, but: Share | None = None) -> None:
    """Raise ``Refused`` (``cases.handles_already``) when the person has or had a part in this step beside ``but``."""
    for share in standing.shares_of(task):
        if share.kind not in SIGNING or share is but:
            continue
        own = card.id in (share.acted_by_id, share.for_id)
        if (share.state == ShareState.DONE and own) or (
            share.state in PENDING and card.id in candidates(standing, share)
        ):
            sentence = _("%(name)s本来就是这一步的办理人，请换一个人。") % {"name": card.name}
            raise wrong("cases.handles_already", "staff_id", sentence)


def several(staff_ids: Iterable[int], own: int | None) -> tuple[int, ...]:
    """The people chosen, each once. Raises ``Refused``: ``cases.nobody_chosen``, ``cases.oneself``."""
    found = tuple(dict.fromkeys(staff_ids))
    if not found:
        raise wrong("cases.nobody_chosen", "staff_id", _("请选一个人。"))
    if own in found:
        raise wrong("cases.oneself", "staff_id", _("不能选自己，请换一个人。"))
    return found


def said(opinion: str, least: int = SHORTEST_REASON) -> str:
    """The words that a move needs. Raises ``Refused`` (``cases.opinion``) for fewer characters than ``least``."""
    text = opinion.strip()
    if len(text) < least:
        raise wrong("cases.opinion", "opinion", _("请写明意见或理由，至少%(count)s个字。") % {"count": least})
    return text


def holding(standing: Standing) -> frozenset[int]:
    """Everybody who may act on the case now."""
    open_ = [share for share in standing.shares if share.state == ShareState.OPEN and share.acted_by_id is None]
    alive = {task.pk for task in standing.alive}
    found = (candidates(standing, share) for share in open_ if share.task_id in alive and share.kind != "copy")
    return frozenset(staff_id for each in found for staff_id in each)


def concerned(standing: Standing, but: int | None) -> frozenset[int]:
    """Whoever is told of what becomes of a case: who may act on it, its initiator, and who was told of it (抄送);
    not ``but``, who does it.
    """
    copied = {share.staff_id for share in standing.shares if share.kind == "copy"}
    people = holding(standing) | copied | {standing.case.started_by_id}
    return frozenset(staff_id for staff_id in people if staff_id is not None and staff_id != but)


def wrong(code: str, field: str, sentence: str) -> Refused:
    """A refusal whose sentence belongs to one input."""
    return Refused(code, sentence, {field: sentence})
