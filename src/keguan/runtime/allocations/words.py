"""What is said about runs: how far they are, who takes no part, and why a record goes where it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from keguan.calculators.apportionment import Stays
from keguan.language.model.allocation import Method, ShareOf
from keguan.runtime.allocations.models import ClaimEnd, Excluded, RunState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.utils.functional import Promise

    from keguan.language.model.allocation import Allocation
    from keguan.language.model.model import Model
    from keguan.runtime.allocations.models import Line, Recipient, Run

STATES: Mapping[str, Promise] = {
    RunState.DRAFTING: gettext_lazy("计算中"),
    RunState.DRAFT: gettext_lazy("待确认"),
    RunState.SUBMITTED: gettext_lazy("审批中"),
    RunState.CONFIRMED: gettext_lazy("分发中"),
    RunState.DONE: gettext_lazy("已分完"),
    RunState.REFUSED: gettext_lazy("未获批准"),
    RunState.WITHDRAWN: gettext_lazy("已撤回"),
}
EXCLUDED: Mapping[str, Promise] = {
    Excluded.NO_PERSON: gettext_lazy("没有对应的同事"),
    Excluded.LEFT: gettext_lazy("账号已停用"),
    Excluded.TWICE: gettext_lazy("同一个人已有另一份档案"),
    Excluded.CONDITION: gettext_lazy("符合“排除”的条件"),
    Excluded.NO_SCORE: gettext_lazy("没有得分"),
    Excluded.NO_ROW: gettext_lazy("不属于任何一组"),
}
METHODS: Mapping[str, Promise] = {
    Method.EQUAL: gettext_lazy("均分"),
    Method.ROUND_ROBIN: gettext_lazy("轮流"),
    Method.BY_SCORE: gettext_lazy("按得分"),
    Method.CLAIM: gettext_lazy("认领"),
}
ENDS: Mapping[str, Promise] = {
    ClaimEnd.RETURNED: gettext_lazy("已放回"),
    ClaimEnd.RECYCLED: gettext_lazy("已收回"),
    ClaimEnd.LEFT: gettext_lazy("负责人离职"),
    ClaimEnd.HANDED_ON: gettext_lazy("已移交"),
}


def reason(model: Model, allocation: Allocation, run: Run, line: Line, taker: Recipient | None, weights: int) -> str:
    """Why a record goes to whom it goes, or stays: row, place, share, part, turn. ``weights`` is the sum over all who
    take part.
    """
    row = next((each for each in run.rows if each["number"] == line.row), None)
    where = _place(allocation, line, row)
    if line.moved is False:
        return _said((where, _("确认以后、分发以前，它已经换了负责人，所以没有分。")))
    if taker is None:
        return _said((where, _stays(model, allocation, line, row)))
    parts = [where, _part(allocation, run, line, taker, row, weights)]
    if allocation.matches:
        labels = _("、").join(_label(model, allocation.record_type, each.record) for each in allocation.matches)
        parts.append(_("按“%(fields)s”相符的人里分。") % {"fields": labels})
    parts.append(_("这是分给他的第 %(turn)s 份。") % {"turn": f"{line.turn:,}"})
    return _said(parts)


def _said(sentences: Iterable[str]) -> str:
    """Sentences after one another; in Chinese nothing stands between them."""
    between = "" if (get_language() or "zh").startswith("zh") else " "
    return between.join(each for each in sentences if each)


def _place(allocation: Allocation, line: Line, row: Mapping[str, Any] | None) -> str:
    if row is None:
        return ""
    if allocation.share_of is ShareOf.RECIPIENTS:
        return _("排在第 %(place)s 位。") % {"place": f"{line.place:,}"}
    facts = {
        "row": row["name"],
        "place": f"{line.place:,}",
        "there": f"{row['there']:,}",
        "target": f"{row['target']:,}",
    }
    return _("属“%(row)s”，%(there)s 份里排第 %(place)s；这一类本次分 %(target)s 份。") % facts


def _stays(model: Model, allocation: Allocation, line: Line, row: Mapping[str, Any] | None) -> str:
    if line.stays == Stays.BEYOND:
        return _("前面的已经分满份额，这一份留待下次。")
    if line.stays == Stays.FULL:
        return _("可以接受的人都已经到了上限。")
    if line.stays == Stays.NOBODY and allocation.matches:
        labels = _("、").join(_label(model, allocation.record_type, each.record) for each in allocation.matches)
        return _("没有“%(fields)s”相符、可以参加的人。") % {"fields": labels}
    if row is None:
        return _("不属于任何一类。")
    return _("没有可以参加的人。")


def _part(
    allocation: Allocation, run: Run, line: Line, taker: Recipient, row: Mapping[str, Any] | None, weights: int
) -> str:
    target = run.given if row is None else row["target"]
    got = taker.counts.get(str(line.row), taker.got)
    if allocation.share_of is ShareOf.RECIPIENTS and row is not None:
        facts = {"row": row["name"], "target": f"{row['target']:,}", "got": f"{got:,}"}
        return _("“%(row)s”共得 %(target)s 份，他得 %(got)s 份。") % facts
    if allocation.method is Method.BY_SCORE:
        exact = f"{target * max(0, taker.score or 0) / weights:,.1f}" if weights else "0"
        return _("按得分应得 %(exact)s 份，得 %(got)s 份。") % {"exact": exact, "got": f"{got:,}"}
    exact = f"{target / weights:,.1f}" if weights else "0"
    return _("每人应得 %(exact)s 份，他得 %(got)s 份。") % {"exact": exact, "got": f"{got:,}"}


def _label(model: Model, record_type: str, code: str) -> str:
    return model.record_types[record_type].field(code).label.zh


def evenness(before: Mapping[str, float | int], after: Mapping[str, float | int]) -> str:
    """How even it is, in plain words."""
    facts = {
        "least": f"{after['least']:,}",
        "most": f"{after['most']:,}",
        "was_least": f"{before['least']:,}",
        "was_most": f"{before['most']:,}",
    }
    told = _("分配以后每人持有 %(least)s 至 %(most)s 份（原来 %(was_least)s 至 %(was_most)s 份）。") % facts
    if not before["most"]:
        return told
    if after["gini"] < before["gini"]:
        return _said((told, _("比原来均匀。")))
    if after["gini"] > before["gini"]:
        return _said((told, _("比原来悬殊。")))
    return _said((told, _("均匀程度不变。")))
