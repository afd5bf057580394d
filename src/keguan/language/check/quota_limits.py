"""What the limits of a quota come to: shares over all there is, floors above ceilings, nowhere to go down to."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import quotas as entries
from keguan.language.feel.types import Text
from keguan.language.link.figures import figure, percent, snapshots
from keguan.language.model.quota import Surplus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.check.subject import Subject
    from keguan.language.model.quota import Limit, Quota
    from keguan.language.model.values import Value


def quota_limits(subject: Subject) -> None:
    """Report them for every quota, on every day on which a parameter of it changes."""
    for quota in subject.model.blocks.quotas.values():
        _down(subject, quota)
        limits = [each.value for line in quota.lines for each in (line.most, line.least) if each is not None]
        for parameters in snapshots(limits, subject.model.parameters):
            _shares(subject, quota, parameters)


def _choices(subject: Subject, quota: Quota) -> tuple[str, ...]:
    for output in subject.model.decisions[quota.decision].outputs:
        if output.code == quota.output and isinstance(output.type, Text):
            return output.type.choices or ()
    return ()


def _down(subject: Subject, quota: Quota) -> None:
    """Where those over a ceiling go."""
    choices = _choices(subject, quota)
    for line in quota.lines:
        if line.most is None or quota.surplus is Surplus.PENDING:
            continue
        last = line.outcome == choices[-1]
        below = quota.surplus is Surplus.TO and quota.to in choices
        wrong = choices.index(quota.to or "") <= choices.index(line.outcome) if below else last
        if wrong:
            subject.findings.add(entries.NOWHERE_DOWN, line.span, value=line.outcome)


def _shares(subject: Subject, quota: Quota, parameters: Mapping[str, Value]) -> None:
    most, least = Decimal(0), Decimal(0)
    for line in quota.lines:
        ceiling, floor = (_share(limit, parameters) for limit in (line.most, line.least))
        if line.most is None or not line.most.cumulative:
            most += ceiling or 0
        least += floor or 0
        for share, zh, en in ((ceiling, "上限", "ceiling"), (floor, "下限", "floor")):
            if share is not None and share > 1:
                values = {"value": line.outcome, "which": zh, "which_en": en, "share": percent(share)}
                subject.findings.add(entries.OVER_ALL, line.span, **values)
        if line.most is not None and line.least is not None and _alike(line.most, line.least):
            low, high = (figure(limit.value, parameters) for limit in (line.least, line.most))
            if low > high:
                texts = {"least": line.least.text, "most": line.most.text}
                subject.findings.add(entries.FLOOR_ABOVE, line.span, value=line.outcome, **texts)
    label = quota.label.zh
    if least > 1:
        subject.findings.add(entries.FLOORS_OVER_ALL, quota.span, label=label, share=percent(least))
    limited = [line for line in quota.lines if line.most is not None and line.most.share and not line.most.cumulative]
    if most > 1 and len(limited) > 1:
        subject.findings.add(entries.CEILINGS_OVER_ALL, quota.span, label=label, share=percent(most))
    if most < 1 and len(limited) == len(_choices(subject, quota)):
        subject.findings.add(entries.NO_ROOM, quota.span, label=label, share=percent(most))


def _alike(most: Limit, least: Limit) -> bool:
    """Whether a ceiling and a floor are in the same measure."""
    return most.share == least.share and not most.cumulative


def _share(limit: Limit | None, parameters: Mapping[str, Value]) -> Decimal | None:
    return figure(limit.value, parameters) if limit is not None and limit.share else None
