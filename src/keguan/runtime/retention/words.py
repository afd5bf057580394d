"""What is said about terms: why something may not be disposed of yet, and by which clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.language.model.retention import Disposal, Start, laid_terms
from keguan.runtime import clock
from keguan.runtime.retention.models import BatchState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import Promise

    from keguan.language.model.model import Model
    from keguan.language.model.retention import Kept, LaidTerm

DISPOSALS: Mapping[str, Promise] = {
    Disposal.DESTROY.value: gettext_lazy("销毁"),
    Disposal.STORE_ONLY.value: gettext_lazy("只存"),
    Disposal.ARCHIVE.value: gettext_lazy("归档"),
}
STATES: Mapping[str, Promise] = {
    BatchState.GATHERED: gettext_lazy("待鉴定"),
    BatchState.SUBMITTED: gettext_lazy("审批中"),
    BatchState.APPROVED: gettext_lazy("待监销"),
    BatchState.WITNESSED: gettext_lazy("处理中"),
    BatchState.DONE: gettext_lazy("已处理"),
    BatchState.REFUSED: gettext_lazy("未获批准"),
    BatchState.WITHDRAWN: gettext_lazy("已撤回"),
}
ERASURE = gettext_lazy("个人信息保护法第四十七条")


def laid_by_key(model: Model, record_type: str) -> dict[str, LaidTerm]:
    """The terms about a type by key; none for a type that the policy no longer has."""
    return {each.key: each for each in laid_terms(model, record_type)}


def clause_of(laid: LaidTerm | None) -> str:
    """The clause of a term, as the ledger cites it; empty for one that the policy no longer has."""
    return "" if laid is None else f"{laid.retention.clause.pack}#{laid.retention.clause.anchor}"


def reference_of(laid: LaidTerm | None, *, erasure: bool = False) -> str:
    """What a disposal rests on, as the policy writes it."""
    basis = "" if laid is None else laid.term.reference
    if not erasure:
        return basis
    return "；".join(part for part in (str(ERASURE), basis) if part)


def sentence(model: Model, record_type: str, kept: Kept, language: str) -> str:
    """How long something is kept and why, with its basis."""
    laid = laid_by_key(model, record_type).get(kept.term)
    if laid is None:
        return _("保存期限按已不施行的规定计算，将在当日重新计算。")
    facts = {
        "basis": laid.term.reference,
        "start": _start(laid),
        "length": laid.term.length_text,
        "block": laid.retention.label.text(language),
        "day": "" if kept.due_on is None else kept.due_on.isoformat(),
        "then": DISPOSALS[laid.term.disposal.value],
    }
    if laid.term.length is None:
        return _("永久保存：%(block)s（%(basis)s）。") % facts
    if kept.due_on is None:
        return _("继续保存：%(start)s还没有日期，%(length)s的期限没有开始（%(block)s，%(basis)s）。") % facts
    if kept.hold:
        return _("暂缓处理：符合%(block)s的暂缓条件；期限到%(day)s（%(basis)s）。") % facts
    if kept.due_on > clock.today():
        return _("保存到%(day)s：自%(start)s起%(length)s，之后%(then)s（%(block)s，%(basis)s）。") % facts
    return _("已于%(day)s保存期满：自%(start)s起%(length)s，应当%(then)s（%(block)s，%(basis)s）。") % facts


def _start(laid: LaidTerm) -> str:
    if laid.term.start is Start.CREATED:
        return _("建档")
    return _("最后修改") if laid.term.start is Start.UPDATED else laid.term.start_text
