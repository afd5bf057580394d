"""A tried change as text for the terminal."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from keguan.cli.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.runtime.decisions.explaining import Explained
    from keguan.runtime.decisions.queries import Named, Simulated, SimulatedDecision, SimulatedQuota, Total

_WIDTH = 14
"""Columns of the terminal for one cell of the movement matrix; Chinese characters take two."""

_CELLS = 12
"""A matrix is drawn up to so many outcomes on a side; beyond it the flows are listed."""


def as_text(found: Simulated, language: str) -> Iterator[str]:
    """Lines: what was compared, each decision with its matrix and names, facts, and what was left out."""
    for policy in found.new.values():
        was = found.old[policy.id].version if policy.id in found.old else _("（无）")
        yield f"{policy.id} {policy.title}　{was} → {policy.version}"
    values = {"day": found.day.isoformat(), "seconds": f"{found.seconds:.1f}"}
    yield _("新旧两版按 %(day)s 的参数、用同一批档案各算一遍（%(seconds)s 秒），什么也没有写。") % values
    for decision in found.decisions:
        yield ""
        yield from _decision(decision, language)
    for fact in found.facts:
        counts = {"label": fact.label.text(language), "differs": f"{fact.differs:,}", "all": f"{fact.records:,}"}
        yield ""
        yield _("口径“%(label)s”：%(all)s 份档案中 %(differs)s 份会不同。") % counts
        if fact.total is not None:
            yield _total(fact.total, language)
    for quota in found.quotas:
        yield ""
        yield from _quota(quota, language)
    if found.still:
        names = _("、").join(each.label.text(language) for each in found.still)
        yield ""
        yield _("不受影响：%(names)s。") % {"names": names}
    if found.not_simulated:
        yield ""
        yield _("改了文字、还不能试算的：")
        yield from (f"  {each.sentence(language)}" for each in found.not_simulated)


def _decision(decision: SimulatedDecision, language: str) -> Iterator[str]:
    counts = {
        "label": decision.label.text(language),
        "all": f"{decision.total:,}",
        "moved": f"{decision.moved:,}",
        "share": f"{100 * decision.moved / decision.total:.1f}%" if decision.total else "0%",
    }
    yield _("判定“%(label)s”：%(all)s 份档案中 %(moved)s 份会变（%(share)s）。") % counts
    yield from _flows(decision)
    if decision.rule_only:
        yield _("  另有 %(count)s 份结果不变，只是换了理由。") % {"count": f"{decision.rule_only:,}"}
    for total in decision.totals:
        yield _total(total, language)
    for each in decision.named:
        yield from _named(each)


def _flows(decision: SimulatedDecision) -> Iterator[str]:
    directions = {
        "up": _("变大"),
        "down": _("变小"),
        "same": _("不变"),
        "gained": _("从无到有"),
        "lost": _("从有到无"),
        "none": _("一直没有"),
    }
    if any(each.direction not in {"", "same"} for each in decision.flows):
        yield from (f"  {directions[each.direction]}　{each.count:,}" for each in decision.flows)
        return
    outcomes = list(dict.fromkeys(side for each in decision.flows for side in (each.before, each.after)))
    if len(outcomes) > _CELLS:
        moved = (each for each in decision.flows if each.moved)
        yield from (f"  {_value(each.before)} → {_value(each.after)}　{each.count:,}" for each in moved)
        return
    counted = {(each.before, each.after): each.count for each in decision.flows}
    order = sorted(outcomes, key=lambda value: (value is None, str(value)))
    yield "  " + _cell(_("原＼新")) + "".join(_cell(_value(after)) for after in order)
    for before in order:
        cells = (counted.get((before, after), 0) for after in order)
        yield "  " + _cell(_value(before)) + "".join(_cell(f"{count:,}" if count else "·") for count in cells)


def _quota(quota: SimulatedQuota, language: str) -> Iterator[str]:
    values = {"clause": quota.clause.number, "label": quota.label.text(language), "cut": f"{quota.cut:,}"}
    if quota.cut_before is None:
        yield _("%(clause)s 名额“%(label)s”：切下 %(cut)s 份；现行制度没有这项名额。") % values
    else:
        values["before"] = f"{quota.cut_before:,}"
        yield _("%(clause)s 名额“%(label)s”：切下 %(cut)s 份；按现行制度是 %(before)s 份。") % values
    for room in quota.rooms:
        if room.most is None or room.have > room.most or room.keep != room.have:
            room_values = {
                "group": f"{room.group}　" if room.group else "",
                "outcome": room.outcome,
                "have": f"{room.have:,}",
                "keep": f"{room.keep:,}",
                "most": _("不限") if room.most is None else f"{room.most:,}",
            }
            yield _("  %(group)s%(outcome)s：按表 %(have)s 份，上限 %(most)s，切后 %(keep)s 份") % room_values
    for each in quota.named:
        waits = _("待定") if each.flow.waits else each.flow.after
        yield f"  #{each.id} {each.title.text}　{each.flow.before} → {waits}"


def _cell(text: str) -> str:
    wide = sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
    return text + " " * max(1, _WIDTH - wide)


def _value(value: object) -> str:
    return _("（无）") if value is None else str(value)


def _named(named: Named) -> Iterator[str]:
    yield f"  #{named.id} {named.title.text}　{_outcome(named.before)} → {_outcome(named.after)}"
    for word, side in ((_("原"), named.before), (_("新"), named.after)):
        if side is not None:
            yield _("    %(word)s：%(sentence)s") % {"word": word, "sentence": side.sentence}


def _outcome(side: Explained | None) -> str:
    if side is None:
        return _("（无）")
    return _("、").join(shown.text or _("（无）") for _label, shown in side.outcome)


def _total(total: Total, language: str) -> str:
    before, after = (Decimal(value).scaleb(-total.scale) for value in (total.before, total.after))
    values = {
        "label": total.label.text(language),
        "before": f"{before:,f}",
        "after": f"{after:,f}",
        "change": f"{after - before:+,f}",
    }
    return _("  %(label)s合计：%(before)s → %(after)s（%(change)s）") % values
